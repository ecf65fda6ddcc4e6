// A newsroom on either database: chosen by one line, moved there and back, the same to the last byte.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { createDatabase, noCluster, query } from '../lib/postgres.mjs'
import { launch, makeNewsroom, missing, root, run, startSite, temporaryFolder } from '../lib/site.mjs'

async function good(...args) {
	const done = await run(args)
	assert.equal(done.status, 0, `broadsheet ${args.join(' ')}: ${done.stderr}`)
	return done.stdout
}

// The one line.
function useStore(data, dsn) {
	writeFileSync(join(data, 'broadsheet.conf'), `[store]\ndsn = ${dsn}\n`)
}

// A second data directory with the same keys and pictures, on another database.
function sameNewsroomOn(data, dsn) {
	const copy = join(temporaryFolder(), 'newsroom')
	cpSync(data, copy, { recursive: true, filter: file => !file.includes('broadsheet.db') })
	useStore(copy, dsn)
	return copy
}

function filesBelow(folder) {
	return readdirSync(folder, { recursive: true }).filter(file => statSync(join(folder, file)).isFile()).sort()
}

// Both trees have the same files with the same bytes; how many.
function assertSameTree(a, b) {
	const files = filesBelow(a)
	assert.deepEqual(filesBelow(b), files)
	for (const file of files)
		assert.ok(readFileSync(join(a, file)).equals(readFileSync(join(b, file))), `${file} differs`)
	return files.length
}

const everyTable = (...args) => execFileSync('python3', [join(root, 'tests/lib/every-table.py'), ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 })

// Tables that a copy makes anew instead of carrying them: what is left to index, and news of changes.
function rowsOf(file) {
	const { change, search_pending: pending, ...tables } = JSON.parse(everyTable('dump', file))
	return tables
}

const removed = new Set()
const forget = data => removed.add(dirname(data))

describe('a newsroom on either database', { skip: missing || noCluster }, () => {
	let sqlite, postgres, dsn

	before(async () => {
		sqlite = await makeNewsroom({ folder: 'examples/harbour' })
		dsn = createDatabase()
		await good('migrate-store', '--from', sqlite, '--to', dsn)
		postgres = sameNewsroomOn(sqlite, dsn)
		forget(sqlite)
		forget(postgres)
	})

	after(() => removed.forEach(folder => rmSync(folder, { recursive: true, force: true })))

	test('is verified on both', async () => {
		assert.equal(await good('verify', '--data', postgres, '--json'), await good('verify', '--data', sqlite, '--json'))
	})

	test('is exported the same to the last byte', async () => {
		const folders = [sqlite, postgres].map(data => join(dirname(data), 'tree'))
		await good('export', '--data', sqlite, folders[0])
		await good('export', '--data', postgres, folders[1])
		assert.ok(assertSameTree(...folders) > 100)
	})

	test('has the same story files after it went to PostgreSQL and back', async () => {
		const start = await makeNewsroom({ folder: 'examples/harbour' })
		const later = join(dirname(start), 'later.md')
		writeFileSync(later, '---\ntitle: Later\npublished: 2099-01-01\n---\n\nNot yet.\n')
		await good('import', '--data', start, later)
		const middle = createDatabase(), back = join(dirname(start), 'back.db')
		await good('migrate-store', '--from', start, '--to', middle)
		await good('migrate-store', '--from', middle, '--to', back)
		const newsrooms = [start, sameNewsroomOn(start, middle), sameNewsroomOn(start, back)]
		newsrooms.forEach(forget)
		for (const data of newsrooms) await good('export', '--data', data, '--stories', join(dirname(data), 'files'))
		const files = newsrooms.map(data => join(dirname(data), 'files'))
		for (const other of files.slice(1)) assert.ok(assertSameTree(files[0], other) > 50)
		const all = filesBelow(files[0]).filter(file => file.endsWith('.md')).map(file => readFileSync(join(files[0], file), 'utf8')).join('')
		for (const there of [/^corrections:/m, /^translation_of:/m, /^published: 2099/m, /^ +file: /m]) assert.match(all, there)
	})

	test('carries something in every table there and back, whoever wrote it, and counts on behind it', async () => {
		const start = await makeNewsroom({ folder: 'examples/harbour' })
		forget(start)
		const file = join(start, 'broadsheet.db'), middle = createDatabase(), back = join(dirname(start), 'back.db')
		everyTable('fill', file)
		const before = rowsOf(file)
		assert.deepEqual(Object.keys(before).filter(table => before[table].length === 0), [])
		await good('migrate-store', '--from', start, '--to', middle)
		for (const table of Object.keys(before))
			assert.equal(query(middle, `SELECT count(*) FROM ${table}`), `${before[table].length}`, table)
		const counted = query(middle, `SELECT table_name FROM information_schema.columns
			WHERE is_identity = 'YES' AND column_name = 'id' AND table_schema = 'public' AND table_name <> 'change'`).split('\n')
		assert.ok(counted.length > 10)
		for (const table of counted)
			assert.equal(query(middle, `SELECT nextval(pg_get_serial_sequence('${table}', 'id')) - max(id) FROM ${table}`), '1', table)
		await good('migrate-store', '--from', middle, '--to', back)
		const after = rowsOf(back)
		assert.deepEqual(Object.keys(after), Object.keys(before))
		for (const table of Object.keys(before))
			assert.deepEqual(after[table], before[table], table)
	})

	test('is served the same, and finds the same', async () => {
		const [one, other] = await Promise.all([startSite({ data: sqlite }), startSite({ data: postgres })])
		try {
			const paths = ['/', '/archive', '/corrections', '/feed.xml', '/nothing-here', ...['ice', 'harbour -ice', '"first ice"', 'hafen', 'الجليد',
				'cable coast', 'nothing of the kind'].map(words => `/search?q=${encodeURIComponent(words)}`)]
			for (const path of paths) {
				const [a, b] = await Promise.all([one.get(path), other.get(path)])
				assert.deepEqual([b.status, b.text], [a.status, a.text], path)
			}
		} finally {
			await Promise.all([one.stop(), other.stop()])
		}
	})

	test('takes settings and documents on PostgreSQL as on SQLite', async () => {
		assert.match(await good('import', '--data', postgres, join(root, 'examples/harbour')), /^0 stories new, 0 changed/)
		await good('set', '--data', postgres, 'tagline', 'On another database')
		assert.equal((await good('set', '--data', postgres, 'tagline')).trim(), 'On another database')
	})

	test('comes back from PostgreSQL as it was there', async () => {
		const file = join(dirname(sqlite), 'back.db')
		await good('migrate-store', '--from', dsn, '--to', file)
		const back = sameNewsroomOn(sqlite, file)
		forget(back)
		await good('verify', '--data', back)
		await good('export', '--data', back, join(dirname(back), 'tree'))
		await good('export', '--data', postgres, join(dirname(postgres), 'tree'))
		assert.ok(assertSameTree(join(dirname(postgres), 'tree'), join(dirname(back), 'tree')) > 100)
		assert.match(readFileSync(join(dirname(back), 'tree/index.html'), 'utf8'), /On another database/)
	})

	test('is not moved onto another one, nor onto itself', async () => {
		for (const [to, words] of [[dsn, /holds a newsroom already; give an empty database/], [sqlite, /is a folder; --to is a database/],
			[join(sqlite, 'broadsheet.db'), /--from and --to are the same/]]) {
			const done = await run(['migrate-store', '--from', sqlite, '--to', to])
			assert.equal(done.status, 1)
			assert.match(done.stderr, words)
		}
	})
})

