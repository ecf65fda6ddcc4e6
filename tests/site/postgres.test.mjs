// A newsroom on PostgreSQL as a server far away or not there at all makes it behave; what is the same on both databases is
// tested by everything else.

import assert from 'node:assert/strict'
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { createDatabase, farAway, noCluster, query, startCluster } from '../lib/postgres.mjs'
import { missing, root, run, startSite, temporaryFolder, until } from '../lib/site.mjs'

const folders = []
after(() => folders.forEach(folder => rmSync(folder, { recursive: true, force: true })))

async function good(...args) {
	const done = await run(args)
	assert.equal(done.status, 0, `broadsheet ${args.join(' ')}: ${done.stderr}`)
	return done.stdout
}

function configure(data, dsn, more = '') {
	writeFileSync(join(data, 'broadsheet.conf'), `${more}\n[store]\ndsn = ${dsn}\n`)
}

async function newsroomOn(dsn) {
	const data = join(temporaryFolder(), 'newsroom')
	folders.push(dirname(data))
	await good('init', '--data', data, '--store', dsn)
	await good('import', '--data', data, join(root, 'examples/harbour'))
	return data
}

// A second data directory for the same newsroom.
function another(data) {
	const copy = join(temporaryFolder(), 'newsroom')
	folders.push(dirname(copy))
	cpSync(data, copy, { recursive: true })
	return copy
}

async function publish(data, slug, title) {
	const file = join(dirname(data), `${slug}.md`)
	writeFileSync(file, `---\ntitle: ${title}\ndate: 2025-11-13T10:00:00Z\n---\n\nIt is so.\n`)
	await good('import', '--data', data, file)
}

const storyPaths = async site => [...new Set([...(await site.get('/')).text.matchAll(/href="(\/\d{4}\/\d\d\/[\w-]+)"/g)].map(found => found[1]))]

describe('a newsroom on PostgreSQL', { skip: missing || noCluster }, () => {
	let dsn, data

	before(async () => {
		dsn = createDatabase()
		data = await newsroomOn(dsn)
	})

	test('after an import the database knows what it holds, so that no search waits for a plan of long ago', () => {
		const stale = 'SELECT relname FROM pg_stat_user_tables WHERE n_mod_since_analyze > 500 + n_live_tup / 5'
		assert.equal(query(dsn, stale).trim(), '')
		assert.ok(Number(query(dsn, "SELECT reltuples FROM pg_class WHERE relname = 'passage'")) > 500)
	})

	test('shows a story, and a translation of it, after two round trips to the database', async () => {
		const po = readdirSync(join(root, 'examples/harbour/translations')).filter(name => name.endsWith('.de.po'))
		await good('translate', '--data', data, 'take', ...po.map(name => join(root, 'examples/harbour/translations', name)))
		const far = await farAway(dsn)
		const other = another(data)
		configure(other, far.dsn, '[server]\nthreads = 1')
		const site = await startSite({ data: other })
		const own = await storyPaths(site)
		const translated = own.slice(5).filter(path => po.includes(`${path.split('/').pop()}.de.po`))
		const visits = [['', own.slice(0, 5)], ['/de', translated.slice(0, 5)]]
		for (const [prefix, [first, ...paths]] of visits) {
			assert.equal(paths.length, 4)
			assert.equal((await site.get(prefix + first)).status, 200) // prepares the statements
		}
		far.delay = 300
		for (const [prefix, [, ...paths]] of visits) {
			let fastest = Infinity
			for (const path of paths) {
				const begun = performance.now()
				assert.equal((await site.get(prefix + path)).status, 200)
				fastest = Math.min(fastest, performance.now() - begun)
			}
			assert.ok(fastest < 3 * 300, `${prefix}: ${fastest} ms with a database 300 ms away`)
		}
		far.delay = 0
		await site.stop()
		far.close()
	})

	test('shows on every server what was published through any', async () => {
		const datas = [data, another(data)]
		const sites = await Promise.all(datas.map(data => startSite({ data })))
		for (const [i, data] of datas.entries()) {
			const title = `Published through number ${i}`
			await Promise.all(sites.map(async site => assert.ok(!(await site.get('/archive/2025/11')).text.includes(title))))
			await publish(data, `number-${i}`, title)
			const published = Date.now()
			await Promise.all(sites.map(site => until(1, 'the headline', async () => (await site.get('/archive/2025/11')).text.includes(title))))
			assert.ok(Date.now() - published < 1000)
		}
		await good('set', '--data', data, 'tagline', 'Seen by all')
		await Promise.all(sites.map(site => until(1, 'the tagline', async () => (await site.get('/')).text.includes('Seen by all'))))
		await Promise.all(sites.map(site => site.stop()))
	})
})

