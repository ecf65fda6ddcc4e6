// `broadsheet export FOLDER`: the site as a tree of files. What it looks like is the renderer's; here is how it is written: nothing is
// touched that did not change, nothing of anybody else's is ever removed, and a stop at any moment leaves the old tree whole.

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { nu } from '../lib/audit.mjs'
import { makeUser, noticeOf, signIn } from '../lib/desk.mjs'
import { makeNewsroom, missing, program, run, startSite, temporaryFolder } from '../lib/site.mjs'
import { contents, differences, identities } from '../lib/tree.mjs'

let data, folder
const trees = []

before(async () => {
	if (missing)
		return
	data = await makeNewsroom({ folder: 'examples/harbour' })
	folder = temporaryFolder()
	trees.push(dirname(data), folder)
})
after(() => trees.forEach(tree => rmSync(tree, { recursive: true, force: true })))

const exported = (to, ...args) => run(['export', '--data', data, ...args, to])
async function exportWell(to, ...args) {
	const done = await exported(to, ...args)
	assert.equal(done.status, 0, done.stderr)
	return done
}
const rename = async name => assert.equal((await run(['set', '--data', data, 'tagline', name])).status, 0)

test('an export again writes no file that has not changed', { skip: missing }, async () => {
	const to = join(folder, 'same')
	await exportWell(to)
	const first = identities(to)
	const { stdout } = await exportWell(to)
	assert.deepEqual(differences(first, identities(to)), [])
	assert.match(stdout, / 0 pages were new or had changed/)
	assert.ok(first.has('404.html') && first.has('index.html') && first.has('feed.xml'))
})

test('a page that was damaged or edited is written again, and only that', { skip: missing }, async () => {
	const to = join(folder, 'damaged')
	const [cut, edited] = ['2025/11/the-first-ice/index.html', 'archive/index.html']
	await exportWell(to)
	const first = identities(to), whole = contents(to)
	writeFileSync(join(to, cut), '')
	writeFileSync(join(to, edited), readFileSync(join(to, edited), 'utf8').replace('<html', '<HTML')) // of one length
	assert.match((await exportWell(to)).stdout, / 2 pages were new or had changed/)
	assert.deepEqual(differences(whole, contents(to)), [])
	const mended = identities(to)
	assert.deepEqual(differences(first, mended).filter(file => file !== '.broadsheet').length, 2)
	assert.match((await exportWell(to)).stdout, / 0 pages were new or had changed/)
	assert.deepEqual(differences(mended, identities(to)), [])
})

// What a page shares with others is made once for all of an export: it must be what a server makes for it alone.
test('every feed, list and story is what a server answers', { skip: missing }, async () => {
	const to = join(folder, 'served')
	await exportWell(to)
	const site = await startSite({ data })
	try {
		const looked = /feed\.(xml|atom|json)$|^\d+\/.*(txt|json|html)$|^(tag|theme|author)\/.*html$/
		const files = [...contents(to).keys()].filter(file => looked.test(file))
		assert.ok(files.length > 250, `${files.length} files`)
		for (const file of files.filter((_, i) => i % 4 === 0)) { // most subjects have three forms, which so take turns
			const answer = await fetch(`${site.url}/${file.replace(/\/?index\.html$/, '')}`)
			assert.equal(await answer.text(), readFileSync(join(to, file), 'utf8'), file)
		}
	} finally {
		await site.stop()
	}
})

test('--json says what was done, one object a line', { skip: missing }, async () => {
	const { stdout } = await exportWell(join(folder, 'json'), '--json')
	const lines = stdout.trim().split('\n').map(line => JSON.parse(line))
	const { event, pages, pictures, written, bytes } = lines.at(-1)
	assert.equal(event, 'done')
	assert.equal(pages, written)
	assert.ok(pages > 200 && pictures > 20 && bytes > 1e6)
})

