// The list of all stories: each part of its filter, alone and together, and from page to page.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeUser, signIn } from '../../lib/desk.mjs'
import { missing, startSite } from '../../lib/site.mjs'

if (missing)
	test('the list of stories', { skip: missing }, () => {})
else
	tests()

function tests() {
	let site, desk

	const ROW = /<th scope="row"><a href="[^"]+"[^>]*>([^<]+)<\/a>/g
	const titles = async (path, who = desk) => [...(await who.get(path)).text.matchAll(ROW)].map(match => match[1])
	const write = async (fields, step = 'save', who = desk) => who.submit(await who.get('/desk/story/new'), fields, { do: step })

	before(async () => {
		site = await startSite()
		desk = await signIn(site, await makeUser(site, { role: 'editor' }))
		await write({ title: 'Ice on the Harbour', authors: 'Ann Lee', themes: 'Weather', lang: 'en' }, 'publish')
		await write({ title: 'Eis im Hafen', authors: 'Ann Lee', themes: 'Weather', lang: 'de' }, 'publish')
		await write({ title: 'Shipping Forecast', authors: 'Bo Dahl', themes: 'Ships', body: 'Words about icebergs.' }, 'publish')
		await write({ title: 'A Draft of Ice', authors: 'Ann Lee' })
		await write({ title: 'For Review' }, 'submit')
	})
	after(() => site.stop())

	test('what was saved last stands first', async () => {
		assert.deepEqual(await titles('/desk/'), ['For Review', 'A Draft of Ice', 'Shipping Forecast', 'Eis im Hafen', 'Ice on the Harbour'])
	})

	test('each part of the filter leaves what fits it', async () => {
		assert.deepEqual(await titles('/desk/?state=review'), ['For Review'])
		assert.deepEqual(await titles('/desk/?lang=de'), ['Eis im Hafen'])
		assert.deepEqual(await titles('/desk/?author=Ann+Lee'), ['A Draft of Ice', 'Eis im Hafen', 'Ice on the Harbour'])
		assert.deepEqual(await titles('/desk/?term=Weather'), ['Eis im Hafen', 'Ice on the Harbour'])
		assert.deepEqual(await titles('/desk/?term=ships'), ['Shipping Forecast'])
		const today = new Date().toISOString().slice(0, 10)
		assert.equal((await titles(`/desk/?from=${today}`)).length, 3)
		assert.equal((await titles('/desk/?to=2001-01-01')).length, 0)
	})

	test('words are found in what is published, by text, and in what is not, by title', async () => {
		assert.deepEqual((await titles('/desk/?q=ice')).sort(), ['A Draft of Ice', 'Ice on the Harbour', 'Shipping Forecast'])
		assert.deepEqual(await titles('/desk/?q=draft+ice'), ['A Draft of Ice'])
		assert.deepEqual(await titles('/desk/?q=ice+-draft&state=draft'), [])
		assert.deepEqual(await titles('/desk/?q=hafen'), ['Eis im Hafen'])
	})

	test('parts of the filter hold together', async () => {
		assert.deepEqual(await titles('/desk/?author=Ann+Lee&state=published&lang=en'), ['Ice on the Harbour'])
		assert.deepEqual(await titles('/desk/?q=ice&author=Ann+Lee'), ['A Draft of Ice', 'Ice on the Harbour'])
		assert.match((await desk.get('/desk/?author=Nobody+Such')).text, /nobody and nothing called Nobody Such/)
	})

	test('contributors see their own stories alone', async () => {
		const own = await signIn(site, await makeUser(site, { role: 'contributor' }))
		await write({ title: 'A Contribution' }, 'save', own)
		assert.deepEqual(await titles('/desk/', own), ['A Contribution'])
		const foreign = (await desk.get('/desk/?state=review')).text.match(/href="(\/desk\/story\/\d+)"/)[1]
		assert.equal((await own.get(foreign)).status, 403)
	})

	test('a list of more than a page goes on where it was left, though stories are saved meanwhile', async () => {
		for (let i = 0; i < 55; i++)
			await write({ title: `Many ${i}`, tags: 'many' })
		const first = await desk.get('/desk/?term=many')
		const older = first.text.match(/href="([^"]+)" rel="next"/)[1].replaceAll('&amp;', '&')
		await write({ title: 'Many late', tags: 'many' })
		const all = [...await titles('/desk/?term=many'), ...await titles(older)]
		assert.equal(all[0], 'Many late')
		assert.deepEqual((await titles(older)), ['Many 4', 'Many 3', 'Many 2', 'Many 1', 'Many 0'])
	})
}
