// Fields of a story that know more than what is typed: names are proposed, addresses lead on, and it is shown how it will look elsewhere.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { formsOf, makeUser, noticeOf, signIn } from '../../lib/desk.mjs'
import { missing, startSite, until } from '../../lib/site.mjs'

if (missing)
	test('fields of a story', { skip: missing }, () => {})
else
	tests()

function tests() {
	let site, editor

	before(async () => {
		site = await startSite()
		editor = await signIn(site, await makeUser(site, { role: 'editor' }))
	})
	after(() => site.stop())

	const write = async (desk, fields, step = 'save') => desk.submit(await desk.get('/desk/story/new'), fields, { do: step })
	const fieldsOf = page => Object.fromEntries(formsOf(page.text).find(form => form.fields.some(([name]) => name === 'title')).fields)
	const namesFor = async (of, q) => JSON.parse((await editor.get(`/desk/names?of=${of}&q=${encodeURIComponent(q)}`)).text).names
	const pathOf = page => page.text.match(/href="(\/\d{4}\/\d{2}\/[^"]+)"/)?.[1]

	test('people and terms are proposed by any of their words, whatever the case and accents', async () => {
		await write(editor, { title: 'Names', authors: 'Ann Lee\nÅsa Öberg\nBo "Ice" Dahl', regions: 'Baltic Sea', tags: 'sea ice' })
		assert.deepEqual(await namesFor('people', 'öb'), ['Åsa Öberg'])
		assert.deepEqual(await namesFor('people', 'OB'), ['Åsa Öberg'])
		assert.deepEqual(await namesFor('people', 'LEE'), ['Ann Lee'])
		assert.deepEqual(await namesFor('people', 'bo "'), ['Bo "Ice" Dahl'])
		assert.deepEqual(await namesFor('region', 'sea'), ['Baltic Sea'])
		assert.deepEqual(await namesFor('tag', 'sea'), ['sea ice'])
		assert.deepEqual(await namesFor('people', 'ee'), [])
		assert.deepEqual(await namesFor('people', ' '), [])
		assert.equal((await editor.get('/desk/names?of=nothing&q=x')).status, 404)
		const page = await editor.get('/desk/story/new')
		assert.match(page.text, /<datalist id="l-people">(<option[^>]*><\/option>)*<option value="Ann Lee">/)
		assert.match(page.text, /<input id="a-authors" name="authors-add" list="l-people"/)
	})

	test('a name in the field behind a list is added to it', async () => {
		const draft = await write(editor, { title: 'One More', authors: 'Ann Lee', 'authors-add': 'Bo Dahl', 'tags-add': 'ice' })
		assert.equal(fieldsOf(draft).authors, 'Ann Lee\nBo Dahl')
		assert.equal(fieldsOf(draft).tags, 'ice')
	})

	test('each address that a story had leads to the one it has', async () => {
		let page = await write(editor, { title: 'First Address', body: 'Text.', slug: 'first-address' }, 'publish')
		const first = pathOf(page)
		assert.equal(noticeOf(page), 'Published.')
		page = await editor.submit(page, { slug: 'second-address' }, { do: 'save' })
		const second = pathOf(page)
		page = await editor.submit(page, { slug: 'third-address' }, { do: 'save' })
		const third = pathOf(page)
		for (const path of [first, second]) {
			const answer = await until(5, 'the redirect', async () => {
				const answer = await site.get(path)
				return answer.status === 301 && answer.headers.get('location').endsWith(third) && answer
			})
			assert.ok(answer)
		}
		assert.equal((await site.get(third)).status, 200)
	})
}
