// Machine translation by the real Apertium: stories are translated when they are published, passage by passage, with their tags
// and names; what a person wrote stays; what cannot be done waits for a person.

import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { startDouble } from '../../lib/engine-doubles.mjs'
import { makeNewsroom, missing, onPostgres, run, startSite, temporaryFolder, until } from '../../lib/site.mjs'

const apertium = existsSync('/usr/share/apertium/modes/eng-spa.mode')
const options = { skip: missing || (apertium ? false : 'there is no Apertium; script/setup installs it') }
const folder = temporaryFolder()
const story = (second, slug = 'ice', more = '') => `---
title: The old ship
slug: ${slug}
date: 2025-11-14T09:00:00Z
language: en
author: Mara Baker
summary: What the pilots asked for.
${more}---

The pilots met the *minister* of [transport](https://example.org/t). Mara Baker was there.

${second}
`
let data, site

const configure = text => appendFileSync(join(data, 'broadsheet.conf'), text)
const importStories = () => run(['import', '--data', data, join(folder, 'stories')])
const lastLine = text => text.trim().split('\n').at(-1)
const pick = (object, ...names) => Object.fromEntries(names.map(name => [name, object[name]]))

async function publicId(from = data, at = folder) {
	const { stdout } = await run(['import', '--data', from, '--json', join(at, 'stories/ice.md')])
	return JSON.parse(stdout.split('\n').find(line => line.includes('"id"'))).id
}

// Of the programs of this name that the process has started.
function pidsOf(name, parent) {
	return readdirSync('/proc').filter(pid => /^\d+$/.test(pid)).filter(pid => {
		try {
			const [, program, , ppid] = readFileSync(`/proc/${pid}/stat`, 'utf8').match(/\((.*)\) (\S) (\d+)/)
			return program === name && Number(ppid) === parent
		} catch {
			return false // it has ended
		}
	}).map(Number)
}

const translate = (...args) => run(['translate', '--data', data, ...args])

before(async () => {
	if (options.skip) return
	mkdirSync(join(folder, 'stories'))
	data = await makeNewsroom()
	configure('\n[translate]\non_publish = es gl\n')
	site = await startSite({ data })
})

after(async () => site?.stop())

test('a story that is published beside the server is read in the languages of on_publish, marked as a machine\'s', options, async () => {
	writeFileSync(join(folder, 'stories/ice.md'), story('It was **very *cold*** in the harbour[^1].\n\n[^1]: The white ships sailed.'))
	await importStories()
	const page = await until(20, 'the translation', async () => {
		const page = await site.get('/es/2025/11/ice')
		return page.status === 200 && page.text.includes('El barco') && page
	})
	assert.match(page.text, /<html lang="es"/)
	assert.match(page.text, /<h1 class="headline">El barco viejo<\/h1>/)
	assert.match(page.text, /Los pilotos .* el <em>ministro<\/em> de <a href="https:\/\/example.org\/t"[^>]*>transporte<\/a>\. Mara Baker era allí\./)
	assert.match(page.text, /Era <strong>muy <em>frío<\/em><\/strong> en el puerto<sup>/)
	assert.match(page.text.match(/<p class="translation">(.*?)<\/p>/s)[1], /Apertium/)
	await until(20, 'the second language', async () => (await site.get('/gl/2025/11/ice')).text.includes('piloto'))
	assert.doesNotMatch(page.text, /[ >]\*\p{L}/u, 'a mark of an unknown word')
})

test('when a paragraph changes, that one alone goes to the engine', options, async () => {
	writeFileSync(join(folder, 'stories/ice.md'), story('The harbour was empty.'))
	await importStories()
	const page = await until(20, 'the new paragraph', async () => {
		const { text } = await site.get('/es/2025/11/ice')
		return /El puerto [^<]*vacío/.test(text) && text
	})
	assert.match(page, /Los pilotos/)
	const { stdout } = await translate('--to', 'es', '--dry-run', '--json')
	assert.deepEqual(pick(JSON.parse(lastLine(stdout)), 'missing', 'characters'), { missing: 0, characters: 0 })
})

