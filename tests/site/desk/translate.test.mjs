// The translation desk, by its forms and without JavaScript: the grid, claims, original and translation side by side, conflicts,
// approval by a second person, and what comes back when the original changes.

import assert from 'node:assert/strict'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { decode, formsOf, makeUser, noticeOf, signIn } from '../../lib/desk.mjs'
import { makeNewsroom, missing, run, startSite, until } from '../../lib/site.mjs'

const apertium = existsSync('/usr/share/apertium/modes/eng-spa.mode')

if (missing)
	test('the translation desk', { skip: missing }, () => {})
else
	tests()

function tests() {
	let data, site, editor, tess, theo

	before(async () => {
		data = await makeNewsroom()
		writeFileSync(join(data, 'glossary.csv'), 'en,de,note\nharbour master,Hafenkapitän,\nIce Line,,a ship\n')
		const taken = await run(['translate', '--data', data, 'take', join(data, 'glossary.csv')])
		assert.equal(taken.status, 0, taken.stderr)
		site = await startSite({ data })
		editor = await signIn(site, await makeUser(site, { role: 'editor', name: 'Ed Marsh' }))
		tess = await signIn(site, await makeUser(site, { role: 'translator', name: 'Tess Blume' }))
		theo = await signIn(site, await makeUser(site, { role: 'translator', name: 'Theo Kern' }))
	})
	after(() => site.stop())

	const write = async (fields, step = 'publish') => {
		const page = await editor.submit(await editor.get('/desk/story/new'), fields, { do: step })
		assert.equal(page.status, 200, page.text)
		return { id: Number(page.url.match(/story\/(\d+)/)[1]), path: page.text.match(/href="(\/\d{4}\/\d{2}\/[^"]+)"/)?.[1] }
	}
	const edit = async (id, fields) => editor.submit(await editor.get(`/desk/story/${id}`), fields, { do: 'save' })
	const sheetOf = (desk, id, lang = 'de') => desk.get(`/desk/story/${id}/translate/${lang}`)
	const plain = html => decode(html.replace(/<[^>]*>/g, '')).trim()

	// The passages of a page: { id, source, value, text, … } in their order.
	const passagesOf = page => page.text.split('<li class="passage').slice(1).map(html => ({
		id: html.match(/name="t-(\d+)"/)[1],
		source: plain(html.match(/<div class="source"[^>]*>([\s\S]*?)<\/div>/)[1]),
		value: decode(html.match(/<textarea[^>]*>([\s\S]*?)<\/textarea>/)[1]),
		fault: plain(html.match(/<p class="fault"[^>]*>([\s\S]*?)<\/p>/)?.[1] ?? ''),
		state: plain(html.match(/<p class="state">([\s\S]*?)<\/p>/)[1]).replace(/\s+/g, ' '),
		html,
	}))
	const passage = (page, source) => passagesOf(page).find(one => one.source.includes(source))
	const type = (page, texts) => Object.fromEntries(Object.entries(texts).map(([source, text]) => [`t-${passage(page, source).id}`, text]))
	const save = (desk, page, texts) => desk.submit(page, type(page, texts), { do: 'save' })
	const all = (page, prefix = 'de: ') => Object.fromEntries(passagesOf(page).map(one => [`t-${one.id}`, prefix + one.source]))
	const titlesOf = page => [...page.text.matchAll(/<th scope="row"><a [^>]*>([^<]+)/g)].map(match => match[1])
	const cell = async (id, lang, query = '') => {
		const { text } = await editor.get(`/desk/translations${query}`)
		const found = text.match(new RegExp(`href="/desk/story/${id}/translate/${lang}" data-state="(\\w+)"[^>]*>([\\s\\S]*?)</a>`))
		return found && { state: found[1], text: plain(found[2]).replace(/\s+/g, ' ') }
	}

	test('a story is translated passage by passage, in parts, and readers see it with the translator\'s name', async () => {
		const story = await write({ title: 'Ice at the Pier', summary: 'What came.', body: 'The *first* ice.\n\nThe last ship.', lang: 'en' })
		const page = await sheetOf(tess, story.id)
		assert.equal(page.status, 200, page.text)
		assert.deepEqual(passagesOf(page).map(one => one.source), ['Ice at the Pier', 'What came.', 'The first ice.', 'The last ship.'])
		assert.deepEqual(passagesOf(page).map(one => one.state), ['Title Missing', 'Summary Missing', 'Missing', 'Missing'])
		const part = await save(tess, page, { 'Ice at': 'Eis am Pier', 'first ice': 'Das <em>erste</em> Eis.' })
		assert.equal(noticeOf(part), 'Saved.')
		assert.equal(passage(part, 'first ice').value, 'Das <em>erste</em> Eis.')
		assert.match(passage(part, 'first ice').state, /By Tess Blume/)
		assert.deepEqual(await cell(story.id, 'de'), { state: 'partly', text: 'Partly by people 2/4' })
		assert.equal(noticeOf(await tess.submit(part, {}, { do: 'save' })), 'Nothing had changed, so nothing was written.')
		await save(tess, part, { 'What came': 'Was kam.', 'last ship': 'Das letzte Schiff.' })
		assert.deepEqual(await cell(story.id, 'de'), { state: 'human', text: 'By people 4/4' })
		const read = await until(5, 'the German page', async () => {
			const read = await site.get(`/de${story.path}`)
			return read.status === 200 && read.text.includes('Das letzte Schiff.') && read
		})
		assert.match(read.text.match(/<p class="translation">(.*?)<\/p>/s)[1], /Tess Blume/)
	})

	test('contributors and authors have no translation desk; a language of its own, one that there is none of, is not found', async () => {
		const story = await write({ title: 'Not for All' })
		for (const role of ['contributor', 'author']) {
			const desk = await signIn(site, await makeUser(site, { role }))
			assert.equal((await desk.get('/desk/translations')).status, 403)
			assert.equal((await sheetOf(desk, story.id)).status, 403)
		}
		assert.equal((await sheetOf(tess, story.id, 'en')).status, 404)
		assert.equal((await sheetOf(tess, story.id, 'xx')).status, 404)
		assert.equal((await sheetOf(tess, 99999)).status, 404)
	})

	test('tags that are not those of the original are refused at the passage; the rest is saved, and nothing typed is lost', async () => {
		const story = await write({ title: 'Tags', body: 'It was *cold*.\n\nSee [this](https://example.org/t).\n\nPlain words.\n\nMore words.' })
		const page = await sheetOf(tess, story.id)
		const done = await save(tess, page, { cold: 'Es war <em>kalt.', 'See this': 'Siehe dies.', 'Plain words': 'Nur <strong>Worte</strong>.',
			'More words': 'Noch mehr Worte.' })
		assert.equal(done.status, 422)
		assert.match(noticeOf(done), /1 passage is saved\. 3 passages need you/)
		assert.equal(passage(done, 'cold').fault, '<em> is opened and not closed.')
		assert.equal(passage(done, 'See this').fault, 'The original has <a href="https://example.org/t">, which is missing here.')
		assert.equal(passage(done, 'Plain words').fault, 'The original does not have <strong>: take it out.')
		assert.equal(passage(done, 'cold').value, 'Es war <em>kalt.')
		assert.match(passage(done, 'More words').state, /By Tess Blume/)
		const good = await save(tess, done, { cold: 'Es war <em>kalt</em>.', 'See this': 'Siehe <a href="https://example.org/t">dies</a>.',
			'Plain words': 'Nur Worte.' })
		assert.equal(noticeOf(good), 'Saved.')
	})

	test('of two who translate at once, each passage that both changed is shown with both, and the others are saved', async () => {
		const story = await write({ title: 'Two Hands', body: 'First.\n\nSecond.\n\nThird.' })
		const mine = await sheetOf(tess, story.id), theirs = await sheetOf(theo, story.id)
		await save(theo, theirs, { First: 'Erstens hier.', Third: 'Drittens.' })
		const done = await save(tess, mine, { First: 'Erstens dort.', Second: 'Zweitens.' })
		assert.equal(done.status, 409)
		assert.match(noticeOf(done), /1 passage is saved\. 1 passage needs you/)
		const both = passage(done, 'First')
		assert.match(both.fault, /Theo Kern saved this passage while you wrote/)
		assert.equal(both.value, 'Erstens dort.')
		assert.match(both.html, /Erstens <del>hier\.<\/del>/)
		assert.match(both.html, /Erstens <ins>dort\.<\/ins>/)
		assert.equal(passage(done, 'Third').value, 'Drittens.')
		assert.equal(passage(done, 'Second').value, 'Zweitens.')
		assert.equal(noticeOf(await tess.submit(done, {}, { do: 'save' })), 'Saved.')
		const now = await sheetOf(theo, story.id)
		assert.equal(passage(now, 'First').value, 'Erstens dort.')
		assert.match(passage(now, 'First').html, /Erstens hier\./, 'the other one is still offered')
	})

	test('what was said of a passage earlier is put into its field by a button, unsaved', async () => {
		const story = await write({ title: 'Use Again', body: 'A sentence said twice.' })
		await save(theo, await sheetOf(theo, story.id), { 'A sentence': 'Ein Satz, einmal.' })
		const second = await save(tess, await sheetOf(tess, story.id), { 'A sentence': 'Ein Satz, zweimal.' })
		const use = passage(second, 'A sentence').html.match(/name="use" value="([^"]+)"/)[1]
		const filled = await tess.submit(second, type(second, { 'Use Again': 'Noch einmal' }), { use })
		assert.equal(passage(filled, 'A sentence').value, 'Ein Satz, einmal.')
		assert.equal(passage(filled, 'Use Again').value, 'Noch einmal', 'what was typed elsewhere stays')
		assert.match(passage(filled, 'A sentence').html, /From Theo Kern, not saved yet\./)
		assert.equal(passage(await sheetOf(tess, story.id), 'A sentence').value, 'Ein Satz, zweimal.')
	})

	test('a passage like one that was translated is suggested, with how alike they are', async () => {
		const one = await write({ title: 'Memory One', body: 'The harbour was closed for nine days because of the ice.' })
		await save(tess, await sheetOf(tess, one.id), { 'The harbour was': 'Der Hafen war neun Tage wegen des Eises gesperrt.' })
		await run(['jobs', '--data', data, 'run'])
		const two = await write({ title: 'Memory Two', body: 'The harbour was closed for ten days because of the ice.' })
		const html = await until(10, 'the suggestion', async () => {
			const { html } = passage(await sheetOf(tess, two.id), 'The harbour was')
			return html.includes('neun Tage') && html
		})
		const score = Number(html.match(/<strong>(\d+) %<\/strong>/)[1])
		assert.ok(score >= 80 && score < 100, `${score}`)
		assert.match(html, /<del>nine ?<\/del>/)
	})

	test('terms of the glossary are marked, with how they must be said', async () => {
		const story = await write({ title: 'Terms', body: 'The harbour master saw the Ice Line.' })
		const { html } = passage(await sheetOf(tess, story.id), 'harbour master')
		assert.match(html, /The <mark>harbour master<\/mark> saw the <mark>Ice Line<\/mark>\./)
		assert.match(html, /harbour master<\/mark> <span lang="de" dir="ltr">Hafenkapitän<\/span>/)
		assert.match(html, /Ice Line<\/mark> stays as it is/)
	})

	test('a story is claimed, given back, and taken over by an editor alone', async () => {
		const story = await write({ title: 'Mine to Do' })
		const buttons = page => formsOf(page.text).find(form => form.action.includes('/translate/')).buttons.map(button => button.value)
		const claimed = await tess.submit(await sheetOf(tess, story.id), {}, { do: 'claim' })
		assert.match(claimed.text, /You have claimed this/)
		assert.ok(buttons(claimed).includes('release'))
		const seen = await sheetOf(theo, story.id)
		assert.match(seen.text, /Tess Blume has claimed this/)
		assert.ok(!buttons(seen).includes('claim'))
		const refused = await theo.submit(seen, type(seen, { 'Mine to Do': 'Meins' }), { do: 'claim' })
		assert.equal(refused.status, 409)
		assert.equal(passage(refused, 'Mine to Do').value, 'Meins')
		assert.match((await editor.get('/desk/translations')).text, /Tess Blume has it/)
		assert.match((await tess.get('/desk/translations?mine=1')).text, /Mine to Do/)
		assert.doesNotMatch((await theo.get('/desk/translations?mine=1')).text, /Mine to Do/)
		await editor.submit(await sheetOf(editor, story.id), {}, { do: 'claim' })
		assert.match((await sheetOf(tess, story.id)).text, /Ed Marsh has claimed this/)
		await editor.submit(await sheetOf(editor, story.id), {}, { do: 'release' })
		assert.ok(buttons(await sheetOf(theo, story.id)).includes('claim'))
	})

	test('when one passage of the original changes, exactly that one comes back, to whoever translated it', async () => {
		const story = await write({ title: 'Comes Back', summary: 'Short.',
			body: 'Ten ships lay in the harbour.\n\nNobody was hurt.\n\nThe wind fell.' })
		const page = await sheetOf(tess, story.id)
		await tess.submit(page, all(page), { do: 'save' })
		assert.match((await tess.get('/desk/translations/back')).text, /Nothing came back/)
		await edit(story.id, { body: 'Eleven ships lay in the harbour.\n\nNobody was hurt.\n\nThe wind fell.' })
		assert.deepEqual(await cell(story.id, 'de'), { state: 'stale', text: 'Out of date by 1 passage 4/5' })
		const back = await tess.get('/desk/translations/back')
		assert.equal(back.text.split('<li class="passage').length - 1, 1)
		assert.match(back.text, /<del>Ten ?<\/del> ?ships/)
		assert.match(back.text, /<ins>Eleven ?<\/ins> ?ships/)
		assert.match(back.text, /de: Ten ships lay in the harbour\./)
		assert.match((await theo.get('/desk/translations/back')).text, /Nothing came back/)
		assert.match((await theo.get('/desk/translations/back?whose=all')).text, /Comes Back/)
		const link = decode(back.text.match(/class="button" href="([^"]+#p-\d+)"/)[1])
		const again = await tess.get(link.split('#')[0])
		const changed = passage(again, 'Eleven ships')
		assert.equal(`p-${changed.id}`, link.split('#')[1])
		assert.match(changed.state, /The original changed/)
		const use = changed.html.match(/name="use" value="(\d+ b)"/)[1]
		const filled = await tess.submit(again, {}, { use })
		assert.equal(passage(filled, 'Eleven ships').value, 'de: Ten ships lay in the harbour.')
		await save(tess, filled, { 'Eleven ships': 'de: Eleven ships lay in the harbour.' })
		assert.deepEqual(await cell(story.id, 'de'), { state: 'human', text: 'By people 5/5' })
		assert.match((await tess.get('/desk/translations/back')).text, /Nothing came back/)
	})

	test('a passage that was edited twice comes back with what was translated last; one that was put in comes back, too', async () => {
		const story = await write({ title: 'Twice', body: 'The first sentence of it all.\n\nThe end.' })
		const page = await sheetOf(tess, story.id)
		await tess.submit(page, all(page), { do: 'save' })
		await edit(story.id, { body: 'The first sentence of it.\n\nThe end.' })
		await edit(story.id, { body: 'The very first sentence of it.\n\nSomething else altogether.\n\nThe end.' })
		const { text } = await tess.get('/desk/translations/back')
		assert.equal(text.split('<li class="passage').length - 1, 2)
		assert.match(text, /<del>all\.<\/del>|<del>it all\.<\/del>/)
		assert.match(passage(await sheetOf(tess, story.id), 'Something else').state, /New in the original/)
		await edit(story.id, { body: 'The first sentence of it all.\n\nThe end.' })
		assert.match((await tess.get('/desk/translations/back')).text, /Nothing came back/, 'as it was before')
	})

	test('what was typed for a passage that the original lost meanwhile is kept, and offered for what took its place', async () => {
		const story = await write({ title: 'Under One’s Hands', body: 'The captain spoke of the long night.\n\nThe end.' })
		const page = await sheetOf(tess, story.id)
		await save(tess, page, { 'The end': 'Das Ende.' })
		const open = await sheetOf(tess, story.id)
		await edit(story.id, { body: 'The captain spoke of the very long night.\n\nThe end.' })
		const done = await save(tess, open, { 'The captain': 'Der Kapitän sprach von der langen Nacht.' })
		assert.equal(noticeOf(done), 'Saved.')
		const { html, state } = passage(done, 'very long night')
		assert.match(state, /The original changed/)
		assert.match(html, /Der Kapitän sprach von der langen Nacht\./)
		assert.match(html, /<ins>very ?<\/ins>/)
	})

	test('a long story is translated in parts', async () => {
		const body = Array.from({ length: 90 }, (_, i) => `Sentence number ${i + 1} of many.`).join('\n\n')
		const story = await write({ title: 'Long', body })
		const path = `/desk/story/${story.id}/translate/de`
		const pages = await Promise.all([1, 2, 3].map(part => tess.get(`${path}?part=${part}`)))
		assert.deepEqual(pages.map(page => passagesOf(page).length), [40, 40, 11])
		const done = await save(tess, pages[2], { 'number 90 ': 'Satz neunzig.' })
		assert.match(done.url, /part=3/)
		assert.equal(passage(done, 'number 90 ').value, 'Satz neunzig.')
	})

	test('the grid is filtered by language, state and section', async () => {
		const story = await write({ title: 'In the Section', themes: 'Weather Desk' })
		await write({ title: 'Outside of It' })
		await save(tess, await sheetOf(tess, story.id, 'fi'), { 'In the Section': 'Osastossa' })
		const titles = async query => titlesOf(await tess.get(`/desk/translations?${query}`))
		assert.deepEqual(await titles('lang=fi&state=human'), ['In the Section'])
		assert.deepEqual(await titles('lang=fi&state=machine'), [])
		assert.ok(!(await titles('lang=fi&state=none')).includes('In the Section'))
		assert.ok((await titles('lang=fi&state=none')).includes('Outside of It'))
		assert.ok((await titles('state=human')).includes('In the Section'))
		assert.match((await tess.get('/desk/translations?state=none')).text, /Choose a language/)
		const section = (await tess.get('/desk/translations')).text.match(/<option value="(\d+)">Weather Desk</)?.[1]
		if (section)
			assert.deepEqual(await titles(`section=${section}`), ['In the Section'])
	})

	test('a story leads to all of its languages', async () => {
		const story = await write({ title: 'All Tongues' })
		await save(tess, await sheetOf(tess, story.id, 'fi'), { 'All Tongues': 'Kaikki kielet' })
		const link = (await editor.get(`/desk/story/${story.id}`)).text.match(/href="(\/desk\/translations\?story=\d+)"/)[1]
		const { text } = await editor.get(link)
		assert.equal(new Set(text.match(new RegExp(`/desk/story/${story.id}/translate/[\\w-]+`, 'g'))).size, 51)
		assert.match(text, /translate\/fi" data-state="human"/)
		assert.equal((await editor.get('/desk/translations?story=99999')).status, 404)
	})

	test('a grid of more than a page goes on where it was left', async () => {
		for (let i = 0; i < 45; i++)
			await write({ title: `Grid ${i}` })
		const first = await tess.get('/desk/translations?lang=sw')
		const older = decode(first.text.match(/href="([^"]+)" rel="next"/)[1])
		const second = titlesOf(await tess.get(older))
		assert.equal(titlesOf(first).length, 40)
		assert.ok(second.length > 5)
		assert.equal(new Set([...titlesOf(first), ...second]).size, 40 + second.length)
	})

	const engines = { skip: !apertium && 'there is no Apertium' }
	test('engines are asked for one passage, whose answer is not saved, and for all that are missing', engines, async () => {
		const story = await write({ title: 'The white ship', body: 'The captain saw the harbour.\n\nThe wind was strong.' })
		const page = await sheetOf(tess, story.id, 'es')
		const filled = await tess.submit(page, {}, { ask: passage(page, 'The captain').id })
		assert.match(passage(filled, 'The captain').value, /capitán/)
		assert.match(passage(filled, 'The captain').html, /From Apertium, not saved yet/)
		await save(tess, filled, { 'The captain': 'El capitán miró el puerto.' })
		const open = await sheetOf(tess, story.id, 'es')
		const asked = await tess.submit(open, {}, { do: 'ask-all' })
		assert.match(noticeOf(asked), /The engines have it/)
		const done = await until(30, 'the engines', async () => {
			const done = await sheetOf(tess, story.id, 'es')
			return passage(done, 'The wind').value !== '' && done
		})
		assert.match(passage(done, 'The wind').state, /Machine: Apertium/)
		assert.equal(passage(done, 'The captain').value, 'El capitán miró el puerto.', 'a person’s words stay')
		assert.equal(noticeOf(await save(tess, open, { 'The white': 'El barco blanco' })), 'Saved.', 'an engine that was quicker is no conflict')
		const accepted = await tess.submit(done, { [`a-${passage(done, 'The wind').id}`]: '1' }, { do: 'save' })
		assert.match(passage(accepted, 'The wind').state, /By Tess Blume/)
		const { stdout } = await run(['translate', '--data', data, '--to', 'es', '--again'])
		assert.match(stdout, /translated/)
		assert.equal(passage(await sheetOf(tess, story.id, 'es'), 'The captain').value, 'El capitán miró el puerto.')
	})

	test('a language that no engine knows says so at the passage', async () => {
		const story = await write({ title: 'No Way There' })
		const page = await sheetOf(tess, story.id, 'sw')
		const asked = await tess.submit(page, {}, { ask: passage(page, 'No Way').id })
		assert.match(passage(asked, 'No Way').fault, /No engine translates between these languages/)
	})

	test('where approval is shown, readers have a translation at once and are told that nobody has approved it', async () => {
		await run(['set', '--data', data, 'translation.approval', 'shown'])
		const story = await write({ title: 'To Be Approved', body: 'Every word.' })
		const page = await sheetOf(tess, story.id)
		await tess.submit(page, all(page), { do: 'save' })
		const read = await until(5, 'the page', async () => {
			const read = await site.get(`/de${story.path}`)
			return read.status === 200 && read.text.includes('de: Every word.') && read
		})
		assert.match(read.text.match(/<p class="translation">(.*?)<\/p>/s)[1], /von einer zweiten Person/)
		assert.equal((await tess.submit(await sheetOf(tess, story.id), {}, { do: 'approve' })).status, 403)
		const seen = await sheetOf(editor, story.id)
		assert.match(seen.text, /Approve 2 passages/)
		const done = await editor.submit(seen, {}, { do: 'approve' })
		assert.equal(noticeOf(done), 'Approved.')
		assert.deepEqual(await cell(story.id, 'de'), { state: 'approved', text: 'Approved 2/2' })
		await until(5, 'the line is gone', async () => !(await site.get(`/de${story.path}`)).text.includes('von einer zweiten Person'))
	})

	test('nobody approves what they wrote themselves', async () => {
		const story = await write({ title: 'By Oneself' })
		const page = await sheetOf(editor, story.id)
		const saved = await editor.submit(page, all(page), { do: 'save' })
		assert.doesNotMatch(saved.text, /Approve/)
		const refused = await editor.submit(saved, {}, { do: 'approve' })
		assert.equal(refused.status, 409)
		assert.match(noticeOf(refused), /somebody else must approve what you wrote/)
	})

	test('where approval is hidden, readers have nothing before it, and an engine does not get in between', async () => {
		await run(['set', '--data', data, 'translation.approval', 'hidden'])
		const story = await write({ title: 'Hidden First', body: 'The wind was cold.' })
		const page = await sheetOf(tess, story.id, 'es')
		await tess.submit(page, all(page, 'es: '), { do: 'save' })
		assert.equal((await site.get(`/es${story.path}`)).status, 404)
		assert.match(passage(await sheetOf(theo, story.id, 'es'), 'The wind').state, /Waits for approval/)
		assert.deepEqual(await cell(story.id, 'es'), { state: 'human', text: 'By people 2/2' })
		await editor.submit(await sheetOf(editor, story.id, 'es'), {}, { do: 'approve' })
		await until(5, 'the page', async () => (await site.get(`/es${story.path}`)).text.includes('es: The wind was cold.'))
		await run(['set', '--data', data, 'translation.approval', 'off'])
	})

	test('the log tells who translated, claimed and approved', async () => {
		let text = ''
		for (let path = '/desk/audit'; path;) {
			const page = await editor.get(path)
			text += page.text
			path = page.text.match(/href="([^"]+)" rel="next"/)?.[1].replaceAll('&amp;', '&')
		}
		for (const word of ['Translated', 'Translation claimed', 'Translation approved', 'Translation taken over', 'Translation given back'])
			assert.match(text, new RegExp(`${word}\\b`))
	})

	test('a setting that there is none of is refused with what there is', async () => {
		const done = await run(['set', '--data', data, 'translation.approval', 'maybe'])
		assert.match(done.stderr, /'maybe' is none of off, shown and hidden/)
	})
}
