// What colleagues say to each other about the passages of a story: said, answered, resolved, and kept when the story is rewritten.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { formsOf, makeUser, noticeOf, signIn } from '../../lib/desk.mjs'
import { missing, startSite } from '../../lib/site.mjs'

if (missing)
	test('comments on passages', { skip: missing }, () => {})
else
	tests()

function tests() {
	let site, editor, author, guest

	before(async () => {
		site = await startSite()
		const people = [['editor', 'Ed Marsh'], ['author', 'Ann Lee'], ['contributor', 'Bo Dahl']]
		;[editor, author, guest] = await Promise.all(people.map(async ([role, name]) => signIn(site, await makeUser(site, { role, name }))))
	})
	after(() => site.stop())

	const write = async (desk, fields) => desk.submit(await desk.get('/desk/story/new'), fields, { do: 'save' })
	const idOf = page => page.url.match(/story\/(\d+)/)[1]
	const placeOf = (page, words) => page.text.match(new RegExp(`<li id="p-(\\d+)">(?:(?!</li>)[\\s\\S])*${words}`))[1]
	const say = async (desk, id, on, text) => {
		const path = `/desk/story/${id}/remarks`
		const page = await desk.get(`${path}?on=${on}`)
		return desk.post(path, { csrf: Object.fromEntries(formsOf(page.text)[0].fields).csrf, on, text, do: 'say' })
	}
	const act = async (desk, id, thread, step, text = '') => {
		const path = `/desk/story/${id}/remarks`
		const page = await desk.get(path)
		return desk.post(path, { csrf: Object.fromEntries(formsOf(page.text)[0].fields).csrf, thread, text, do: step })
	}

	test('a comment stands beside its passage, is answered, and is resolved', async () => {
		const id = idOf(await write(author, { title: 'The Ice', body: 'It came early.\n\nIt went late.' }))
		const page = await editor.get(`/desk/story/${id}/remarks`)
		const said = await say(editor, id, placeOf(page, 'It went late'), 'Who says <so>?')
		assert.equal(noticeOf(said), 'Your colleagues can read it.')
		assert.match(said.text, /It went late\.[\s\S]*<b>Ed Marsh<\/b>[\s\S]*Who says &lt;so&gt;\?/)
		assert.match((await author.get('/desk/')).text, /1 open comment</)

		const thread = said.text.match(/id="t-(\d+)"/)[1]
		const answered = await act(author, id, thread, 'say', 'The harbour master.')
		assert.match(answered.text, /Who says[\s\S]*<b>Ann Lee<\/b>[\s\S]*The harbour master\./)
		const resolved = await act(author, id, thread, 'resolve')
		assert.match(resolved.text, /data-resolved[\s\S]*Resolved: Ann Lee/)
		assert.doesNotMatch((await author.get('/desk/')).text, /open comment</)
		assert.doesNotMatch((await act(editor, id, thread, 'reopen')).text, /data-resolved/)
	})

	test('a comment keeps the words that it was made on when they are rewritten, and finds them again when they are moved', async () => {
		const story = await write(author, { title: 'Moved', body: 'First words.\n\nSecond words.' })
		const id = idOf(story)
		await say(editor, id, placeOf(await editor.get(`/desk/story/${id}/remarks`), 'First words'), 'About the first.')
		const moved = await author.submit(story, { body: 'Second words.\n\nFirst words.' }, { do: 'save' })
		let page = await editor.get(`/desk/story/${id}/remarks`)
		assert.doesNotMatch(page.text, /Of an earlier wording/)
		assert.match(page.text, /Second words[\s\S]*First words[\s\S]*About the first\./)

		await author.submit(moved, { body: 'Second words.\n\nOther words.' }, { do: 'save' })
		page = await editor.get(`/desk/story/${id}/remarks`)
		assert.match(page.text, /Other words[\s\S]*Of an earlier wording[\s\S]*First words[\s\S]*About the first\./)
	})

	test('a comment on words that were rewritten while it was typed is kept with them', async () => {
		const story = await write(author, { title: 'While Typing', body: 'Old words.' })
		const id = idOf(story), on = placeOf(await editor.get(`/desk/story/${id}/remarks`), 'Old words')
		await author.submit(story, { body: 'New words.' }, { do: 'save' })
		assert.match((await say(editor, id, on, 'Still worth saying.')).text, /Of an earlier wording[\s\S]*Old words[\s\S]*Still worth saying/)
	})

	test('a form that is sent twice is one comment, and an empty one is refused', async () => {
		const id = idOf(await write(author, { title: 'Once', body: 'Words.' }))
		await say(editor, id, 0, 'Only once.')
		const twice = await say(editor, id, 0, 'Only once.')
		assert.equal(twice.text.split('Only once.').length, 2)
		const empty = await say(editor, id, 0, '  ')
		assert.equal(empty.status, 422)
		assert.match(empty.text, /There is nothing in it yet\./)
		const long = await say(editor, id, 0, 'ice '.repeat(3000))
		assert.equal(long.status, 422)
		assert.match(long.text, /(ice ){100}/)
	})

	test('who may not see a story can neither read nor make comments on it', async () => {
		const id = idOf(await write(author, { title: 'Not Yours', body: 'Words.' }))
		assert.equal((await guest.get(`/desk/story/${id}/remarks`)).status, 403)
		const own = idOf(await write(guest, { title: 'Own', body: 'Words.' }))
		const csrf = Object.fromEntries(formsOf((await guest.get(`/desk/story/${own}/remarks`)).text)[0].fields).csrf
		assert.equal((await guest.post(`/desk/story/${id}/remarks`, { csrf, on: 0, text: 'x', do: 'say' })).status, 403)
		const thread = (await say(editor, id, 0, 'Ours.')).text.match(/id="t-(\d+)"/)[1]
		assert.equal((await guest.post(`/desk/story/${own}/remarks`, { csrf, thread, do: 'resolve' })).status, 404)
	})
}