describe('when PostgreSQL is away', { skip: missing || noCluster }, () => {
	let cluster, data, site, paths
	const kept = ['/', '/archive', '/feed.xml']

	before(async () => {
		cluster = startCluster()
		data = await newsroomOn(createDatabase(cluster.dsn))
		site = await startSite({ data })
		paths = await storyPaths(site)
		for (const path of kept)
			assert.equal((await site.get(path)).status, 200)
	})

	after(async () => {
		await site?.stop()
		cluster?.remove()
	})

	for (const how of ['fast', 'immediate']) {
		test(`pages that were made before are served, others say so (${how} stop), and it mends itself`, async () => {
			const before = await Promise.all(kept.map(path => site.get(path)))
			const path = paths.pop()
			cluster.stop(how)
			const gone = await site.get(path)
			assert.equal(gone.status, 503)
			assert.match(gone.headers.get('retry-after'), /^\d+$/)
			assert.equal(gone.headers.get('cache-control'), 'no-store')
			assert.match(gone.text, /<html lang="en"[^]*The Northern Courier[^]*<h1/)
			assert.doesNotMatch(gone.text, /postgres|libpq|connection|socket/i)
			assert.equal((await site.get('/healthz')).status, 503)
			for (const [i, path] of kept.entries())
				assert.deepEqual([(await site.get(path)).status, (await site.get(path)).text], [200, before[i].text], path)
			for (let i = 0; i < 20; i++)
				assert.equal((await site.get(path)).status, 503)

			cluster.start()
			await publish(data, `after-${how}`, `Written after the ${how} stop`) // before the server has noticed
			await until(15, 'a good page', async () => (await site.get(path)).status === 200)
			assert.equal((await site.get('/healthz')).status, 200)
			await until(10, 'the headline', async () => (await site.get('/')).text.includes(`Written after the ${how} stop`))
		})
	}

	test('it is told once when the database goes, and once when it is back', () => {
		assert.equal(site.stderr().match(/the database gives no connection: /g).length, 2)
		assert.equal(site.stderr().match(/the database gives connections again/g).length, 2)
		assert.equal(site.stderr().match(/changes cannot be followed: /g).length, 2)
		assert.equal(site.stderr().match(/changes are followed again/g).length, 2)
	})
})

