// A story at the desk, by its forms and without JavaScript: written, handed in, published, changed, withdrawn.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { formsOf, makeUser, noticeOf, signIn } from '../lib/desk.mjs'
import { missing, startSite, until } from '../lib/site.mjs'

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
		assert.equal(one.status, 200)
		assert.equal(two.status, 409, 'the second one is told that the story is there')
		const list = await editor.get('/desk/')
		assert.equal(list.text.split('Sent Twice').length, 2)
	})
}
