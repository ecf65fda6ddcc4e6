// What the program's own pages, pictures and measurements answer to the header fields of a request; what is the server's alone is in
// http.test.mjs.

import assert from 'node:assert/strict'
import { randomFillSync } from 'node:crypto'
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { makeNewsroom, missing, onPostgres, run, startSite, until } from '../../lib/site.mjs'

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

test('measurements are not for those whom a proxy on this machine lets through', options, async t => {
	const site = await startSite()
	t.after(() => site.stop())
	assert.equal((await site.get('/metrics')).status, 200)
	const marks = { 'X-Forwarded-For': '203.0.113.9', Forwarded: 'for=203.0.113.9', 'X-Real-IP': '203.0.113.9', Via: '1.1 proxy' }
	for (const [name, value] of Object.entries(marks))
		assert.equal((await site.get('/metrics', { headers: { [name]: value } })).status, 404, name)
})

test('the health of a site is that of the tables its pages are made of', { skip: missing || onPostgres }, async t => {
	const data = await makeNewsroom({ folder: 'examples/harbour' })
	t.after(() => rmSync(dirname(data), { recursive: true }))
	const site = await startSite({ data })
	t.after(() => site.stop())
	assert.deepEqual([(await site.get('/healthz')).status, (await site.get('/healthz')).text], [200, 'ok\n'])
	await site.get('/')
	const file = join(data, 'broadsheet.db')
	const bytes = readFileSync(file)
	randomFillSync(bytes, 4096)
	writeFileSync(file, bytes)
	for (const name of readdirSync(data).filter(name => name.endsWith('-wal')))
		truncateSync(join(data, name))
	assert.equal((await site.get('/2025/11/the-first-ice')).status, 500)
	const health = await site.get('/healthz')
	assert.deepEqual([health.status, health.text], [503, 'the database is damaged\n'])
})

test('who never said where the site is learns it at the start', options, async t => {
	const data = await makeNewsroom()
	t.after(() => rmSync(dirname(data), { recursive: true }))
	const warning = /http:\/\/127\.0\.0\.1:8080, which no reader reaches; say where it is: broadsheet set --data \S+ url /g
	const warnings = async () => {
		const site = await startSite({ data })
		await site.get('/healthz')
		await site.stop()
		const exported = await run(['export', '--data', data, join(dirname(data), 'tree')])
		assert.equal(exported.status, 0)
		return [site.stderr(), exported.stderr].map(said => (said.match(warning) ?? []).length)
	}
	assert.deepEqual(await warnings(), [1, 1])
	assert.equal((await run(['set', '--data', data, 'url', 'https://news.example'])).status, 0)
	assert.deepEqual(await warnings(), [0, 0])
})

test('whatever answers, the browser is told to come by https next time', options, async t => {
	const data = await makeNewsroom({ folder: 'examples/harbour' })
	t.after(() => rmSync(dirname(data), { recursive: true }))
	appendFileSync(join(data, 'broadsheet.conf'), '\n[server]\nhsts = max-age=31536000\n')
	const site = await startSite({ data })
	t.after(() => site.stop())
	const answers = { '/': 200, '/nowhere': 404, '/archive/': 308, '//archive': 308, '/%00': 400, '/healthz': 200, '/metrics': 200 }
	answers[(await site.get('/')).text.match(/\/media\/[^" ]+/)[0]] = 200
	for (const [path, status] of Object.entries(answers)) {
		const answer = await site.get(path)
		assert.deepEqual([answer.status, answer.headers.get('strict-transport-security')], [status, 'max-age=31536000'], path)
	}
	const wrong = await site.get('/', { method: 'DELETE' })
	assert.deepEqual([wrong.status, wrong.headers.get('strict-transport-security')], [405, 'max-age=31536000'])
})
