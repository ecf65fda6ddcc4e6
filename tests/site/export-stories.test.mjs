// `broadsheet export --stories FOLDER`: everything comes out as files that an import reads, and comes out the same from a newsroom that was
// made of them: the files byte for byte, and the public site.

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { noSample, sample } from '../lib/corpora.mjs'
import { makeUser, signIn } from '../lib/desk.mjs'
import { titles, writeNastyNewsroom } from '../lib/nasty.mjs'
import { makeNewsroom, missing, program, root, run, startSite } from '../lib/site.mjs'
import { aFolder, andBack, exportStories, imported, newsroomOf, thereAndBack, well } from '../lib/there-and-back.mjs'
import { contents, differences, identities } from '../lib/tree.mjs'

const front = (folder, file) => readFileSync(join(folder, file), 'utf8').split('\n---\n')[0]

test('the demo newsroom comes back the same, files and site', { skip: missing }, async () => {
	const { files } = await thereAndBack([join(root, 'examples/harbour')])
	const names = [...contents(files).keys()]
	for (const name of ['settings.yml', 'terms.yml', 'authors/ingrid-sorley.md', 'notices/note-to-readers.de.md', 'pages/about.md',
		'stories/2025/11/the-first-ice.md'])
		assert.ok(names.includes(name), name)
	assert.equal(names.filter(name => name.startsWith('pictures/')).length, 25)
	const text = readFileSync(join(files, 'stories/2025/11/the-first-ice.md'), 'utf8')
	assert.match(text, /^---\ntitle: The First Ice\n/)
	const picture = text.match(/^ {2}file: (\S+)$/m)[1]
	assert.ok(existsSync(join(files, 'stories/2025/11', picture)), 'a picture is found from its story')
})

test('stories of everything that can be got wrong come back the same, files and site', { skip: missing }, async () => {
	const nasty = aFolder()
	writeNastyNewsroom(nasty)
	const { files, site } = await thereAndBack([nasty])
	const names = [...contents(files).keys()]
	for (const name of names)
		assert.match(name, /^[\w./-]+$/, 'a name that some file system cannot take')
	assert.ok(names.includes('authors/con_.md') && names.some(name => name.endsWith('/nul_.webp')), 'names of devices')
	assert.ok(names.includes('stories/undated/a-draft.md') && names.includes('pages/contact.md'))
	assert.equal(names.filter(name => /\/nasty-\d+\.md$/.test(name)).length, titles.length)
	assert.match(front(files, 'stories/2025/10/withdrawn.md'), /^status: withdrawn\nreason: "It was wrong: all of it"$/m)
	assert.match(front(files, 'stories/2199/01/to-come.md'), /^status: scheduled$/m)
	assert.match(front(files, 'stories/2025/11/original.de.md'), /^regions: \[north\]$/m)
	assert.doesNotMatch(front(files, 'stories/2025/11/tarjama.ar.md'), /^tags:/m)
	assert.match(front(files, 'stories/2025/11/tarjama.ar.md'), /^status: draft\npublished: 2025-11-04$/m)
	assert.doesNotMatch(front(files, 'stories/2025/11/it.it.md'), /^translation_of:/m)
	const story = front(files, 'stories/2025/11/everything-1.md')
	assert.match(story, /^former_addresses: \[\/de\/2018\/01\/alt-1, \/undated-1, \/2019\/03\/old-1\]$/m)
	assert.match(story, /^ {4}health: moved\n {4}archived: https:\/\/archive\.example\/1\n {4}seen: 2025-11-01T15:45:00\+05:45$/m)
	assert.match(story, /^weight: 7$/m)
	assert.match(story, /^leading: "007"$/m)
	const day = readFileSync(join(site, 'archive/2025/11/index.html'), 'utf8')
	assert.ok(day.indexOf('aa-second') < day.indexOf('zz-first'), 'of one moment the one that came later stands first')
})

test('a printed page comes back the same, files and site', { skip: missing || noSample('printed-page.txt') }, async () => {
	const { files } = await thereAndBack([sample('printed-page.txt')])
	assert.ok(readdirSync(join(files, 'notices')).length >= 3)
})