test('a person\'s words are never replaced by an engine\'s', options, async () => {
	const id = await publicId()
	const { stdout } = await translate('give', '--to', 'es', '--story', id)
	const corrected = stdout.replace(/#, fuzzy\n(msgctxt "p"\n)?(msgid "The harbour was empty\."\nmsgstr ")[^"]*/, '$1$2En el puerto no había nadie.')
	writeFileSync(join(folder, 'es.po'), corrected)
	await translate('take', join(folder, 'es.po'))
	const done = await translate('--to', 'es', '--again')
	assert.match(done.stdout, /^0 of \d+ passages were missing: 0 translated/m)
	await until(5, 'the correction', async () => (await site.get('/es/2025/11/ice')).text.includes('En el puerto no había nadie.'))
})

test('a language without a way is refused with what to do; an unknown engine, too', options, async () => {
	const german = await translate('--to', 'de')
	assert.equal(german.status, 3)
	assert.match(german.stderr, /no engine translates from English to German; install a pair of Apertium/)
	const unknown = await translate('--to', 'pt', '--engine', 'babel')
	assert.match(unknown.stderr, /there is no engine 'babel' in broadsheet\.conf/)
	assert.equal((await translate('--to', 'tlh')).status, 2)
})

test('Portuguese, Italian and French are reached over Spanish', options, async () => {
	const done = await translate('--to', 'pt,it,fr')
	assert.equal(done.status, 0, done.stderr)
	for (const [lang, words] of [['pt', 'Os pilotos'], ['it', 'I piloti'], ['fr', 'Les pilotes']])
		await until(5, lang, async () => (await site.get(`/${lang}/2025/11/ice`)).text.includes(words))
})

test('programs of an engine that are killed are started anew, and the batch is not lost', options, async () => {
	const pids = pidsOf('lt-proc', site.pid)
	assert.ok(pids.length > 0, 'Apertium runs below the server')
	for (const pid of pids) process.kill(pid, 'SIGKILL')
	writeFileSync(join(folder, 'stories/wind.md'), story('The wind was strong.', 'wind'))
	await importStories()
	await until(60, 'the story', async () => (await site.get('/es/2025/11/wind')).text.includes('El viento'))
})

test('Apertium runs as nobody, without new privileges', options, async () => {
	const [pid] = pidsOf('lt-proc', site.pid)
	const status = readFileSync(`/proc/${pid}/status`, 'utf8')
	assert.match(status, /NoNewPrivs:\t1/)
	if (process.getuid() === 0) assert.match(status, /Uid:\t65534/)
})

test('a language of on_visit is translated when the first reader comes, and not oftener than allowed', options, async () => {
	const own = temporaryFolder()
	mkdirSync(join(own, 'stories'))
	for (const slug of ['one', 'two', 'three']) writeFileSync(join(own, `stories/${slug}.md`), story(`The ship ${slug} came.`, slug))
	const dir = await makeNewsroom({ folder: join(own, 'stories') })
	appendFileSync(join(dir, 'broadsheet.conf'), '\n[translate]\non_visit = es\nvisits_per_minute = 2\n')
	const visited = await startSite({ data: dir })
	for (const slug of ['one', 'two', 'three']) assert.equal((await visited.get(`/es/2025/11/${slug}`)).status, 404)
	for (const slug of ['one', 'two'])
		await until(20, slug, async () => (await visited.get(`/es/2025/11/${slug}`)).text.includes('El barco viejo'))
	const { stdout } = await run(['jobs', '--data', dir])
	assert.doesNotMatch(stdout, /translate/)
	await visited.get('/de/2025/11/one')
	assert.doesNotMatch((await run(['jobs', '--data', dir])).stdout, /translate/)
	await visited.stop()
})

const onSqlite = { skip: options.skip || (onPostgres && 'a lock of SQLite') }
test('a reader who asks for a translation does not wait for one who writes', onSqlite, async () => {
	const own = temporaryFolder()
	mkdirSync(join(own, 'stories'))
	writeFileSync(join(own, 'stories/slow.md'), story('The ship came.', 'slow'))
	const dir = await makeNewsroom({ folder: join(own, 'stories') })
	appendFileSync(join(dir, 'broadsheet.conf'), '\n[translate]\non_visit = es\n')
	const visited = await startSite({ data: dir })
	const file = readdirSync(dir).find(name => name.endsWith('.db'))
	const holder = spawn('python3', ['-c', 'import sqlite3, sys\ndb = sqlite3.connect(sys.argv[1], isolation_level=None)\n' +
		'db.execute("BEGIN IMMEDIATE")\nprint("held", flush=True)\nsys.stdin.read()', join(dir, file)], { stdio: ['pipe', 'pipe', 'inherit'] })
	await new Promise(held => holder.stdout.once('data', held))
	const begun = Date.now()
	assert.equal((await visited.get('/es/2025/11/slow')).status, 404)
	const took = Date.now() - begun
	holder.stdin.end()
	assert.ok(took < 2000, `${took} ms`)
	await until(20, 'the translation', async () => (await visited.get('/es/2025/11/slow')).text.includes('El barco viejo'))
	await visited.stop()
})

test('how much must be there before a language is listed is a setting', options, async () => {
	const room = await newsroomWith('')
	assert.match((await run(['set', '--data', room.dir, 'translation.share', '0'])).stderr, /'0' is no share; write a number from 1 to 100/)
	await run(['set', '--data', room.dir, 'translation.share', '50'])
	const po = (await room.give('fi')).replace(/msgid "(The old.*|What the.*)"\nmsgstr ""/g, 'msgid "$1"\nmsgstr "X $1"')
	writeFileSync(join(room.dir, 'fi.po'), po)
	await room.translate('take', join(room.dir, 'fi.po'))
	const listed = await startSite({ data: room.dir })
	assert.doesNotMatch((await listed.get('/fi/2025/11/ice')).text, /noindex/)
	await listed.stop()
})

// --- engines of other kinds, each in a newsroom of its own ------------------------------------------------------------------------

async function newsroomWith(conf, text = story('It was **very *cold*** there.')) {
	const own = temporaryFolder()
	mkdirSync(join(own, 'stories'))
	writeFileSync(join(own, 'stories/ice.md'), text)
	const dir = await makeNewsroom({ folder: join(own, 'stories') })
	appendFileSync(join(dir, 'broadsheet.conf'), conf)
	const key = join(dir, 'keys/service')
	writeFileSync(key, 'secret-key\n', { mode: 0o600 })
	return { dir, key, translate: (...args) => run(['translate', '--data', dir, ...args]),
		give: async lang => (await run(['translate', '--data', dir, 'give', '--to', lang, '--story', await publicId(dir, own)])).stdout }
}

for (const kind of ['libretranslate', 'deepl', 'openai'])
	test(`${kind}: tags and names come back, the key goes along, several passages in one request`, options, async () => {
		const double = await startDouble(kind, { key: 'secret-key' })
		const room = await newsroomWith(`\n[translate]\nchain = far\n[engine far]\nkind = ${kind}\nurl = ${double.url}/\nkey_file = keys/service\n` +
			'model = small\ncost = 20\n')
		const estimate = await room.translate('--to', 'de', '--dry-run')
		assert.match(estimate.stdout, /4 of 4 passages are missing: \d+ characters, which would cost 0\.00\. Nothing was sent/)
		assert.equal(double.requests.length, 0)
		const done = await room.translate('--to', 'de')
		assert.equal(done.status, 0, done.stderr)
		assert.equal(double.requests.length, 1)
		const po = await room.give('de')
		assert.match(po, /msgstr "IT WAS <strong>VERY <em>COLD<\/em><\/strong> THERE\."/)
		assert.match(po, /THE <em>MINISTER<\/em> OF <a href=\\"https:\/\/example.org\/t\\">TRANSPORT<\/a>\. Mara Baker WAS THERE\."/)
		await double.stop()
	})

test('a service that loses a tag has the passage refused, with the reason, and the next engine is asked', options, async () => {
	const double = await startDouble('libretranslate', { change: answer => JSON.parse(JSON.stringify(answer).replace(/<\/?g1>/g, '')) })
	const engines = `[engine far]\nkind = libretranslate\nurl = ${double.url}\n`
	const alone = await newsroomWith(`\n[translate]\nchain = far\n${engines}`)
	const refused = await alone.translate('--to', 'es')
	assert.equal(refused.status, 3)
	assert.match(refused.stdout, /2 translated, 2 refused and left to a person/)
	const again = await alone.translate('--to', 'es')
	assert.match(again.stdout, /0 translated, 0 refused and left to a person; 0 characters/)
	const chained = await newsroomWith(`\n[translate]\nchain = far, apertium\n${engines}`)
	assert.match((await chained.translate('--to', 'es')).stdout, /4 translated, 0 refused/)
	await double.stop()
})

test('a service that is out of order three times in a row is left alone', options, async () => {
	const double = await startDouble('libretranslate', { fail: () => 500 })
	const room = await newsroomWith(`\n[translate]\nchain = far\n[engine far]\nkind = libretranslate\nurl = ${double.url}\nbatch = 1\n`)
	const done = await room.translate('--to', 'es,de,fr,it')
	assert.equal(done.status, 3)
	assert.match(done.stderr, /the service answers 500/)
	assert.match(done.stderr, /failed 3 times in a row and pauses/)
	assert.equal(double.requests.length, 3)
	await double.stop()
})

test('what may be spent a day is not passed, in characters and in money', options, async () => {
	const double = await startDouble('libretranslate')
	const limit = async more => {
		const room = await newsroomWith(`\n[translate]\nchain = far\n[engine far]\nkind = libretranslate\nurl = ${double.url}\n` +
			`cost = 1000000\n${more}`)
		const first = await room.translate('--to', 'es')
		return { first, second: await room.translate('--to', 'de') }
	}
	for (const more of ['daily_characters = 200\n', 'daily_cost = 200\n']) {
		const { first, second } = await limit(more)
		assert.equal(first.status, 0, first.stderr)
		assert.equal(second.status, 1)
		assert.match(second.stderr, /has had what it may have today/)
	}
	await double.stop()
})

test('a story that the budget does not reach waits for tomorrow', options, async () => {
	const room = await newsroomWith('\n[translate]\non_publish = es\n[engine apertium]\nkind = apertium\ndaily_characters = 10\n')
	await run(['jobs', '--data', room.dir, 'run'])
	const { jobs } = JSON.parse((await run(['jobs', '--data', room.dir, '--json'])).stdout)
	assert.deepEqual(jobs.map(job => [job.kind, job.key, job.state, job.attempts]), [['translate', '1 es', 'waiting', 0]])
	assert.match(jobs[0].at, /T00:00:00Z$/)
	assert.ok(Date.parse(jobs[0].at) > Date.now())
})

test('a key that others may read, and a wrong one, are refused', options, async () => {
	const double = await startDouble('deepl', { key: 'another-key' })
	const room = await newsroomWith(`\n[translate]\nchain = far\n[engine far]\nkind = deepl\nurl = ${double.url}\nkey_file = keys/service\n`)
	assert.match((await room.translate('--to', 'es')).stderr, /the service answers 403/)
	execFileSync('chmod', ['644', room.key])
	assert.match((await room.translate('--to', 'es')).stderr, /others may read the key in .*chmod 600/)
	await double.stop()
})

test('a program that reads and writes lines; one that dies at a passage costs that passage alone', options, async () => {
	const program = join(temporaryFolder(), 'upper')
	writeFileSync(program, '#!/bin/sh\nwhile read -r line; do case $line in *cold*) exit 1;; esac; ' +
		'printf "%s\\n" "$1-$2 $line"; done\n')
	execFileSync('chmod', ['-R', '755', join(program, '..')])
	const room = await newsroomWith(`\n[translate]\nchain = own\n[engine own]\nkind = command\ncommand = ${program} {from} {to}\n`)
	const done = await room.translate('--to', 'sw')
	assert.equal(done.status, 3)
	assert.match(done.stdout, /3 translated, 1 refused and left to a person/)
	assert.match(await room.give('sw'), /msgstr "en-sw The old ship"/)
})

test('apertium-apy, the real one', { skip: options.skip || (existsSync('/usr/bin/apertium-apy') ? false : 'there is no apertium-apy') }, async () => {
	const port = 20000 + process.pid % 20000
	const service = spawn('/usr/bin/apertium-apy', ['-p', String(port), '-j', '1', '/usr/share/apertium'],
		{ stdio: 'ignore', env: { ...process.env, LC_ALL: 'C.UTF-8' } })
	await until(20, 'the service', () => fetch(`http://127.0.0.1:${port}/listPairs`).then(() => true, () => false))
	const room = await newsroomWith(`\n[translate]\nchain = far\n[engine far]\nkind = apertium-apy\nurl = http://127.0.0.1:${port}\n`)
	const done = await room.translate('--to', 'es')
	assert.match(done.stdout, /[34] translated/, done.stderr)
	const po = await room.give('es')
	assert.match(po, /<em>ministro<\/em> de <a href/)
	assert.match(po, /Mara Baker/)
	service.kill()
})

test('a section that is wrong is refused with what is wrong', options, async () => {
	const cases = {
		'[engine x]\nkind = babelfish\n': /there is no kind 'babelfish'/,
		'[engine x]\nkind = deepl\n': /say where the service is: url =/,
		'[translate]\nchain = y\n': /chain: there is no \[engine y\]/,
		'[translate]\non_publish = klingon\n': /'klingon' is no language's code/,
		'[engine x]\nkind = apertium\ncost = cheap\n': /line \d+: cost cannot be 'cheap'/,
		'[engine x]\nflavour = sweet\n': /there is no \[engine x\] flavour/,
	}
	for (const [conf, reason] of Object.entries(cases)) {
		const room = await newsroomWith(`\n${conf}`)
		const done = await room.translate('--to', 'es')
		assert.equal(done.status, 1, conf)
		assert.match(done.stderr, reason, conf)
	}
})