test('on a terminal a bar shows how far it has come', { skip: missing }, () => {
	const command = `${program} export --data ${data} ${join(folder, 'bar')}`
	const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], { encoding: 'utf8' })
	assert.match(stdout, /\r\[#+ *\] 256 of \d+ pages/)
	assert.match(stdout, /\r\[#{30}\] (\d+) of \1 pages\r?\n/)
})

test('a folder with something else in it is refused and left alone', { skip: missing }, async () => {
	const to = join(folder, 'else')
	mkdirSync(to)
	writeFileSync(join(to, 'thesis.txt'), 'years of work')
	const { status, stderr } = await exported(to)
	assert.equal(status, 1)
	assert.match(stderr, /else has something else in it \(thesis\.txt\)/)
	assert.deepEqual([...contents(to).keys()], ['thesis.txt'])
})

test('what somebody put beside the pages is not removed', { skip: missing }, async () => {
	const to = join(folder, 'beside')
	await exportWell(to)
	mkdirSync(join(to, '.git'))
	writeFileSync(join(to, '.git/HEAD'), 'ref: refs/heads/main')
	const before = contents(to)
	const { status, stderr } = await exported(to)
	assert.equal(status, 1)
	assert.match(stderr, /beside\/\.git was put there by somebody else and would be lost/)
	assert.deepEqual(differences(before, contents(to)), [])
	assert.ok(!existsSync(`${to}.new`))
})

test('of a link the folder that it leads to is replaced', { skip: missing }, async () => {
	const to = join(folder, 'link')
	mkdirSync(join(folder, 'real'))
	symlinkSync('real', to)
	await exportWell(to)
	await exportWell(to)
	assert.ok(existsSync(join(folder, 'real/index.html')))
	assert.ok(existsSync(join(to, 'index.html')))
})

test('two exports into one folder do not disturb each other', { skip: missing }, async () => {
	const to = join(folder, 'twice')
	await exportWell(to)
	const other = spawn('flock', [to, 'sh', '-c', 'echo locked; read _'], { stdio: ['pipe', 'pipe', 'inherit'] })
	await new Promise(locked => other.stdout.once('data', locked))
	const { status, stderr } = await exported(to)
	other.stdin.end()
	assert.equal(status, 1)
	assert.match(stderr, /another export is writing .*twice; wait until it has ended/)
})

// Kill it at a moment of its work; true when it was not through.
function killedAt(to, milliseconds) {
	return new Promise(done => {
		const child = spawn(program, ['export', '--data', data, to], { stdio: 'ignore' })
		setTimeout(() => child.kill('SIGKILL'), milliseconds)
		child.on('close', (status, signal) => done(signal === 'SIGKILL'))
	})
}

test('killed at any moment it leaves the old tree whole or has put the new one in its place', { skip: missing }, async () => {
	const to = join(folder, 'killed'), other = join(folder, 'killed-whole')
	await rename('The first edition')
	await exportWell(to)
	const began = Date.now()
	await rename('The second edition')
	await exportWell(other)
	let took = Date.now() - began
	const first = contents(to), second = contents(other)
	assert.ok(differences(first, second).length > 100)
	let stopped = 0
	for (let n = 0; n < 40 && stopped < 10; n++) {
		const begun = Date.now()
		if (await killedAt(to, Math.random() * took)) stopped++
		else took = Math.min(took, Date.now() - begun) // the machine has less to do now than it had
		const now = contents(to)
		const wrong = [differences(first, now), differences(second, now)]
		assert.ok(wrong.some(list => list.length === 0), `neither the old tree nor the new: ${wrong[0].slice(0, 5)}`)
	}
	assert.equal(stopped, 10, 'it was too quick to be stopped')
	await exportWell(to)
	assert.deepEqual(differences(second, contents(to)), [])
	assert.ok(!existsSync(`${to}.new`))
})

test('a full disk is said so and leaves the old tree', { skip: missing }, async t => {
	const disk = join(folder, 'disk'), to = join(disk, 'site')
	mkdirSync(disk)
	if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', disk]).status !== 0)
		return t.skip('no file system can be mounted here')
	try {
		await rename('Before the disk was full')
		await exportWell(to) // on another file system than the pictures, which are copied then
		const before = contents(to)
		spawnSync('fallocate', ['-l', '32m', join(disk, 'ballast')])
		spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'ballast')}`, 'oflag=append', 'conv=notrunc', 'bs=64k'])
		await rename('After it')
		const { status, stderr } = await exported(to)
		assert.equal(status, 1)
		assert.match(stderr, /^broadsheet: cannot (write|make the folder) .*No space left on device$/m)
		assert.deepEqual(differences(before, contents(to)), [])
		assert.ok(!existsSync(`${to}.new`))
		rmSync(join(disk, 'ballast'))
		await exportWell(to)
		assert.match(readFileSync(join(to, 'index.html'), 'utf8'), /After it/)
	} finally {
		spawnSync('umount', [disk])
	}
})

test('an address that has moved leads on, by a page for browsers and by a line for hosts that read _redirects', { skip: missing }, async () => {
	const site = await startSite({ folder: 'examples/harbour' }), to = join(folder, 'moved')
	try {
		const desk = await signIn(site, await makeUser(site, { role: 'editor' }))
		const write = fields => desk.get('/desk/story/new').then(page => desk.submit(page, fields, { do: 'publish' }))
		const open = async (list, name) => desk.get((await desk.get(list)).text.match(new RegExp(`<a href="([^"]+)">${name}</a>`))[1])
		const story = await write({ title: 'First Name', authors: 'Ann Lee\nA. Lee', tags: 'Fogs' })
		await desk.submit(await desk.get(story.url.split('?')[0]), { slug: 'second-name' }, { do: 'save' })
		await desk.submit(await open('/desk/paper/terms?of=tag', 'Fogs'), { slug: 'fog' }, { do: 'save' })
		const person = await open('/desk/paper/people', 'A. Lee')
		const into = person.text.match(/<option value="(\d+)"[^>]*>Ann Lee/)[1]
		const base = person.text.match(/name="base" value="([^"]+)"/)[1]
		const merged = await desk.submit(person, { into, sure: '1', base }, { do: 'merge' })
		assert.match(noticeOf(merged), /The two are one now/)
		const export_ = () => run(['export', '--data', site.data, to])
		assert.equal((await export_()).status, 0)

		const lines = readFileSync(join(to, '_redirects'), 'utf8').trim().split('\n')
		const month = lines.find(line => line.includes('first-name ')).match(/^(\/\d+\/\d+)\/first-name /)[1]
		for (const [from, now] of [['/tag/fogs', '/tag/fog'], ['/author/a-lee', '/author/ann-lee'], [`${month}/first-name`, `${month}/second-name`],
			['/tag/fogs/feed.xml', '/tag/fog/feed.xml'], ['/author/a-lee/feed.json', '/author/ann-lee/feed.json'],
			[`${month}/first-name.txt`, `${month}/second-name.txt`]]) {
			assert.ok(lines.includes(`${from} ${now} 301`), `${from} in\n${lines.join('\n')}`)
			const answer = await fetch(site.url + from, { redirect: 'manual' })
			assert.deepEqual([answer.status, answer.headers.get('location')], [301, now], 'as the server says')
		}
		assert.equal(new Set(lines.map(line => line.split(' ')[0])).size, lines.length)
		const page = readFileSync(join(to, 'tag/fogs/index.html'), 'utf8')
		assert.match(page, /<link rel="canonical" href="https?:\/\/[^"/]+\/tag\/fog">/)
		assert.match(page, /<meta http-equiv="refresh" content="0; url=\/tag\/fog">/)
		assert.deepEqual(nu({ page }), [])
		assert.ok(!existsSync(join(to, 'tag/fogs/feed.xml')), 'a feed cannot lead on by a page')
		assert.doesNotMatch(readFileSync(join(to, 'sitemap.xml'), 'utf8'), /fogs/)

		const first = identities(to)
		const again = await export_()
		assert.equal(again.status, 0, again.stderr)
		assert.deepEqual(differences(first, identities(to)), [], 'nothing of it is written again')
	} finally {
		await site.stop()
	}
})
