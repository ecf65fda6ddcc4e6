// A notice of the newsroom within the text of a story: what readers see in each form and language, what the desk says of it, and that it comes
// out of an export as it went in.

import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { formsOf, makeUser, noticeOf, signIn } from '../lib/desk.mjs'
import { makeNewsroom, missing, run, startSite, temporaryFolder, until } from '../lib/site.mjs'

const files = {
	'notices/safety.md': '---\nslug: safety\nkind: note\nstories: listed\ntitle: On the ice\n---\n\nStay off the ice. Call the *pilots* first.\n',
	'notices/safety.de.md': '---\nslug: safety\nlanguage: de\ntitle: Auf dem Eis\n---\n\nNicht betreten.\n',
	'notices/rights.md': '---\nslug: rights\nkind: permission\nstories: listed\n---\n\nAsk us before you print this.\n\n- one\n- two\n',
	'stories/the-ice.md': '---\ntitle: The Ice\npublished: 2025-11-14T06:30:00Z\n---\n\n' +
		'The ice came early.\n\n<aside data-notice="safety"></aside>\n\n' +
		'It stayed.\n\n> Words of a pilot.\n>\n> <aside data-notice="rights"></aside>\n\nThe end.\n',
	'stories/das-eis.md': '---\ntitle: Das Eis\nlanguage: de\npublished: 2025-11-14T06:30:00Z\ntranslation_of: the-ice\n---\n\nDas Eis kam.\n\n' +
		'<aside data-notice="safety"></aside>\n\n<aside data-notice="rights"></aside>\n\nEnde.\n',
	'stories/the-thaw.md': '---\ntitle: The Thaw\npublished: 2025-11-15T06:30:00Z\n---\n\n' +
		'It thaws.\n\n<aside data-notice="nobody-has-it"></aside>\n\nThat is all.\n',
}

if (missing)
	test('notices in texts', { skip: missing }, () => {})
else
	tests()