describe('what is wrong with the database is said, and what to do', { skip: missing || noCluster }, () => {
	let cluster, data

	// Every command that opens the newsroom says the same; verify makes nothing and has one connection alone.
	const working = [['serve', '--listen', '127.0.0.1:0'], ['set', 'name']]
	const refused = (dsn, ...words) => refusedBy([['verify'], ...working], dsn, words)
	const refusedWork = (dsn, ...words) => refusedBy(working, dsn, words)

	async function refusedBy(commands, dsn, words) {
		configure(data, dsn)
		for (const command of commands) {
			const done = await run([command[0], '--data', data, ...command.slice(1)], { seconds: 20 })
			assert.equal(done.status, 1, `${command[0]}: ${done.stdout}${done.stderr}`)
			const said = done.stderr.split('\n').filter(line => line.startsWith('broadsheet: '))
			assert.equal(said.length, 1, done.stderr)
			for (const word of words)
				assert.match(said[0], word)
			assert.doesNotMatch(done.stderr, /hunter2/)
		}
	}

	before(async () => {
		cluster = startCluster()
		query(cluster.dsn, "CREATE ROLE locked LOGIN PASSWORD 'right'", 'CREATE ROLE courier LOGIN')
		data = await newsroomOn(createDatabase(cluster.dsn))
	})

	after(() => cluster?.remove())

	test('a DSN that is none', async () => {
		await refused('mysql://localhost/news',
			/'mysql:\/\/localhost\/news' is of no known kind/, /postgresql:\/\/HOST\/NAME/)
		await refused('host=/tmp nonsense=1', /the DSN is none that PostgreSQL understands/, /write it as/)
	})

	test('a server that is not there', async () => {
		await refused('postgresql://courier:hunter2@127.0.0.1:1/news',
			/cannot connect to news on 127\.0\.0\.1/, /Connection refused/, /start the server, or correct host and port/)
	})

	test('a wrong password, or none', async () => {
		await refused(`${cluster.dsn} dbname=postgres user=locked password=hunter2`,
			/password authentication failed for user "locked"/, /correct the password in the DSN or in ~\/\.pgpass/)
		await refused(`${cluster.dsn} dbname=postgres user=locked`,
			/asks for a password; put it into the DSN or into ~\/\.pgpass/)
	})

	test('a user or a database that does not exist', async () => {
		await refused(`${cluster.dsn} dbname=postgres user=stranger`,
			/role "stranger" does not exist/, /correct the user in the DSN/)
		await refused(`${cluster.dsn} dbname=nowhere`, /database "nowhere" does not exist/, /make it with createdb/)
	})

	test('a database in another encoding', async () => {
		query(cluster.dsn, "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
		await refused(`${cluster.dsn} dbname=latin`, /latin on .* is encoded in LATIN1/, /createdb -E UTF8 -T template0/)
	})

	test('a database that the user may not fill', async () => {
		await refusedWork(`${createDatabase(cluster.dsn)} user=courier`,
			/permission denied for schema public/, /make this user the owner of the database, or GRANT it the right/)
	})

	test('a database without the language of its triggers, or without the right to it', async () => {
		const dsn = createDatabase(cluster.dsn)
		query(dsn, 'REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC', 'GRANT ALL ON SCHEMA public TO courier')
		await refusedWork(`${dsn} user=courier`, /permission denied for language plpgsql/, /GRANT/)
		query(dsn, 'DROP EXTENSION plpgsql')
		await refusedWork(`${dsn} user=courier`, /language "plpgsql" does not exist/, /CREATE EXTENSION/)
	})

	test('a database that is full of something else', async () => {
		const dsn = createDatabase(cluster.dsn)
		query(dsn, 'CREATE TABLE media (title TEXT)')
		await refused(dsn,
			/holds tables of something else and none of Broadsheet's; nothing was changed/, /an empty database of its own/)
		assert.equal(query(dsn, "SELECT count(*) FROM pg_class WHERE relname = 'schema_version'"), '0')
	})

	test('a database of a Broadsheet to come', async () => {
		const dsn = createDatabase(cluster.dsn)
		await good('init', '--data', join(dirname(data), 'future'), '--store', dsn)
		query(dsn, "INSERT INTO schema_version VALUES (900, '900-holograms', '00')")
		await refused(dsn, /made by a newer Broadsheet \(it has 900-holograms/, /install that version or a newer one/)
	})

	test('a server with no connection left', async () => {
		const dsn = createDatabase(cluster.dsn)
		query(dsn, 'ALTER DATABASE ' + dsn.match(/dbname=(\w+)/)[1] + ' OWNER TO courier')
		await good('init', '--data', join(dirname(data), 'full'), '--store', `${dsn} user=courier`)
		query(cluster.dsn, 'ALTER SYSTEM SET max_connections = 4') // of which three are kept for superusers
		cluster.stop()
		cluster.start()
		await refusedWork(`${dsn} user=courier`, /remaining connection slots are reserved/, /raise its max_connections/)
	})
})