test('old addresses lead to the story in the second newsroom, too', { skip: missing }, async () => {
	const at = aFolder(), file = join(at, 'ice.md')
	const story = slug => `---\ntitle: Ice\nid: one\nslug: ${slug}\npublished: 2025-11-14\n---\n\nText.\n`
	writeFileSync(file, story('first-name'))
	const data = await newsroomOf(join(at, 'first'), [file])
	writeFileSync(file, story('second-name'))
	assert.equal((await imported(data, file)).status, 0)
	await exportStories(data, join(at, 'files'))
	assert.match(front(at, 'files/stories/2025/11/second-name.md'), /^former_addresses: \[\/2025\/11\/first-name\]$/m)
	const site = await startSite({ data: await newsroomOf(join(at, 'second'), [join(at, 'files')]) })
	try {
		const { status, headers } = await site.get('/2025/11/first-name')
		assert.ok(status === 301 || status === 308, `${status}`)
		assert.match(headers.get('location'), /\/2025\/11\/second-name$/)
	} finally {
		await site.stop()
	}
})

test('people and terms that were renamed or merged at the desk come back as what they are now', { skip: missing }, async () => {
	const at = aFolder(), source = join(at, 'source')
	mkdirSync(source)
	for (const [name, byline, themes] of [['one', '[Ann Bell]', '[Old Theme, Ice]'], ['two', '[A. Bell, Ann Bell]', '[Sea Ice, Ice, Gone]']])
		writeFileSync(join(source, `${name}.md`), `---\ntitle: ${name}\nslug: ${name}\npublished: 2025-11-14\nbyline: ${byline}\n` +
			`themes: ${themes}\n---\n\nText.\n`)
	const site = await startSite({ data: await newsroomOf(join(at, 'first'), [source]) })
	try {
		const desk = await signIn(site, await makeUser(site, { role: 'editor' }))
		const edit = async (list, name) => desk.get((await desk.get(list)).text.match(new RegExp(`<a href="([^"]+)">${name}</a>`))[1])
		const change = async (list, name, fields, step) => {
			const page = await edit(list, name)
			const into = page.text.match(new RegExp(`<option value="(\\d+)"[^>]*>${fields.into}[^<]*</option>`))?.[1]
			assert.equal((await desk.submit(page, { ...fields, ...(into && { into, sure: '1' }) }, { do: step })).status, 200)
		}
		const people = '/desk/paper/people', themes = '/desk/paper/terms?of=theme'
		await change(people, 'A. Bell', { into: 'Ann Bell' }, 'merge')
		await change(people, 'Ann Bell', { name: 'Anna Bell', slug: 'anna-bell' }, 'save')
		await change(themes, 'Sea Ice', { into: 'Ice' }, 'merge')
		await change(themes, 'Old Theme', { 'name-en': 'New Theme', slug: 'new-theme' }, 'save')
		const form = await desk.get('/desk/story/1')
		assert.match(form.text, /Anna Bell/)
		assert.doesNotMatch(form.text, /Ann Bell|Old Theme/)
	} finally {
		await site.stop()
	}
	const left = ['author/a-bell', 'author/ann-bell', 'theme/old-theme', 'theme/sea-ice'].map(page => `${page}/index.html`)
	const { files } = await andBack(at, ['_redirects', ...left]) // where their addresses led from is in no file
	assert.match(front(files, 'stories/2025/11/one.md'), /^byline:\n  - \{person: anna-bell, role: author\}\nthemes: \[new-theme, ice\]$/m)
	assert.match(front(files, 'stories/2025/11/two.md'), /^byline:\n  - \{person: anna-bell, role: author\}\nthemes: \[ice, gone\]$/m)
	assert.deepEqual(readdirSync(join(files, 'authors')), ['anna-bell.md'])
})

