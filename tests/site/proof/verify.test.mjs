// `broadsheet verify` on a newsroom as somebody may have left it: changed behind the ledger's back, emptied, another's, damaged, on a disk
// that cannot be written to. What of a story is held against its revision is in tests/unit/newsroom/test_verify.c, for both databases.

import { after, before, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { changeRows, makeNewsroom, missing, onPostgres, program, run, temporaryFolder } from '../../lib/site.mjs'

const onFile = missing || (onPostgres && 'of files only')
const NOBODY = 65534

let newsroom, folder

// A copy that may be spoilt.
function copy() {
	const data = join(folder, 'copy')
	rmSync(data, { recursive: true, force: true })
	cpSync(newsroom, data, { recursive: true })
	return data
}

async function verify(data, ...more) {
	return run(['verify', '--data', data, ...more])
}

async function isBroken(data, says) {
	const done = await verify(data)
	assert.equal(done.status, 1, done.stdout)
	assert.equal(done.stdout, '')
	assert.match(done.stderr, says)
}

const filesIn = data => readdirSync(data, { recursive: true }).sort().map(name => {
	const { size, mtimeMs } = statSync(join(data, name))
	return { name, size, mtimeMs }
})

before(async () => {
	if (missing)
		return
	newsroom = await makeNewsroom({ folder: 'examples/harbour' })
	folder = temporaryFolder()
})

after(() => {
	for (const made of [newsroom && dirname(newsroom), folder])
		made && rmSync(made, { recursive: true, force: true })
})

test('a newsroom as it was signed is good, and it is said what that means', { skip: missing }, async () => {
	const done = await verify(newsroom)
	assert.equal(done.status, 0, done.stderr)
	const key = readFileSync(join(newsroom, 'keys/ledger.pub'), 'utf8').trim()
	assert.match(done.stdout, /^All is as it was signed: 32 stories, 32 revisions, \d+ passages, 25 pictures, 0 entries of the log\./)
	assert.ok(done.stdout.includes(`signed by the key ${key}, which is that in `))
	assert.match(done.stdout, /\nNot signed, so not looked at: names and texts of people, terms and notices, settings, .*\.\n$/)
	const told = JSON.parse((await verify(newsroom, '--json')).stdout)
	assert.deepEqual({ ...told, passages: 0 }, { good: true, stories: 32, revisions: 32, passages: 0, renamed: 0, pictures: 25, entries: 0,
		log_compared: true, key, key_compared: true, other_keys: 0 })
})

describe('rows that somebody changed in the file', { skip: onFile }, () => {
	const OF = "slug = 'smelt-quota-cut-by-a-fifth'"
	const change = (...sql) => {
		const data = copy()
		changeRows(data, ...sql)
		return data
	}

	test('a story that shows the text and the source of another', async () => {
		await isBroken(change(`UPDATE story SET title_id = (SELECT title_id FROM story WHERE slug = 'the-first-ice'), body_id = (SELECT body_id
			FROM story WHERE slug = 'the-first-ice'), source_name = 'Evil Source', licence = 'CC0-1.0' WHERE ${OF}`),
		/the ledger is broken: story \w+ does not show its newest revision/)
		const told = await verify(change(`UPDATE story SET licence = 'CC0-1.0' WHERE ${OF}`), '--json')
		assert.equal(told.status, 1)
		assert.match(JSON.parse(told.stdout).break, /\(smelt-quota-cut-by-a-fifth\): what pages are made from is not .* says: licence$/)
	})

	test('words that are no text', async () => {
		await isBroken(change(`UPDATE story SET licence = CAST(x'ff' AS TEXT) WHERE ${OF}`), /says: words that no revision could have/)
	})

	test('a story that is gone, with its revisions and without', async () => {
		await isBroken(change(`DELETE FROM story WHERE ${OF}`), /the story of revision \d+ of the chain is missing/)
		await isBroken(change(`DELETE FROM revision WHERE story_id = (SELECT id FROM story WHERE ${OF})`, `DELETE FROM story WHERE ${OF}`),
			/a revision before it, is not what was recorded/)
	})

	test('a table that is gone, and rows that refer to nothing', async () => {
		await isBroken(change('DROP TABLE correction_passage', 'DROP TABLE correction'), /the table correction is missing/)
		await isBroken(change('UPDATE term SET parent_id = 99999 WHERE id = 1'), /a row of the table term refers to one of term that is missing/)
	})
})

describe('a database that is not that of the newsroom', { skip: onFile }, () => {
	test('none at all is not made', async () => {
		const data = copy()
		rmSync(join(data, 'broadsheet.db'))
		await isBroken(data, /there is no database at /)
		assert.equal(existsSync(join(data, 'broadsheet.db')), false)
	})

	test('an empty one stays empty', async () => {
		const data = copy()
		truncateSync(join(data, 'broadsheet.db'))
		await isBroken(data, /the database is empty/)
		assert.equal(statSync(join(data, 'broadsheet.db')).size, 0)
	})

	test('one of something else is refused, and so is no database', async () => {
		const data = copy()
		truncateSync(join(data, 'broadsheet.db'))
		changeRows(data, 'CREATE TABLE guest (name TEXT)')
		await isBroken(data, /holds tables of something else/)
		writeFileSync(join(data, 'broadsheet.db'), 'a letter '.repeat(1000))
		await isBroken(data, /is no SQLite database/)
	})

	test('one of an older release is not brought up to date', async () => {
		const data = copy()
		changeRows(data, 'DELETE FROM schema_version WHERE number = (SELECT max(number) FROM schema_version)')
		await isBroken(data, /of an older Broadsheet/)
	})

	test("another newsroom's, which its own key has signed", async () => {
		const other = await makeNewsroom({ folder: 'examples/harbour' })
		const data = copy()
		cpSync(join(other, 'broadsheet.db'), join(data, 'broadsheet.db'))
		await isBroken(data, /is signed by the key \w{16}…, which is not this newsroom's \(\w{16}…\)/)
		rmSync(join(data, 'keys/ledger.key'))
		await isBroken(data, /which is not this newsroom's/)
		rmSync(join(data, 'keys'), { recursive: true })
		const done = await verify(data)
		assert.equal(done.status, 0, done.stderr)
		assert.match(done.stdout, /signed by the key \w{64}, which could not be compared: no key can be read in /)
		rmSync(dirname(other), { recursive: true })
	})

	test('one whose pages are damaged', async () => {
		const data = copy(), file = join(data, 'broadsheet.db'), bytes = readFileSync(file)
		bytes.fill(0xa5, bytes.length - 3 * 4096)
		writeFileSync(file, bytes)
		await isBroken(data, /damaged/)
	})
})

describe('pictures', { skip: missing }, () => {
	let data, picture

	before(() => {
		data = copy()
		picture = readdirSync(join(data, 'media'), { recursive: true }).map(name => join(data, 'media', name))
			.find(name => statSync(name).isFile())
	})

	test('one with a byte that is another', async () => {
		const bytes = readFileSync(picture)
		bytes[bytes.length - 1] ^= 1
		writeFileSync(picture, bytes)
		await isBroken(data, /the picture \S+ is not what its name says: its content was changed/)
		bytes[bytes.length - 1] ^= 1
		writeFileSync(picture, bytes)
		assert.equal((await verify(data)).status, 0)
	})

	test('one that is gone', async () => {
		rmSync(picture)
		await isBroken(data, /the picture \S+ is missing/)
	})
})

// Whoever runs the tests may write everywhere when that is root; nobody may not.
describe('a newsroom that cannot be written to', { skip: onFile || (process.getuid() !== 0 && 'root alone can be nobody') }, () => {
	const asNobody = data => spawnSync(program, ['verify', '--data', data], { uid: NOBODY, gid: NOBODY, encoding: 'utf8' })
	const closeTo = (data, folders) => {
		chmodSync(dirname(data), 0o755)
		for (const { name } of [{ name: '.' }, ...filesIn(data)])
			chmodSync(join(data, name), statSync(join(data, name)).isDirectory() ? folders : 0o444)
	}

	test('is verified where it is, and nothing is made beside it', async () => {
		const data = join(folder, 'at 100% ?')
		renameSync(copy(), data)
		for (const folders of [0o555, 0o777]) {
			closeTo(data, folders)
			const before = filesIn(data), done = asNobody(data)
			assert.equal(done.status, 0, done.stderr)
			assert.match(done.stdout, /^All is as it was signed: 32 stories[^]*, which is that in /)
			assert.deepEqual(filesIn(data), before)
		}
		chmodSync(join(data, 'keys'), 0o700)
		assert.match(asNobody(data).stdout, /which could not be compared/)
	})

	test('whose log still waits is not half read', async () => {
		const data = copy()
		writeFileSync(join(data, 'broadsheet.db-wal'), 'something')
		closeTo(data, 0o555)
		const done = asNobody(data)
		assert.equal(done.status, 1, done.stdout)
		assert.match(done.stderr, /has a log \(\S+-wal\) that cannot be read where nothing may be written beside it/)
	})
})
