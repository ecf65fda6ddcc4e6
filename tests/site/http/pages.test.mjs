// What the program's own pages, pictures and measurements answer to the header fields of a request; what is the server's alone is in
// http.test.mjs.

import assert from 'node:assert/strict'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { makeNewsroom, missing, run, startSite, until } from '../../lib/site.mjs'

const options = { skip: missing }

test('a page that changed is never called unmodified since a date', options, async t => {
	const data = await makeNewsroom()
	t.after(() => rmSync(dirname(data), { recursive: true }))
	const documents = join(dirname(data), 'documents')
	const load = async (title, more = '') => {
		const head = `title: ${title}\nid: ice-1\nslug: ice\npublished: 2025-03-01\nthemes: [ice]\n${more}`
		writeFileSync(join(documents, 'a.md'), `---\n${head}---\n\n${title}.\n`)
		assert.equal((await run(['import', '--data', data, documents])).status, 0)
	}
	mkdirSync(documents)
	await load('The first ice')
	const site = await startSite({ data })
	t.after(() => site.stop())
	const paths = ['/', '/2025/03/ice', '/theme/ice', '/feed.xml', '/2025/03/ice.json', '/sitemap.xml']
	for (const path of paths)
		assert.equal((await site.get(path)).headers.get('last-modified'), null, path)
	await load('The second ice')
	await until(5, 'the new headline', async () => (await site.get('/')).text.includes('The second ice'))
	const tomorrow = { headers: { 'if-modified-since': new Date(Date.now() + 86400_000).toUTCString() } }
	for (const path of paths)
		assert.equal((await site.get(path, tomorrow)).status, 200, path)
	await load('The second ice', 'status: withdrawn\nreason: It was not cold.\n')
	await until(5, 'the withdrawal', async () => (await site.get('/2025/03/ice', tomorrow)).status === 410)
	assert.doesNotMatch((await site.get('/', tomorrow)).text, /The second ice/)
})
