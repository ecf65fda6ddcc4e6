// One address for each page: what names it in another way is led there for ever, and only where there is something.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { missing, startSite } from '../../lib/site.mjs'

const options = { skip: missing }
let site

before(async () => {
	if (!missing) site = await startSite({ folder: 'examples/harbour' })
})

after(() => site?.stop())

async function leads(from, status, to) {
	const answer = await site.get(from)
	assert.deepEqual([answer.status, answer.headers.get('location')], [status, to], from)
	if (to) assert.equal((await site.get(to)).status, 200, to)
}

test('the home page of a language is reached without its slash', options, async () => {
	await leads('/ar', 308, '/ar/')
	await leads('/de', 308, '/de/')
	await leads('/en', 308, '/')
	for (const path of ['/xx', '/AR', '/zh', '/fa']) await leads(path, 404, null)
})

test('what is not there is not led to, whatever its slash', options, async () => {
	for (const path of ['/xx/', '/AR/', '/zh/', '/theme/', '/media/', '/nix/', '/de/nix/', '/region/nix/', '/2025/11/nix/', '/en/nix/'])
		await leads(path, 404, null)
	await leads('/about/', 308, '/about')
	await leads('/about/?a=1', 308, '/about')
	await leads('/search/?q=ice', 308, '/search?q=ice')
	await leads('/archive/', 308, '/archive')
	await leads('/2025/11/the-first-ice/', 308, '/2025/11/the-first-ice')
	await leads('/about/', 308, '/about')
})

test("the publication's own language stands in no address", options, async () => {
	await leads('/en/', 301, '/')
	await leads('/en/about', 301, '/about')
	await leads('/en/about/', 308, '/about')
	await leads('/en/archive', 301, '/archive')
	await leads('/en/theme/shipping', 301, '/theme/shipping')
	await leads('/en/feed.xml', 301, '/feed.xml')
	await leads('/en/search?q=ice', 301, '/search?q=ice')
	for (const form of ['', '.json', '.txt']) await leads(`/en/2025/11/the-first-ice${form}`, 301, `/2025/11/the-first-ice${form}`)
	for (const path of ['/en/nix', '/en/2025/11/nix', '/en/theme/nix', '/en/a/b/c']) await leads(path, 404, null)
})

test('a first page has no number', options, async () => {
	await leads('/archive/2025/11/page/1', 301, '/archive/2025/11')
	await leads('/corrections/page/1', 301, '/corrections')
	await leads('/theme/energy/page/1', 301, '/theme/energy')
	await leads('/de/theme/energy/page/1', 301, '/de/theme/energy')
	await leads('/en/theme/energy/page/1', 301, '/theme/energy')
	await leads('/search/page/1?q=ice', 301, '/search?q=ice')
	await leads('/theme/nix/page/1', 404, null)
})

test('an address in a language that leads nowhere is answered in it', options, async () => {
	for (const path of ['/ar/nix', '/ar/a/b/c', '/ar/2025/11/nix', '/ar/theme/nix', '/ar/nix/'])
		assert.match((await site.get(path)).text, /<html lang="ar" dir="rtl">/, path)
	for (const path of ['/fa/a/b/c', '/nix', '/AR/', '/a/b/c']) assert.match((await site.get(path)).text, /<html lang="en"/, path)
})

test('the desk is reached without its slash', options, async () => {
	const answer = await site.get('/desk')
	assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/desk/'])
})
