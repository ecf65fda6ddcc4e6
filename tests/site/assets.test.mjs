// Files that style sheets name: served at addresses made of their bytes, taken from a user's theme where it has them.

import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { makeNewsroom, missing, root, run, startSite, temporaryFolder, until } from '../lib/site.mjs'

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

test('a style sheet that is not whole, or asks for one that is not there, is refused with file, line and column', options, async () => {
	for (const [css, said] of [
		['\n.x{color:red', /css\/story\.css:2:3: this '\{' is never closed/],
		['a { content: "x }\n', /css\/story\.css:1:14: this string is not ended in its line/],
		['/* mine */\n@import "base.css";\n @import "nope.css";\n', /css\/story\.css:3:2: the theme has no file 'css\/nope\.css'/],
		['@import "base.css" screen;\na { content: "";}', /css\/story\.css:1:1: an @import is written as @import "name\.css";/],
	]) {
		const data = await themed({ 'css/story.css': css })
		const done = await run(['serve', '--data', data, '--listen', '127.0.0.1:0'], { seconds: 20 })
		assert.equal(done.status, 1)
		assert.match(done.stderr, said)
		rmSync(dirname(data), { recursive: true, force: true })
	}
})

test('a style sheet may begin with a byte order mark, and its comments leave no space behind', options, async () => {
	const data = await themed({
		'css/story.css': '\uFEFF@import "own.css";\n', 'css/home.css': '\uFEFF@import "own.css";\n',
		'css/own.css': '\uFEFF.first{a:b}.x/**/.y{a:b}.x/* </style> */ .z{a:b}.w/**//style{a:b}em/* */ /* */{a:b}</**//style{a:b}',
	})
	const own = await startSite({ data })
	const { text } = await own.get('/')
	assert.ok(text.includes('<style>.first{a:b}.x/**/.y{a:b}.x .z{a:b}.w/**//style{a:b}em{a:b}</**//style{a:b}'), text.slice(0, 900))
	await own.stop()
	rmSync(dirname(data), { recursive: true, force: true })
})

test('a theme whose folder is not there stops the start, and a server that reads it again keeps the old one', options, async () => {
	const data = await themed({ 'css/face.css': '.lead { color: rebeccapurple }' })
	const theme = join(dirname(data), 'theme')
	const own = await startSite({ data })
	renameSync(theme, `${theme}.away`)
	process.kill(own.pid, 'SIGHUP')
	await until(10, 'the error', async () => /the old theme stays in use: cannot open the theme's folder .*theme: No such file/.test(own.stderr()))
	assert.ok((await own.get('/')).text.includes('rebeccapurple'))
	await own.stop()
	for (const args of [['serve', '--data', data, '--listen', '127.0.0.1:0'], ['export', '--data', data, join(dirname(data), 'tree')]]) {
		const done = await run(args, { seconds: 20 })
		assert.equal(done.status, 1)
		assert.match(done.stderr, /cannot open the theme's folder .*\/theme: No such file or directory; mend \[theme\] folder in broadsheet\.conf/)
	}
	rmSync(dirname(data), { recursive: true, force: true })
})

test('an export has them', options, async () => {
	const out = join(temporaryFolder(), 'tree')
	const done = await run(['export', '--data', site.data, out])
	assert.equal(done.status, 0, done.stderr)
	const [latin] = assetsOf(readFileSync(join(out, 'index.html'), 'utf8'))
	assert.deepEqual(readFileSync(join(out, latin)), readFileSync(join(root, 'themes/default/fonts/latin.woff2')))
	rmSync(dirname(out), { recursive: true, force: true })
})
