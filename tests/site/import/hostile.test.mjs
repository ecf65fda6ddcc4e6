// Files that mean harm, or are broken: each is refused with its name, its line where it has one and the reason, the rest is
// imported, and nothing of them is left behind. Long imports say how far they are, and can be stopped.

import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, linkSync, mkdirSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { frontMatter, importer } from '../../lib/import.mjs'
import { png } from '../../lib/png.mjs'
import { launch, missing, onPostgres, program, run, until } from '../../lib/site.mjs'

const good = { 'good.md': frontMatter({ title: 'Good' }) }

// Import these beside a story that is well: it must be there afterwards. `reasons` are what stderr says, path → pattern.
async function refuses(files, reasons, prepare = () => {}, args = []) {
	const room = await importer()
	const folder = room.folder({ ...good, ...files })
	prepare(folder)
	const done = await room.importPaths([folder], args, { seconds: 60 })
	assert.equal(done.signal, null, 'it came to an end')
	const lines = done.refused.map(line => line.replace(`${folder}/`, ''))
	for (const [path, reason] of Object.entries(reasons)) {
		const said = lines.filter(line => line.startsWith(`${path}:`))
		assert.equal(said.length, 1, `${path}: ${lines.join('\n')}`)
		assert.match(said[0], reason)
	}
	assert.equal(lines.length, Object.keys(reasons).length, lines.join('\n'))
	assert.equal(done.status, lines.length > 0 ? 3 : 0)
	assert.ok(room.story('Good'), 'the rest is imported')
	return { room, done }
}

const after = text => Buffer.concat([Buffer.from('---\ntitle: Bad\n---\n\nText.\n'), Buffer.from(text, 'latin1')])

test('bytes that are no text are refused with the place, and what they are where that can be seen', { skip: missing }, async () => {
	const { room } = await refuses({
		'invalid.md': after('bad \xff here\n'),
		'nul.md': after('x\0y\n'),
		'zip.md': Buffer.from('PK\x03\x04\x14\0\0\0\x08\0\xb7\xac\xce', 'latin1'),
		'utf16.txt': Buffer.from('\xff\xfeT\0i\0', 'latin1'),
		'empty.md': '',
		'blank.md': ' \n\n',
		'huge.md': '',
	}, {
		'invalid.md': /^invalid\.md:6:5: byte 0xFF is not UTF-8; save/,
		'nul.md': /^nul\.md:6:2: a NUL byte/,
		'zip.md': /a zip archive.*unpack it/,
		'utf16.txt': /UTF-16 text; save it as UTF-8/,
		'empty.md': /the file is empty/,
		'blank.md': /the file is empty/,
		'huge.md': /1073741824 bytes; at most 8388608/,
	}, folder => truncateSync(join(folder, 'huge.md'), 2 ** 30))
	room.end()
})

test('pipes, devices, loops of links and files without permission neither hang nor end an import', { skip: missing }, async () => {
	const { room } = await refuses({ 'sub/inner.md': frontMatter({ title: 'Inner' }) }, {
		'pipe.md': /a named pipe, not a file/,
		'zero.md': /a device, not a file/,
		'loop': /a loop of symbolic links/,
		'gone.md': /a link to nothing, or gone/,
	}, folder => {
		execFileSync('mkfifo', [join(folder, 'pipe.md')])
		symlinkSync('/dev/zero', join(folder, 'zero.md'))
		symlinkSync('loop', join(folder, 'loop'))
		symlinkSync('nothing', join(folder, 'gone.md'))
		symlinkSync('..', join(folder, 'sub/up'))
		linkSync(join(folder, 'sub/inner.md'), join(folder, 'sub/same.md'))
	})
	assert.equal(room.stories().length, 2, 'a file is taken once, by whatever way it is reached')
	room.end()
})

const alone = missing || (process.getuid() !== 0 && 'only root can be somebody else') || (onPostgres && 'its database is not for everybody')

test('what may not be read is refused, as somebody without rights', { skip: alone }, async () => {
	const room = await importer()
	const folder = room.folder({ ...good, 'secret.md': frontMatter({ title: 'Secret' }), 'closed/a.md': frontMatter({ title: 'Closed' }),
		'shown.md': frontMatter({ title: 'Shown', image: 'secret.png' }), 'secret.png': png(10, 10) })
	for (const name of ['secret.md', 'closed', 'secret.png']) chmodSync(join(folder, name), 0)
	chmodSync(folder, 0o755)
	chmodSync(dirname(room.data), 0o755)
	execFileSync('chown', ['-R', '65534:65534', room.data])
	const done = spawnSync('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', program, 'import', '--data', room.data, folder],
		{ encoding: 'utf8' })
	assert.equal(done.status, 3, done.stderr)
	for (const line of [/\/secret\.md: Permission denied/, /\/closed: Permission denied/, /\/secret\.png: Permission denied/])
		assert.match(done.stderr, line)
	assert.deepEqual(room.stories().map(story => story.fields.title).sort(), ['Good', 'Shown'])
	room.end()
})

