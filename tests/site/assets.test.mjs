// Files that style sheets name: served at addresses made of their bytes, taken from a user's theme where it has them.

import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { makeNewsroom, missing, root, run, startSite, temporaryFolder } from '../lib/site.mjs'

const options = { skip: missing }
const assetsOf = text => [...text.matchAll(/url\("(\/assets\/[^"]+)"\)/g)].map(found => found[1])
let site

before(async () => {
	if (!missing) site = await startSite()
})

after(() => site?.stop())

test('faces are served for ever, under an address made of their bytes', options, async () => {
	const home = await site.get('/')
	assert.match(home.headers.get('content-security-policy'), /font-src 'self'/)
	const [latin] = assetsOf(home.text)
	assert.match(latin, /^\/assets\/[0-9a-f]{16}\/latin\.woff2$/)
	const answer = await fetch(site.url + latin)
	assert.equal(answer.status, 200)
	assert.equal(answer.headers.get('content-type'), 'font/woff2')
	assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable')
	assert.deepEqual(Buffer.from(await answer.arrayBuffer()), readFileSync(join(root, 'themes/default/fonts/latin.woff2')))
	assert.equal((await fetch(site.url + latin, { headers: { 'If-None-Match': answer.headers.get('etag') } })).status, 304)
})

test('what no style sheet names is not there', options, async () => {
	for (const path of ['/assets/0123456789abcdef/latin.woff2', '/assets/x/base.css', '/assets/x/OFL.txt', '/assets/', '/assets']) {
		const { status, headers } = await site.get(path)
		assert.ok(status === 404 || status === 308, `${path}: ${status}`)
		assert.doesNotMatch(headers.get('cache-control') ?? '', /immutable/)
	}
})

// A newsroom whose theme is a folder with these files.
async function themed(files) {
	const data = await makeNewsroom()
	const theme = join(dirname(data), 'theme')
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(dirname(join(theme, name)), { recursive: true })
		writeFileSync(join(theme, name), text)
	}
	writeFileSync(join(data, 'broadsheet.conf'), `[theme]\nfolder = ${theme}\n`)
	return data
}

test('a theme brings files of its own, and takes the place of single ones', options, async () => {
	const face = '@font-face { font-family: Own; src: url("../fonts/latin.woff2"), url("https://x.example/a.woff2") }\n'
	const data = await themed({ 'css/face.css': face + '.lead { background: url("../ornaments/wave.svg") }', 'fonts/latin.woff2': 'own',
		'ornaments/wave.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>' })
	const own = await startSite({ data })
	const { text } = await own.get('/')
	const [latin, wave] = assetsOf(text)
	assert.equal((await own.get(latin)).text, 'own')
	assert.equal((await own.get(wave)).headers.get('content-type'), 'image/svg+xml')
	assert.ok(text.includes('url("https://x.example/a.woff2")'), 'other addresses stay as they are')
	await own.stop()
	rmSync(dirname(data), { recursive: true, force: true })
})

test('a file that is missing, leaves the folder or is of no kind is refused with what to do', options, async () => {
	for (const [url, said] of [
		['../fonts/none.woff2', /the theme has no file 'fonts\/none\.woff2'/],
		['../../keys/ledger.key', /is no name of a file in a theme/],
		['../story.mustache', /of no kind that a style sheet can use/],
	]) {
		const data = await themed({ 'css/face.css': `a { background: url("${url}") }` })
		const done = await run(['serve', '--data', data, '--listen', '127.0.0.1:0'], { seconds: 20 })
		assert.equal(done.status, 1)
		assert.match(done.stderr, said)
		rmSync(dirname(data), { recursive: true, force: true })
	}
})

test('an export has them', options, async () => {
	const out = join(temporaryFolder(), 'tree')
	const done = await run(['export', '--data', site.data, out])
	assert.equal(done.status, 0, done.stderr)
	const [latin] = assetsOf(readFileSync(join(out, 'index.html'), 'utf8'))
	assert.deepEqual(readFileSync(join(out, latin)), readFileSync(join(root, 'themes/default/fonts/latin.woff2')))
	rmSync(dirname(out), { recursive: true, force: true })
})
