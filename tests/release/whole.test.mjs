// The program as it is built for use: optimised, without sanitizers. What only an optimiser brings to light shows here: every
// page of the demo newsroom is made, by many threads and through the server, and is what the export wrote.

import assert from 'node:assert/strict'
import { readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { makeNewsroom, program, run, startSite, temporaryFolder } from '../lib/site.mjs'

function filesBelow(folder) {
	return readdirSync(folder, { recursive: true }).filter(file => statSync(join(folder, file)).isFile())
}

async function exported(data) {
	const folder = join(temporaryFolder(), 'tree')
	const done = await run(['export', '--data', data, '--threads', '8', folder])
	assert.equal(done.status, 0, done.stderr)
	return folder
}

// "/" and the home of a language have a slash at their end.
const pathOf = file => /^([a-z]{2,3}(-\w+)?\/)?index\.html$/.test(file)
	? `/${file.slice(0, -'index.html'.length)}`
	: `/${file.replace(/\/index\.html$/, '')}`

test('the release build serves every page of the demo newsroom as it exports it', async t => {
	assert.match(program, /\/build\/broadsheet$/, 'BS_BIN=build/broadsheet says that this build is meant')
	const data = await makeNewsroom({ folder: 'examples/harbour' })
	t.after(() => rmSync(dirname(data), { recursive: true }))
	const tree = await exported(data)
	const files = filesBelow(tree).filter(file => file !== '404.html' && !file.startsWith('.'))
	assert.ok(files.length > 100, `${files.length} files`)
	const site = await startSite({ data })
	t.after(() => site.stop())
	let served = 0
	// Eight at a time, so that threads meet.
	const rest = [...files]
	await Promise.all(Array.from({ length: 8 }, async () => {
		for (let file = rest.pop(); file !== undefined; file = rest.pop()) {
			const path = pathOf(file)
			const answer = await fetch(site.url + path, { redirect: 'manual' })
			assert.equal(answer.status, 200, path)
			assert.ok(Buffer.from(await answer.arrayBuffer()).equals(readFileSync(join(tree, file))), `${path} differs from ${file}`)
			served++
		}
	}))
	assert.equal(served, files.length)
	for (const [path, status] of [['/search?q=ice', 200], ['/search?q=%22', 200], ['/nothing-here', 404], ['/healthz', 200], ['/metrics', 200]])
		assert.equal((await site.get(path)).status, status, path)
	assert.equal((await run(['verify', '--data', data])).status, 0)
	rmSync(dirname(tree), { recursive: true })
})