test('nesting of any depth ends with the text, or a limit that is named', { skip: missing }, async () => {
	const { room } = await refuses({
		'tags.html': `<title>Tags</title><article>${'<b>'.repeat(100000)}Deep words`,
		'divs.html': `<title>Divs</title><article>${'<div>'.repeat(100000)}Deep words`,
		'tables.html': `<title>Tables</title><article>${'<table><tr><td>'.repeat(33000)}Deep words`,
		'quote.md': frontMatter({ title: 'Quote' }, `${'>'.repeat(100000)} Deep words`),
		'list.md': frontMatter({ title: 'List' }, `${'- '.repeat(50000)}Deep words`),
		'links.md': frontMatter({ title: 'Links' }, `${'['.repeat(100000)}Deep words`),
		'graph.html': `<title>Graph</title><script type="application/ld+json">${'['.repeat(100000)}</script><article><p>Deep words</p>`,
		'data.md': `---\ntitle: Data\na: ${'['.repeat(100000)}\n---\n\nText.\n`,
		'data.toml.md': `+++\ntitle = "Data"\na = ${'['.repeat(100000)}\n+++\n\nText.\n`,
		'stars.md': frontMatter({ title: 'Stars' }, '*a **b '.repeat(50000)),
	}, {
		'data.md': /^data\.md:3: values nested more than \d+ deep/,
		'data.toml.md': /^data\.toml\.md:3: values nested more than \d+ deep/,
		'stars.md': /^stars\.md:5: one passage of text is over its limit/,
	})
	for (const title of ['Tags', 'Divs', 'Tables', 'Quote', 'List', 'Links', 'Graph'])
		assert.match(JSON.stringify(room.story(title)), /Deep words/, title)
	room.end()
})

test('front matter that is too long, swells or names itself is refused with its line', { skip: missing }, async () => {
	let bomb = 'a: &a [x,x,x,x,x,x,x,x,x]\n'
	for (const [i, letter] of [...'bcdefghijkl'].entries())
		bomb += `${letter}: &${letter} [${Array(9).fill(`*${'abcdefghijkl'[i]}`).join(',')}]\n`
	const { room } = await refuses({
		'long.md': `---\ntitle: Long\nnote: ${'x'.repeat(10 << 20)}\n---\n\nText.\n`,
		'many.md': `---\ntitle: Many\ntags:\n${'- a\n'.repeat(1 << 20)}---\n\nText.\n`,
		'bomb.md': `---\ntitle: Bomb\n${bomb}tags: *l\n---\n\nText.\n`,
		'self.md': '---\ntitle: Self\na: &a [*a]\n---\n\nText.\n',
		'never.md': '---\ntitle: Never\n\nText.\n',
	}, {
		'long.md': /\d+ bytes; at most 8388608/,
		'many.md': /^many\.md:\d+: more than \d+ values/,
		'bomb.md': /^bomb\.md:1[45]: tags: expected text, found a list/,
		'self.md': /^self\.md:3: \*a names nothing that is whole before it/,
		'never.md': /^never\.md:1: front matter begins here and never ends/,
	})
	room.end()
})

test('a bomb of anchors in a key that nothing reads neither swells in the newsroom nor takes its time', { skip: missing }, async () => {
	let bomb = 'a: &a [x,x,x,x,x,x,x,x,x]\n'
	for (const [i, letter] of [...'bcdefghijkl'].entries())
		bomb += `${letter}: &${letter} [${Array(9).fill(`*${'abcdefghijkl'[i]}`).join(',')}]\n`
	const room = await importer()
	const done = await room.import({ ...good, 'bomb.md': `---\ntitle: Bomb\n${bomb}---\n\nText.\n` }, [], { seconds: 30 })
	assert.equal(done.signal, null)
	assert.ok(JSON.stringify(room.stories()).length < 1 << 20)
	room.end()
})