function tests() {
	const folder = temporaryFolder()
	let site, imported, desk

	before(async () => {
		for (const [name, text] of Object.entries(files)) {
			mkdirSync(dirname(join(folder, name)), { recursive: true })
			writeFileSync(join(folder, name), text)
		}
		const data = await makeNewsroom()
		imported = await run(['import', '--data', data, folder])
		site = await startSite({ data })
		desk = await signIn(site, await makeUser(site, { role: 'editor', name: 'Ed Marsh' }))
	})
	after(async () => {
		await site.stop()
		rmSync(folder, { recursive: true, force: true })
	})
	const textOf = async path => (await site.get(path)).text.replace(/\n/g, '').replace(/^.*<\/head>/, '')
	const shows = (path, pattern) => until(5, `${path}: ${pattern}`, async () => pattern.test(await textOf(path)))

	test('readers have its words where it stands', async () => {
		const page = await textOf('/2025/11/the-ice')
		assert.match(page, new RegExp('<p>The ice came early.</p><aside><p><strong>On the ice</strong></p><p>Stay off the ice. ' +
			'Call the <em>pilots</em> first.</p></aside><p>It stayed.</p><blockquote><p>Words of a pilot.</p>' +
			'<aside><p>Ask us before you print this.</p><ul><li>one</li><li>two</li></ul></aside></blockquote><p>The end.</p>'))
		assert.doesNotMatch(page, /data-notice/)
	})

	test('so have mail, feeds and partners', async () => {
		const { text } = await site.get('/2025/11/the-ice.txt')
		assert.match(text, /The ice came early\.\n\nOn the ice\n\nStay off the ice\. Call the pilots first\.\n\nIt stayed\./)
		const json = JSON.parse((await site.get('/2025/11/the-ice.json')).text)
		for (const { value } of json.bodies)
			assert.match(value, /Stay off the ice/)
		for (const feed of ['/feed.xml', '/feed.atom', '/feed.json'])
			assert.match((await site.get(feed)).text, /Stay off the ice/, feed)
	})

	test('it speaks the language of the page where it can, and is marked where it cannot', async () => {
		const page = await textOf('/de/2025/11/das-eis')
		assert.match(page, new RegExp('<p>Das Eis kam.</p><aside><p><strong>Auf dem Eis</strong></p><p>Nicht betreten.</p></aside>' +
			'<aside><p lang="en" dir="ltr">Ask us'))
		assert.doesNotMatch(page, /Stay off/)
	})

	test('translated passage by passage, it shows what is translated of it', async () => {
		const file = join(folder, 'fr.po')
		writeFileSync(file, 'msgid ""\nmsgstr "Language: fr\\nX-Source-Language: en\\n"\n\n' + [
			['The Ice', 'La glace'], ['The ice came early.', 'La glace.'], ['It stayed.', 'Elle resta.'], ['Words of a pilot.', 'Un pilote.'],
			['The end.', 'Fin.'],
			['Ask us before you print this.', 'Demandez-nous.']]
			.map(([from, to]) => `msgid "${from}"\nmsgstr "${to}"\n`).join('\n'))
		const taken = await run(['translate', '--data', site.data, 'take', '--to', 'fr', '--from', 'en', file])
		assert.equal(taken.status, 0, taken.stderr)
		const page = await until(5, 'the French page', async () => {
			const text = await textOf('/fr/2025/11/the-ice')
			return /La glace\./.test(text) && text
		})
		assert.match(page, /<aside><p lang="en" dir="ltr"><strong>On the ice<\/strong><\/p><p lang="en" dir="ltr">Stay off/)
		assert.match(page, /<aside><p>Demandez-nous.<\/p><ul><li lang="en" dir="ltr">one/)
	})

	test('one that nobody knows shows nothing, is told on import, and asks who publishes', async () => {
		assert.equal(imported.status, 0, imported.stderr)
		assert.match(imported.stdout + imported.stderr, /a notice in a text that no file explains; readers see nothing there: nobody-has-it/)
		assert.match(await textOf('/2025/11/the-thaw'), /<p>It thaws.<\/p><p>That is all.<\/p>/)
		assert.doesNotMatch((await site.get('/2025/11/the-thaw')).text, /nobody-has-it/)
		const draft = await desk.submit(await desk.get('/desk/story/new'),
			{ title: 'A Draft', format: 'html', body: '<p>Text.</p><aside data-notice="nobody-has-it"></aside>' }, { do: 'save' })
		const asked = await desk.submit(draft, {}, { do: 'publish' })
		assert.equal(asked.status, 422)
		assert.match(asked.text, /A notice in the text is one that the newsroom does not have\.[\s\S]*nobody-has-it/)
	})

	test('a changed notice is shown by the next page', async () => {
		await site.get('/2025/11/the-ice')
		const page = await desk.get('/desk/paper/notices/rights?lang=en')
		await desk.submit(page, { body: 'Ask nobody.' }, { do: 'save' })
		await shows('/2025/11/the-ice', /<aside><p>Ask nobody.<\/p><\/aside>/)
	})

	test('the form without scripts has a line for it, which comes back as it was', async () => {
		const list = await desk.get('/desk/')
		const story = await desk.get(list.text.match(/href="(\/desk\/story\/\d+)"[^>]*>The Ice</)[1])
		const body = Object.fromEntries(formsOf(story.text).find(form => form.fields.some(([name]) => name === 'body')).fields).body
		assert.match(body, /early\.\n\n<aside data-notice="safety"><\/aside>\n\nIt stayed/)
		const saved = await desk.submit(story, { body: `${body}\n\n<aside data-notice="rights"></aside>\n` }, { do: 'save' })
		assert.equal(noticeOf(saved), 'Saved.')
		await shows('/2025/11/the-ice', /<p>The end.<\/p><aside><p>Ask nobody/)
	})

	test('its page names the stories that show it, each once', async () => {
		const page = await desk.get('/desk/paper/notices/rights?lang=en')
		assert.match(page.text, /2 stories[^<]*[\s\S]*>The Ice<\/a>/)
		assert.match(page.text, />Das Eis<\/a>/)
		assert.equal(page.text.match(/>The Ice<\/a>/g).length, 1)
	})

	test('an export brings it out as it was, and in again', async () => {
		const out = join(temporaryFolder(), 'out')
		const done = await run(['export', '--data', site.data, '--stories', out])
		assert.equal(done.status, 0, done.stderr)
		const again = await makeNewsroom({ folder: out })
		const twice = join(temporaryFolder(), 'twice')
		await run(['export', '--data', again, '--stories', twice])
		const name = 'stories/2025/11/the-ice.md'
		const text = readFileSync(join(out, name), 'utf8')
		assert.match(text, /\n\n<aside data-notice="safety"><\/aside>\n\n/)
		assert.equal(readFileSync(join(twice, name), 'utf8'), text)
	})

	test('removed, it is gone from the texts, which are worked on as before; made again, it is back', async () => {
		const page = await desk.get('/desk/paper/notices/rights?lang=en')
		const form = formsOf(page.text).find(form => form.buttons.some(({ value }) => value === 'remove'))
		const gone = await desk.post(page.url, { ...Object.fromEntries(form.fields), sure: '1', do: 'remove' })
		assert.equal(gone.status, 200, noticeOf(gone))
		await shows('/2025/11/the-ice', /<blockquote><p>Words of a pilot.<\/p><\/blockquote>/)
		const list = await desk.get('/desk/')
		const story = await desk.get(list.text.match(/href="(\/desk\/story\/\d+)"[^>]*>The Ice</)[1])
		assert.equal(noticeOf(await desk.submit(story, { subtitle: 'Later' }, { do: 'save' })), 'Saved.')
		await desk.submit(await desk.get('/desk/paper/notices/new'), { slug: 'rights', body: 'Ask again.' }, { do: 'save' })
		await shows('/2025/11/the-ice', /<blockquote><p>Words of a pilot.<\/p><aside><p>Ask again.<\/p><\/aside><\/blockquote>/)
		assert.match((await desk.get('/desk/paper/notices/rights?lang=en')).text, /2 stories[\s\S]*>The Ice<\/a>/)
		assert.equal((await run(['verify', '--data', site.data])).status, 0)
	})
}