// Run migrate-store until it has reported `reports` times, then kill it.
async function killAfter(reports, ...args) {
	const { child, out, exited } = launch(['migrate-store', '--json', ...args])
	let seen = 0
	child.stdout.on('data', text => {
		seen += text.split('\n').length - 1
		if (seen > reports)
			child.kill('SIGKILL')
	})
	const { status, signal } = await exited
	assert.ok(signal === 'SIGKILL' || status === 0, `${status} ${out.stderr}`)
}

test('a move that is killed again and again comes to its end', { skip: missing || noCluster }, async () => {
	const folder = temporaryFolder()
	const data = join(folder, 'newsroom'), stories = join(folder, 'stories'), file = join(folder, 'back.db'), dsn = createDatabase()
	execFileSync('node', [join(root, 'bench/content.mjs'), stories, '120'])
	await good('init', '--data', data, '--store', join(data, 'broadsheet.db'))
	await good('import', '--data', data, stories)
	let attempts = 0
	for (const [from, to] of [[data, dsn], [dsn, file]]) {
		let whole = false
		for (let reports = 0; !whole; reports += 4, attempts++) {
			await killAfter(reports, '--from', from, '--to', to)
			const looked = await run(['migrate-store', '--from', to, '--to', join(folder, 'next.db')])
			whole = looked.status === 0
			assert.ok(whole || /not finished|is empty|there is no database/.test(looked.stderr), looked.stderr)
			assert.equal(existsSync(join(folder, 'next.db')), whole)
		}
		rmSync(join(folder, 'next.db'))
	}
	assert.ok(attempts > 10, `${attempts}`)
	assert.equal(query(dsn, 'SELECT count(*) FROM story'), '120')
	assert.equal(query(dsn, 'SELECT count(*) FROM search'), '120')
	useStore(data, file)
	assert.match(await good('verify', '--data', data), /^All is as it was signed: 120 stories/)
	rmSync(folder, { recursive: true })
})

test('a file that the configuration names is looked for in the data directory', { skip: missing }, async () => {
	const data = join(temporaryFolder(), 'newsroom')
	const named = relative(root, join(dirname(data), 'elsewhere.db'))
	await good('init', '--data', data, '--store', named)
	assert.ok(existsSync(join(dirname(data), 'elsewhere.db')))
	assert.equal((await run(['verify', '--data', data], { cwd: '/' })).status, 0)
	useStore(data, '../elsewhere.db')
	assert.equal((await run(['verify', '--data', data], { cwd: '/' })).status, 0)
	rmSync(dirname(data), { recursive: true })
})