test('a date that does not exist, and a slug that two files want, are refused with their line', { skip: missing }, async () => {
	const { room } = await refuses({
		'date.md': frontMatter({ title: 'Date', published: '2023-02-30' }),
		'a.md': frontMatter({ title: 'A', published: '2024-01-01', slug: 'same' }),
		'b.md': frontMatter({ title: 'B', published: '2024-01-02', slug: 'same' }),
		'c.md': frontMatter({ title: 'C', translation_of: 'nobody' }),
		'name\n\x1b[31m.md': frontMatter({ title: 'Name', published: 'never' }),
	}, {
		'date.md': /^date\.md:3: published: the date '2023-02-30' does not exist/,
		'b.md': /^b\.md:4: slug: 'same' is that of .*a\.md already/,
		'c.md': /^c\.md:3: translation_of: no story 'nobody'/,
		'name\\n\\x1b[31m.md': /:3: published: 'never' is no date/,
	})
	room.end()
})

test('pictures that are cut, lie about what they are, or would swell are refused, their stories kept', { skip: missing }, async () => {
	const picture = name => frontMatter({ title: name, image: `pictures/${name}` })
	const names = ['vast.png', 'cut.png', 'cut.jpg', 'page.jpg', 'script.svg', 'well.png']
	const { room } = await refuses({
		...Object.fromEntries(names.map(name => [`${name}.md`, picture(name)])),
		'twice.md': picture('page.jpg'),
		'pictures/vast.png': png(60000, 60000),
		'pictures/cut.png': png(600, 400).subarray(0, 60),
		'pictures/cut.jpg': Buffer.from(
			'\xff\xd8\xff\xe0\0\x04\0\0\xff\xc0\0\x11\x08\x01\0\x02\0\x03\x01\x22\0\x02\x11\x01\x03\x11\x01\xff\xda\0\x0c', 'latin1'),
		'pictures/page.jpg': '<html><script>alert(1)</script></html>',
		'pictures/script.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
		'pictures/well.png': png(600, 400),
	}, {
		'pictures/vast.png': /60000 × 60000 pixels; at most 200 million/,
		'pictures/cut.png': /the picture is cut/,
		'pictures/cut.jpg': /the picture is cut/,
		'pictures/page.jpg': /not a picture that can be published; use JPEG/,
		'pictures/script.svg': /not a picture that can be published; use JPEG/,
	})
	assert.equal(room.stories().length, names.length + 2)
	assert.equal(readdirSync(join(room.data, 'media')).length, 1, 'only the one that is well is kept')
	room.end()
})