test('a file that was edited makes a new revision of its story, and what it no longer says is gone', { skip: missing }, async () => {
	const at = aFolder(), source = join(at, 'source.md'), files = join(at, 'files'), file = join(files, 'stories/2025/11/ice.md')
	writeFileSync(source, '---\ntitle: Ice\nslug: ice\npublished: 2025-11-14\nsubtitle: Cold\ntags: [winter]\n---\n\nText.\n')
	const data = await newsroomOf(join(at, 'data'), [source])
	await exportStories(data, files)
	assert.match((await imported(data, files)).stdout, /^0 stories new, 0 changed, 1 unchanged/m)
	writeFileSync(file, readFileSync(file, 'utf8').replace('subtitle: Cold\n', '').replace('tags: [winter]\n', '').replace('Text.', 'Other text.'))
	assert.match((await imported(data, files)).stdout, /^0 stories new, 1 changed, 0 unchanged/m)
	await exportStories(data, files)
	assert.doesNotMatch(front(files, 'stories/2025/11/ice.md'), /Cold|winter/)
	assert.match(readFileSync(file, 'utf8'), /\n\nOther text\.\n$/)
})

test('one file of an export can be imported alone, pictures and all', { skip: missing }, async () => {
	const at = aFolder(), files = join(at, 'files')
	await exportStories(await makeNewsroom({ folder: 'examples/harbour' }), files)
	const data = await newsroomOf(join(at, 'data'), [join(files, 'settings.yml')])
	const { status, stdout } = await imported(data, join(files, 'stories/2025/11/the-first-ice.md'))
	assert.equal(status, 0)
	assert.match(stdout, /1 stories new.* 2 pictures/)
})

test('an export again leaves alone what has not changed, and takes away what is gone', { skip: missing }, async () => {
	const at = aFolder(), source = join(at, 'source'), to = join(at, 'files')
	mkdirSync(source)
	for (const name of ['one', 'two'])
		writeFileSync(join(source, `${name}.md`), `---\ntitle: ${name}\nid: ${name}\nslug: ${name}\npublished: 2025-11-14
image: {file: ${name}.webp, alt: x}\n---\n\nText.\n`)
	for (const [name, picture] of [['one', 'cable'], ['two', 'ferry']])
		writeFileSync(join(source, `${name}.webp`), readFileSync(join(root, `examples/harbour/pictures/${picture}.webp`)))
	const data = await newsroomOf(join(at, 'data'), [source])
	await exportStories(data, to)
	const first = identities(to)
	assert.equal(first.size, 6)
	assert.match((await exportStories(data, to)).stdout, / 0 files were new or had changed/)
	assert.deepEqual(differences(first, identities(to)), [])
	writeFileSync(join(source, 'two.md'), readFileSync(join(source, 'two.md'), 'utf8').replace('slug: two', 'slug: deux'))
	await imported(data, source)
	const { stdout } = await exportStories(data, to, '--json')
	assert.equal(JSON.parse(stdout.trim().split('\n').at(-1)).written, 1)
	assert.deepEqual(differences(first, identities(to)), ['stories/2025/11/deux.md', 'stories/2025/11/two.md'])
	assert.ok(!existsSync(join(to, 'stories/2025/11/two.md')))
})

test('a picture in the folder is a copy, not the newsroom’s own file', { skip: missing }, async () => {
	const at = aFolder(), data = await makeNewsroom({ folder: 'examples/harbour' })
	await exportStories(data, join(at, 'files'))
	const hash = readdirSync(join(at, 'files/pictures'))[0], folder = join(at, 'files/pictures', hash)
	const picture = join(folder, readdirSync(folder)[0])
	writeFileSync(picture, 'edited')
	const kept = readdirSync(join(data, 'media', hash.slice(0, 2))).find(name => name.startsWith(hash))
	assert.ok(statSync(join(data, 'media', hash.slice(0, 2), kept)).size > 1000)
	await exportStories(data, join(at, 'files'))
	assert.ok(statSync(picture).size > 1000, 'what was edited is put right')
})

