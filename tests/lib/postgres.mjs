// PostgreSQL for tests of the real program. The cluster is the one that script/postgres-cluster names in BS_TEST_POSTGRES;
// databases made in it are dropped when the test file ends. A test that stops and starts its server makes one of its own:
//
//   const dsn = createDatabase()              // an empty database
//   query(dsn, 'SELECT count(*) FROM story')  // what psql prints of it, unaligned
//   const cluster = startCluster()            // { dsn, stop(), start(), remove() }
//   const far = await farAway(dsn)            // { dsn, delay, close() }: what the server says arrives `delay` ms later

import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

// Is this run one on PostgreSQL?
export const onPostgres = process.env.BS_TEST_DRIVER === 'postgres'

const script = join(root, 'script/postgres-cluster')
const cluster = process.env.BS_TEST_POSTGRES
const run = `site_${process.pid}_${Date.now().toString(36)}`
const made = []

// For { skip: noCluster }: why tests that need both databases cannot run, or false.
export const noCluster = cluster ? false : 'no cluster; script/postgres-cluster run node --test … gives one'

if (onPostgres && noCluster)
	throw new Error(`BS_TEST_DRIVER is postgres, but there is ${noCluster}`)

// libpq takes the last of two options of one name, so what is added holds.
export function query(dsn, ...statements) {
	return execFileSync('psql', ['-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', `${dsn} options='-c client_min_messages=warning'`,
		...statements.flatMap(statement => ['-c', statement])], { encoding: 'utf8' }).trim()
}

// An empty database on the cluster (or another one); its DSN.
export function createDatabase(on = cluster) {
	const name = `${run}_${made.length}`
	query(`${on} dbname=postgres`, `CREATE DATABASE ${name}`)
	made.push([on, name])
	return `${on} dbname=${name}`
}

process.on('exit', () => {
	for (const [on, name] of made) {
		if (on === cluster)
			query(`${on} dbname=postgres`, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
	}
})

// A cluster of the test's own, which may be stopped ("fast", or "immediate" as a crash would) and started again.
export function startCluster() {
	const outer = mkdtempSync(join(process.env.TMPDIR ?? tmpdir(), 'broadsheet-cluster-'))
	const folder = join(outer, 'cluster')
	const call = (...args) => execFileSync(script, args, { encoding: 'utf8' }).trim()
	const remove = () => spawnSync('sh', ['-c', '"$0" stop "$1"; rm -rf "$2"', script, folder, outer])

	chmodSync(outer, 0o711) // the server does not run as root
	process.on('exit', remove)
	return {
		dsn: call('start', folder),
		start: () => call('start', folder),
		stop: (how = 'fast') => call('halt', folder, how),
		remove,
	}
}

// A cluster's database as if it were on another continent.
export async function farAway(dsn) {
	const socket = join(dsn.match(/host=(\S+)/)[1], '.s.PGSQL.5432')
	const far = { delay: 0 }
	const open = new Set()
	const server = createServer(near => {
		const there = connect(socket)
		for (const [a, b, late] of [[near, there, false], [there, near, true]]) {
			open.add(a)
			a.on('data', bytes => late ? setTimeout(() => b.write(bytes), far.delay) : b.write(bytes))
			a.on('error', () => {})
			a.on('close', () => { open.delete(a); b.destroy() })
		}
	})
	await new Promise(done => server.listen(0, '127.0.0.1', done))
	far.dsn = `${dsn.replace(/host=\S+/, 'host=127.0.0.1')} port=${server.address().port} sslmode=disable gssencmode=disable`
	far.close = () => { server.close(); open.forEach(end => end.destroy()) }
	return far
}