test('stories that are refused while they are written take nothing of those beside them along', { skip: missing }, async () => {
	const bad = n => n % 7 === 3 || n === 20 || n === 21
	const numbers = Array.from({ length: 60 }, (_, n) => n)
	const name = n => `story-${String(n).padStart(2, '0')}`
	const room = await importer()
	const folder = room.folder({
		...Object.fromEntries(numbers.map(n => [`${name(n)}.md`, frontMatter({
			title: `Story ${n}`, published: '2024-05-01', author: `Writer ${n % 5}`, tags: `[topic-${n % 11}]`,
			image: n % 2 ? `pictures/${n % 3}.png` : 'pictures/lost.png', ...bad(n) ? { translation_of: 'nobody' } : {},
		}, `Text ${n}.`)])),
		...Object.fromEntries([0, 1, 2].map(n => [`pictures/${n}.png`, png(40 + n, 30)])),
	})
	const done = await room.importPaths([folder])
	assert.equal(done.status, 3)
	const refused = done.refused.filter(line => line.includes('translation_of'))
	assert.deepEqual(refused.map(line => line.match(/story-\d\d/)[0]), numbers.filter(bad).map(name), 'each once, in order')
	assert.match(done.stdout, new RegExp(`^${numbers.filter(n => !bad(n)).length} stories new, 0 changed`, 'm'))
	assert.match(done.stdout, /picture: not found beside the document or above it; left out.*\(30 times/, 'told once of each')
	const stored = room.stories()
	assert.deepEqual(stored.map(story => story.fields.title).sort(), numbers.filter(n => !bad(n)).map(n => `Story ${n}`).sort())
	assert.equal((await run(['verify', '--data', room.data])).status, 0)
	const again = await room.importPaths([folder])
	assert.match(again.stdout, new RegExp(`^0 stories new, 0 changed, ${stored.length} unchanged`, 'm'))
	assert.equal(readdirSync(join(room.data, 'media')).length, 3)
	room.end()
})

test('one story among hundreds of papers that are none is imported', { skip: missing }, async () => {
	const room = await importer()
	const papers = Array.from({ length: 200 }, (_, n) => [`${n < 100 ? 'a' : 'z'}${n}/README.md`, 'How to build this.\n'])
	const done = await room.import({ ...Object.fromEntries(papers), 'm/story.md': frontMatter({ title: 'Story' }) }, [], { seconds: 60 })
	assert.equal(done.signal, null, 'it came to an end')
	assert.deepEqual(room.stories().map(story => story.fields.title), ['Story'])
	room.end()
})

test('no reference leads out of the folder that is imported', { skip: missing }, async () => {
	const image = file => frontMatter({ title: file, image: JSON.stringify(file) })
	const { room } = await refuses({
		'up.md': image('../../../../../../etc/passwd'),
		'coded.md': image('..%2f..%2f..%2f..%2fetc/passwd'),
		'body.md': frontMatter({ title: 'Body' }, 'Text.\n\n![x](../outside.png)'),
		'link.md': image('link.png'),
		'root.md': image('/etc/passwd'),
	}, {
		'up.md': /^up\.md:3: the picture '\.\.\/.*' is outside of the folder/,
		'coded.md': /^coded\.md:3: .*outside of the folder/,
		'body.md': /outside of the folder/,
		'link.md': /outside of the folder/,
	}, folder => {
		writeFileSync(join(dirname(folder), 'outside.png'), png(10, 10))
		symlinkSync('../outside.png', join(folder, 'link.png'))
	})
	assert.ok(!existsSync(join(room.data, 'media')) || readdirSync(join(room.data, 'media')).length === 0)
	room.end()
})

const many = (count, body = 'Text.') =>
	Object.fromEntries(Array.from({ length: count }, (_, i) => [`s/${i % 50}/story-${i}.md`, frontMatter({ title: `Story ${i}` }, body)]))

test('files that vanish while a folder is read are refused, the others imported', { skip: missing }, async () => {
	const room = await importer()
	const folder = room.folder(many(3000, 'Words. '.repeat(400)))
	const { child, out, exited } = launch(['import', '--data', room.data, '--json', folder])
	await until(60, 'a story', () => out.stdout.includes('"added"'))
	rmSync(join(folder, 's/49'), { recursive: true })
	const { status, signal } = await exited
	child.stdin.destroy()
	assert.equal(signal, null)
	const last = JSON.parse(out.stdout.trim().split('\n').at(-1))
	assert.equal(last.event, 'done')
	assert.equal(last.added + last.refused, 3000)
	assert.equal(status, last.refused > 0 ? 3 : 0)
	assert.equal(out.stderr.split('\n').filter(line => line.includes('No such file')).length, last.refused)
	room.end()
})

test('a long import tells a pipe by the thousand and a terminal by a bar', { skip: missing }, async () => {
	const room = await importer()
	const folder = room.folder(many(10000))
	const piped = await room.importPaths([folder])
	assert.equal(piped.status, 0, piped.stderr)
	assert.ok(piped.lines.length >= 8 && piped.lines.length <= 12, piped.stdout)
	assert.match(piped.lines[0], /^\d+ of 10000 stories$/)
	assert.match(piped.stdout, /^10000 stories new, 0 changed/m)
	assert.equal(piped.stderr, '')

	// The terminal is one that script makes.
	const shown = spawnSync('script', ['-qec', `'${program}' import --data '${room.data}' '${folder}'`, '/dev/null'],
		{ encoding: 'utf8', maxBuffer: 1 << 26, env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' } })
	assert.equal(shown.status, 0, shown.stdout)
	assert.match(shown.stdout, /\r\[#+ +\] \d+ of 10000 stories/)
	assert.match(shown.stdout, /10000 of 10000 stories\r?\n/)
	assert.match(shown.stdout, /0 stories new, 0 changed, 10000 unchanged/)
	room.end()
})

test('Ctrl-C keeps what is imported and says so; the same command goes on from there', { skip: missing }, async () => {
	const room = await importer()
	const folder = room.folder(many(4000, 'Words. '.repeat(200)))
	const { child, out, exited } = launch(['import', '--data', room.data, folder])
	await until(60, 'a line', () => out.stdout.includes(' of 4000 stories'))
	child.kill('SIGINT')
	const { status, signal } = await exited
	assert.deepEqual([status, signal], [1, null], out.stderr)
	assert.match(out.stderr, /stopped before the end; what was imported is whole, and the same command goes on from there/)
	const told = Number(out.stdout.match(/^(\d+) stories new/m)[1])
	assert.ok(told > 0 && told < 4000, out.stdout)
	assert.equal(room.stories().length, told, 'what it said is what is there')
	assert.equal((await run(['verify', '--data', room.data])).status, 0)
	const again = await room.importPaths([folder])
	assert.equal(again.status, 0, again.stderr)
	assert.match(again.stdout, new RegExp(`^${4000 - told} stories new, 0 changed, ${told} unchanged`, 'm'))
	room.end()
})
