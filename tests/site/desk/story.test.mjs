// A story at the desk, by its forms and without JavaScript: written, handed in, published, changed, withdrawn.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { decode, formsOf, makeUser, noticeOf, signIn } from '../../lib/desk.mjs'
import { missing, run, startSite, until } from '../../lib/site.mjs'

if (missing)
	test('stories at the desk', { skip: missing }, () => {})
else
	tests()

function tests() {
	let site, ed, editor

	before(async () => {
		site = await startSite()
		ed = await makeUser(site, { role: 'editor', name: 'Ed Marsh' })
		editor = await signIn(site, ed)
	})
	after(() => site.stop())

	const fieldsOf = page => Object.fromEntries(formsOf(page.text).find(form => form.fields.some(([name]) => name === 'title')).fields)
	const write = async (desk, fields, step = 'save') => desk.submit(await desk.get('/desk/story/new'), fields, { do: step })
	const publicPath = page => page.text.match(/href="(\/\d{4}\/\d{2}\/[^"]+)"/)?.[1]

	test('a story that is written and published at the desk is on the site', async () => {
		const draft = await write(editor, { title: 'The First Ice', body: 'It came *early*.\n\n## Later\n\nIt went.' })
		assert.equal(draft.status, 200, draft.text)
		assert.match(draft.url, /^\/desk\/story\/\d+/)
		assert.equal(noticeOf(draft), 'Saved.')
		assert.equal(fieldsOf(draft).body.trim(), 'It came *early*.\n\n## Later\n\nIt went.')

		const published = await editor.submit(draft, {}, { do: 'publish' })
		assert.equal(noticeOf(published), 'Published.')
		const path = publicPath(published)
		assert.match(path, /\/the-first-ice$/)
		const page = await until(5, 'the story on the site', async () => {
			const page = await site.get(path)
			return page.status === 200 && page
		})
		assert.match(page.text, /It came <em>early<\/em>\./)
		assert.match((await site.get('/')).text, /The First Ice/)
	})

	test('a form that is sent as it was shown writes nothing', async () => {
		const draft = await write(editor, { title: 'As It Was', body: 'One.\n\n> Two.', authors: 'Ann Lee', tags: 'ice\nwater' })
		const again = await editor.submit(draft, {}, { do: 'save' })
		assert.equal(noticeOf(again), 'Nothing had changed, so nothing was written.')
	})

	test('a new story whose form is sent twice is one story', async () => {
		const form = await editor.get('/desk/story/new')
		const one = await editor.submit(form, { title: 'Sent Twice' }, { do: 'save' })
		const two = await editor.submit(form, { title: 'Sent Twice' }, { do: 'save' })
		assert.equal(noticeOf(one), 'Saved.')
		assert.equal(two.url.split('?')[0], one.url.split('?')[0])
		const other = await editor.submit(form, { title: 'Sent Twice, Changed' }, { do: 'save' })
		assert.equal(other.status, 409)
		const list = await editor.get('/desk/')
		assert.equal(list.text.split('Sent Twice').length, 2)
	})

	test('each field of the form is stored and shown again', async () => {
		const given = { title: 'All *of* It', subtitle: 'A standfirst', summary: 'A summary', body: 'Text.', lang: 'de', kind: 'analysis',
			slug: 'all-of-it', authors: 'Ann Lee\nBo Dahl', translators: 'Cy Moe', 'author-line': 'Ann *Lee* writes.', regions: 'Baltic',
			themes: 'Weather', reports: 'Ice Season',
			tags: 'ice\nships', 'source-name': 'Harbour Review', 'source-url': 'https://example.net/ice', 'source-date': '2025-11-13',
			'source-permission': 'By letter', licence: 'CC BY 4.0', canonical: 'https://example.net/ice', 'media-contact': 'press@example.org' }
		const page = await write(editor, given)
		assert.equal(noticeOf(page), 'Saved.', page.text)
		const shown = fieldsOf(page)
		for (const [name, value] of Object.entries(given))
			assert.equal(shown[name].trim(), value, name)
	})

	test('HTML is taken through the sanitiser', async () => {
		const body = '<p onclick="x()">One <b>two</b><script>alert(1)</script></p><h1>Three</h1>'
		const page = await write(editor, { title: 'In HTML', format: 'html', body })
		assert.equal(fieldsOf(page).body.trim(), 'One **two**\n\n## Three')
	})

	test('what is wrong with a field is said beside it, and nothing typed is lost', async () => {
		const page = await write(editor, { title: '', body: 'Kept text', slug: 'Not A Slug', 'source-url': 'example.net' })
		assert.equal(page.status, 422)
		assert.match(page.text, /A story needs a title/)
		assert.match(page.text, /Small letters, digits and single hyphens only/)
		assert.match(page.text, /beginning with https/)
		assert.equal(fieldsOf(page).body, 'Kept text')
		assert.equal(fieldsOf(page).slug, 'Not A Slug')
		const taken = await write(editor, { title: 'Same', slug: 'same-slug' }, 'publish')
		assert.equal(taken.status, 200)
		const second = await write(editor, { title: 'Same again', slug: 'same-slug' }, 'publish')
		assert.equal(second.status, 422)
		assert.match(second.text, /Another story of that month has this address/)
	})

	test('of two who save at once, the second is shown both versions and loses neither', async () => {
		const other = await signIn(site, await makeUser(site, { role: 'editor', name: 'Flo' }))
		const draft = await write(editor, { title: 'Two Hands', body: 'First words here.\n\nUntouched.' })
		const theirs = await other.get(draft.url)
		assert.equal(noticeOf(await other.submit(theirs, { body: 'First words there.\n\nUntouched.' }, { do: 'save' })), 'Saved.')
		const stopped = await editor.submit(draft, { body: 'First words mine.\n\nUntouched.' }, { do: 'save' })
		assert.equal(stopped.status, 409)
		assert.match(noticeOf(stopped), /Somebody else saved this story/)
		assert.match(stopped.text, /First words <del>there\.<\/del>/)
		assert.match(stopped.text, /First words <ins>mine\.<\/ins>/)
		assert.match(fieldsOf(stopped).body, /^First words mine/)
		const saved = await editor.submit(stopped, {}, { do: 'save' })
		assert.match(fieldsOf(saved).body, /^First words mine/)
		assert.match((await editor.get(`${saved.url.split('?')[0]}/compare?a=2&b=3`)).text, /<del>there\.<\/del>/)
	})

	test('any revision can be made the newest again, as a new one', async () => {
		const first = await write(editor, { title: 'Again', body: 'One.\n\nTwo.' })
		const second = await editor.submit(first, { body: 'One.\n\nTwo, changed.' }, { do: 'save' })
		const path = second.url.split('?')[0]
		const list = await editor.get(`${path}/revisions`)
		assert.match(list.text, /Ed Marsh/)
		const back = await editor.submit(list)
		assert.equal(noticeOf(back), 'That revision is the newest now.')
		assert.equal(fieldsOf(back).body.trim(), 'One.\n\nTwo.')
		assert.match(back.text, /Revision 3/)
	})

	test('a revision that names somebody who is gone is restored by those alone who may introduce people', async () => {
		const author = await signIn(site, await makeUser(site, { role: 'author' }))
		const begun = await write(author, { title: 'Guest', body: 'One.' }), path = begun.url.split('?')[0]
		const named = await editor.submit(await editor.get(path), { authors: 'Gone Guest' }, { do: 'save' })
		assert.equal(named.status, 200)
		await editor.submit(named, { authors: '', body: 'Two.' }, { do: 'save' })
		const list = await editor.get('/desk/paper/people?q=Gone+Guest'), one = list.text.match(/\/desk\/paper\/people\/\d+/)[0]
		const page = await editor.get(one)
		const removal = formsOf(page.text).find(({ buttons }) => buttons.some(({ value }) => value === 'remove'))
		await editor.post(one, { ...Object.fromEntries(removal.fields), do: 'remove' })
		const restore = async who => {
			const page = await who.get(`${path}/revisions`)
			const form = formsOf(page.text).find(({ fields }) => fields.some(([name, value]) => name === 'number' && value === '2'))
			return who.post(form.action, Object.fromEntries(form.fields))
		}
		assert.match(noticeOf(await restore(author)), /Not restored: that revision names somebody/)
		assert.doesNotMatch((await editor.get('/desk/paper/people?q=Gone+Guest')).text, /people\/\d+"/)
		assert.equal(noticeOf(await restore(editor)), 'That revision is the newest now.')
	})

	test('what a search engine and a network will show is what the page says of itself, and nobody else sees it', async () => {
		const summary = 'Four days aboard, & back. '.repeat(20)
		const draft = await write(editor, { title: 'Ice <Early>', summary, body: 'It froze.' })
		const path = draft.url.split('?')[0], share = await editor.get(`${path}/share`), page = await editor.get(`${path}/preview`)
		assert.equal(share.status, 200)
		const head = name => decode(page.text.match(new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)"`))[1])
		const shown = [...share.text.matchAll(/<p class="(\w+)"[^>]*>(.*?)<\/p>/g)]
			.map(([, what, text]) => [what, decode(text.replace(/<[^>]*>/g, ''))])
		const of = what => shown.filter(([name]) => name === what).map(([, text]) => text)
		assert.deepEqual(of('title'), [decode(page.text.match(/<title>(.*?)<\/title>/)[1]), head('og:title')])
		assert.ok(of('text').every(text => text.endsWith(head('description'))), 'both tell the description')
		assert.deepEqual(of('site'), [head('og:site_name'), head('og:site_name')])
		const canonical = new URL(decode(page.text.match(/rel="canonical" href="([^"]*)"/)[1]))
		const parts = canonical.pathname.split('/').filter(Boolean), slug = parts.pop()
		assert.match(of('address')[0], new RegExp(`^${canonical.host} › \\d{4} › \\d{2} › ${slug}$`), 'as if it were published now')
		assert.equal(share.headers.get('cache-control'), 'no-store')
		assert.equal((await site.get(`${path}/share`)).status, 303)
		const form = formsOf((await editor.get(path)).text).find(({ fields }) => fields.some(([name]) => name === 'copy'))
		const copy = Object.fromEntries(form.fields)
		await editor.post('/desk/copy', { ...copy, title: 'Ice in Another Week' }, { multipart: true })
		const kept = await editor.get(`/desk/copy/share?story=${copy['public-id']}&copy=${copy.copy}`)
		assert.match(kept.text, /<p class="title">Ice in Another Week<\/p>/)
	})

	test('the preview is the page that readers will see, and nobody else sees it', async () => {
		const draft = await write(editor, { title: 'Not Yet', body: 'Soon.', lang: 'ar' })
		const path = `${draft.url.split('?')[0]}/preview`
		const preview = await editor.get(path)
		assert.equal(preview.status, 200)
		assert.match(preview.text, /<html lang="ar" dir="rtl"/)
		assert.match(preview.text, /Soon\./)
		assert.equal(preview.headers.get('cache-control'), 'no-store')
		assert.equal((await site.get(path)).status, 303)
	})

	test('a contributor hands in, an editor gives back and publishes, and then the contributor may change it no more', async () => {
		const writer = await signIn(site, await makeUser(site, { role: 'contributor', name: 'Connie' }))
		const draft = await write(writer, { title: 'From Outside' })
		const buttons = page => formsOf(page.text).find(form => form.fields.some(([name]) => name === 'title')).buttons
			.filter(button => button.name === 'do').map(button => button.value)
		assert.deepEqual(buttons(draft), ['save', 'submit'])
		assert.equal((await writer.submit(draft, {}, { do: 'publish' })).status, 403)
		const path = draft.url.split('?')[0]
		const handed = await writer.submit(await writer.get(path), {}, { do: 'submit' })
		assert.equal(noticeOf(handed), 'Handed in for review.')
		const back = await editor.submit(await editor.get(path), {}, { do: 'return' })
		assert.equal(noticeOf(back), 'Back with its author.')
		await editor.submit(back, {}, { do: 'publish' })
		const seen = await writer.get(path)
		assert.equal(seen.status, 200)
		assert.deepEqual(buttons(seen), [])
		assert.equal((await writer.submit(seen, { title: 'Mine' }, { do: 'save' })).status, 403)
		assert.equal((await writer.get((await write(editor, { title: 'Not theirs' })).url)).status, 403)
	})

	test('who may not introduce people or terms is told so', async () => {
		const writer = await signIn(site, await makeUser(site, { role: 'author' }))
		const page = await write(writer, { title: 'New Names', authors: 'Nobody Knows', tags: 'brandnew' })
		assert.equal(page.status, 422)
		assert.match(page.text, /Nobody is known as Nobody Knows/)
		assert.match(page.text, /There is no brandnew yet/)
	})

	test('a story is scheduled in the publication’s time, and not for what is over', async () => {
		const draft = await write(editor, { title: 'Tomorrow' })
		assert.equal((await editor.submit(draft, { 'publish-at': '2001-01-01T00:00' }, { do: 'schedule' })).status, 422)
		const scheduled = await editor.submit(draft, { 'publish-at': '2099-06-01T09:30' }, { do: 'schedule' })
		assert.equal(noticeOf(scheduled), 'Scheduled.')
		assert.match(scheduled.text, /datetime="2099-06-01T09:30:00Z"/)
		assert.equal(noticeOf(await editor.submit(scheduled, {}, { do: 'unschedule' })), 'No longer scheduled.')
	})

	test('a time that is typed holds, or is refused with all that was typed', async () => {
		const draft = await write(editor, { title: 'Under Embargo', body: 'Words.' })
		const at = { 'publish-at': '2099-06-01T06:00' }
		for (const step of ['publish', 'save', 'submit']) {
			const refused = await editor.submit(draft, { ...at, body: 'Other words.' }, { do: step })
			assert.equal(refused.status, 422, step)
			assert.match(refused.text, /A time counts only with “Schedule”/)
			assert.equal(fieldsOf(refused)['publish-at'], at['publish-at'])
			assert.match(fieldsOf(refused).body, /Other words/)
		}
		const scheduled = await editor.submit(draft, at, { do: 'schedule' })
		const moved = await editor.submit(scheduled, { 'publish-at': '2099-07-01T06:00' }, { do: 'save' })
		assert.equal(noticeOf(moved), 'Saved.')
		assert.equal(fieldsOf(moved)['publish-at'], '2099-07-01T06:00')
		for (const [typed, step] of [['', 'save'], ['2001-01-01T06:00', 'save'], ['2099-08-01T06:00', 'publish'], ['soon', 'publish']])
			assert.equal((await editor.submit(moved, { 'publish-at': typed }, { do: step })).status, 422, `${step} with ${typed}`)
		const off = await editor.submit(moved, {}, { do: 'unschedule' })
		if (fieldsOf(off)['publish-at'] !== '')
			assert.equal((await editor.submit(off, {}, { do: 'publish' })).status, 422, 'the time still stands in the field')
		const again = await editor.submit(off, at, { do: 'schedule' })
		const out = await editor.submit(again, {}, { do: 'publish' })
		assert.equal(noticeOf(out), 'Published.')
		assert.equal((await editor.submit(out, at, { do: 'save' })).status, 409, 'it came out before its time was changed')
	})

	test('two who schedule one story for different times: the second is shown both', async () => {
		const draft = await write(editor, { title: 'Two Embargoes', body: 'Words.' })
		await editor.submit(draft, { 'publish-at': '2099-06-01T06:00' }, { do: 'schedule' })
		assert.equal((await editor.submit(draft, { 'publish-at': '2099-06-01T06:00' }, { do: 'schedule' })).status, 200, 'sent twice')
		assert.equal((await editor.submit(draft, { 'publish-at': '2099-06-02T06:00' }, { do: 'schedule' })).status, 409)
	})

	test('a time that the clocks leave out is refused', async () => {
		const setting = await run(['set', '--data', site.data, 'timezone', 'Europe/Helsinki'])
		assert.equal(setting.status, 0, setting.stderr)
		try {
			const draft = await write(editor, { title: 'Half Past Three', body: 'Words.' })
			const refused = await editor.submit(draft, { 'publish-at': '2035-03-25T03:30' }, { do: 'schedule' })
			assert.equal(refused.status, 422)
			assert.match(refused.text, /The clocks leave out that time/)
			const held = await editor.submit(draft, { 'publish-at': '2035-03-25T04:00' }, { do: 'schedule' })
			assert.match(held.text, /datetime="2035-03-25T01:00:00Z"/)
		} finally {
			await run(['set', '--data', site.data, 'timezone', 'UTC'])
		}
	})

	test('a page does not take an address of the site itself', async () => {
		const page = { title: 'Not Yours', body: 'Words.', kind: 'page' }
		const routes = new Set(['es', 'de', 'zh-hans', '2026'])
		const source = new URL('../../../src/', import.meta.url)
		const route = /(?:\{ (?:BS_\w+, )?|FEEDS\()"(?:\[\/\{lang\}\])?\/([a-z0-9-]+)(?="|\/|\[\/)/g
		for (const file of readdirSync(source, { recursive: true }).filter(name => name.endsWith('.c'))) {
			for (const [, word] of readFileSync(new URL(file, source), 'utf8').matchAll(route))
				routes.add(word)
		}
		for (const word of ['archive', 'desk', 'media', 'metrics', 'tag'])
			assert.ok(routes.has(word), `the routes of the source were found: ${word}`)
		for (const slug of routes) {
			const refused = await write(editor, { ...page, slug })
			assert.equal(refused.status, 422, slug)
			assert.match(refused.text, /The site itself has something at this address/)
		}
		assert.equal(fieldsOf(await write(editor, { ...page, title: 'Archive' })).slug, 'archive-2', 'one that is made here yields')
		assert.equal(fieldsOf(await write(editor, { ...page, slug: 'es-libre' })).slug, 'es-libre')
		const story = await write(editor, { title: 'A Story', slug: 'es' })
		assert.equal(noticeOf(story), 'Saved.')
		assert.equal((await editor.submit(story, { kind: 'page' }, { do: 'save' })).status, 422)
	})

	test('a text that names a picture which is not there comes back, as a draft and as a correction', async () => {
		const body = 'All my words.\n\n![ice](media:99999)'
		const again = await write(editor, { title: 'No Such Picture', body })
		const published = await write(editor, { title: 'Pictured', body: 'Words.' }, 'publish')
		const correction = await editor.get(`${published.url.split('?')[0]}/correct`)
		for (const refused of [again, await editor.submit(published, { body }, { do: 'save' }),
			await editor.submit(correction, { body, note: 'A picture.' }, { do: 'correct' })]) {
			assert.equal(refused.status, 422)
			assert.match(refused.text, /Picture 1 of the text is not in the library any more/)
			assert.match(fieldsOf(refused).body, /All my words/)
		}
	})

	test('a withdrawn story answers 410 with its reason, and can be public again', async () => {
		const published = await write(editor, { title: 'Too Soon' }, 'publish')
		const path = publicPath(published)
		assert.equal((await editor.submit(published, {}, { do: 'withdraw' })).status, 422)
		const withdrawn = await editor.submit(published, { reason: 'The source took it back.' }, { do: 'withdraw' })
		assert.equal(noticeOf(withdrawn), 'Withdrawn. Readers see the reason.')
		const gone = await until(5, 'the page is gone', async () => {
			const page = await site.get(path)
			return page.status === 410 && page
		})
		assert.match(gone.text, /The source took it back\./)
		await editor.submit(withdrawn, {}, { do: 'restore' })
		await until(5, 'the page is back', async () => (await site.get(path)).status === 200)
	})

	test('a correction changes the text and stands on the story and in the public log, and stays', async () => {
		const published = await write(editor, { title: 'Eleven Ships', body: 'Ten ships.\n\nThe rest.', tags: 'ships' }, 'publish')
		const path = published.url.split('?')[0]
		const form = await editor.get(`${path}/correct`)
		assert.equal((await editor.submit(form, { body: 'Eleven ships.\n\nThe rest.', note: '' }, { do: 'correct' })).status, 422)
		const done = await editor.submit(form, { body: 'Eleven ships.\n\nThe rest.', correction: 'correction',
			note: 'An earlier version said *ten* ships.' }, { do: 'correct' })
		assert.equal(noticeOf(done), 'Published, with the note.')
		const twice = await editor.submit(form, { body: 'Eleven ships.\n\nThe rest.', correction: 'correction',
			note: 'An earlier version said *ten* ships.' }, { do: 'correct' })
		assert.equal(noticeOf(twice), 'Published, with the note.', 'the same form once more is answered as done')
		assert.match(twice.text, /Revision 2/)
		assert.equal((await editor.submit(form, { body: 'Nine ships.\n\nThe rest.', note: 'Other words.' }, { do: 'correct' })).status, 409)
		assert.equal(fieldsOf(done).tags, 'ships', 'what the form did not have stays')
		const page = await until(5, 'the correction on the page', async () => {
			const page = await site.get(publicPath(published))
			return page.text.includes('Eleven ships.') && page
		})
		assert.match(page.text, /An earlier version said <em>ten<\/em> ships\./)
		assert.match((await site.get('/corrections')).text, /An earlier version said/)
		const again = await editor.submit(done, { body: 'Twelve ships.' }, { do: 'save' })
		assert.equal(noticeOf(again), 'Saved.')
		assert.match((await site.get('/corrections')).text, /An earlier version said/)
	})

	test('a text of five megabytes is taken, and one over the limit is refused', async () => {
		const long = await write(editor, { title: 'Long', body: 'Ледовая обстановка. '.repeat(200).concat('\n\n').repeat(650) })
		assert.equal(noticeOf(long), 'Saved.', long.text.slice(0, 2000))
		const over = await write(editor, { title: 'Longer', body: 'x'.repeat(9 * 1024 * 1024) })
		assert.equal(over.status, 422)
		assert.match(over.text, /longer than a story can be/)
	})
}