test('the two kinds of export do not replace each other', { skip: missing }, async () => {
	const at = aFolder(), data = await newsroomOf(join(at, 'data'), [join(root, 'examples/harbour/settings.yml')])
	await exportStories(data, join(at, 'files'))
	await well('export', '--data', data, join(at, 'site'))
	for (const args of [['--stories', join(at, 'site')], [join(at, 'files')]]) {
		const { status, stderr } = await run(['export', '--data', data, ...args])
		assert.equal(status, 1)
		assert.match(stderr, /has something else in it/)
	}
	mkdirSync(join(at, 'files/.git'))
	assert.match((await run(['export', '--data', data, '--stories', join(at, 'files')])).stderr, /files\/\.git was put there by somebody else/)
})

test('a lost picture is told, and the rest is exported', { skip: missing }, async () => {
	const at = aFolder(), data = await makeNewsroom({ folder: 'examples/harbour' })
	const folder = join(data, 'media', readdirSync(join(data, 'media'))[0])
	rmSync(join(folder, readdirSync(folder)[0]))
	const { status, stderr, stdout } = await run(['export', '--data', data, '--stories', '--json', join(at, 'files')])
	assert.equal(status, 3)
	assert.match(stderr, /^.*files\/\S+: its picture \S+ is lost; bring it back from a backup$/m)
	const { event, stories, pictures, remarks } = JSON.parse(stdout.trim().split('\n').at(-1))
	assert.deepEqual({ event, stories, pictures, remarks }, { event: 'done', stories: 32, pictures: 24, remarks: 1 })
})

test('killed at any moment it leaves the old folder whole or has put the new one in its place', { skip: missing }, async () => {
	const at = aFolder(), to = join(at, 'files'), source = join(at, 'source')
	mkdirSync(source)
	const write = edition => {
		for (let n = 0; n < 400; n++)
			writeFileSync(join(source, `${n}.md`), `---\ntitle: Story ${n}\nid: s${n}\nslug: s-${n}\npublished: 2025-11-14\n---\n
${`The ${edition} edition. `.repeat(30)}\n`)
	}
	write('first')
	const data = await newsroomOf(join(at, 'data'), [source])
	await exportStories(data, to)
	const first = contents(to)
	write('second')
	await imported(data, source)
	const began = Date.now()
	await exportStories(data, join(at, 'whole'))
	const second = contents(join(at, 'whole'))
	let took = Date.now() - began
	assert.equal(differences(first, second).length, 400)
	let stopped = 0
	for (let n = 0; n < 40 && stopped < 8; n++) {
		const begun = Date.now()
		const child = spawn(program, ['export', '--data', data, '--stories', to], { stdio: 'ignore' })
		setTimeout(() => child.kill('SIGKILL'), Math.random() * took)
		if (await new Promise(done => child.on('close', (status, signal) => done(signal === 'SIGKILL')))) stopped++
		else took = Math.min(took, Date.now() - begun) // the machine has less to do now than it had
		const now = contents(to)
		assert.ok(differences(first, now).length === 0 || differences(second, now).length === 0, 'neither the old folder nor the new')
	}
	assert.equal(stopped, 8, 'it was too quick to be stopped')
	await exportStories(data, to)
	assert.deepEqual(differences(second, contents(to)), [])
	assert.ok(!existsSync(`${to}.new`))
})

test('a full disk is said so and leaves the old folder', { skip: missing }, async t => {
	const disk = aFolder(), to = join(disk, 'disk', 'files')
	mkdirSync(join(disk, 'disk'))
	if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', join(disk, 'disk')]).status !== 0)
		return t.skip('no file system can be mounted here')
	try {
		const data = await makeNewsroom({ folder: 'examples/harbour' })
		await exportStories(data, to)
		const before = contents(to)
		spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'disk/ballast')}`, 'bs=64k'])
		await well('set', '--data', data, 'tagline', 'After the disk was full')
		const { status, stderr } = await run(['export', '--data', data, '--stories', to])
		assert.equal(status, 1)
		assert.match(stderr, /^broadsheet: cannot (write|make the folder) .*No space left on device$/m)
		assert.deepEqual(differences(before, contents(to)), [])
		assert.ok(!existsSync(`${to}.new`))
	} finally {
		spawnSync('umount', [join(disk, 'disk')])
	}
})
