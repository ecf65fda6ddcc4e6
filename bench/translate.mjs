#!/usr/bin/env node
// The translation memory and Apertium. A million passages (or as many as given) are saved and indexed on SQLite and on PostgreSQL, then asked
// for what is nearly like one of them, by turns; what is found is held against a comparison with all. Apertium translates the demo
// newsroom's sentences through Broadsheet and by its own command line, by turns. What a translated page costs beside its original is
// bench/page.mjs's. See bench/translate.c.
//
//   bench/translate.mjs [PASSAGES [ROUNDS]]     1000000 passages, 3 rounds
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { byTurns, figure, machine, median, ratioOf, row } from './lib/measure.mjs'
import { root } from './lib/newsroom.mjs'
import { prose } from './lib/prose.mjs'

const [passages = 1000000, rounds = 3] = process.argv.slice(2).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
const cluster = join(folder, 'cluster'), text = join(folder, 'text')
const program = join(root, 'build/bench/bench_translate')
const env = { ...process.env, BS_CLUSTER_DURABLE: '1' }
const outside = (file, args, input) => execFileSync(file, args, { encoding: 'utf8', env, input, maxBuffer: 1 << 28 }).trim()
const sql = (dsn, ...commands) => outside('psql', ['-XqAt', '-d', dsn, ...commands.flatMap(command => ['-c', command])])
const bench = (what, dsn) => outside(program, [what, dsn, String(passages), text]).split('\n').map(line => JSON.parse(line))
const MB = bytes => `${Math.round(bytes / 1e6).toLocaleString('en')} MB`

function fill(name, dsn) {
	const [{ saved }, { indexed }] = bench('fill', dsn)
	row(`translations saved, ${name}`, figure([passages / saved], '/s'))
	row('… and indexed behind it', figure([passages / indexed], '/s'))
}

function measureRecall(dsn) {
	const bands = bench('recall', dsn)
	const share = (least, most) => {
		const within = bands.filter(band => band.least >= least && band.least < most)
		const [found, all] = ['found', 'all'].map(key => within.reduce((sum, band) => sum + band[key], 0))
		return `${found} of ${all}, ${(100 * found / all).toFixed(0)} %`
	}
	row('of the best eight there are, found: 70 % alike and more', share(70, 100))
	row('… 50 % and more', share(50, 100))
}

async function measureMemory() {
	chmodSync(folder, 0o711) // PostgreSQL's server does not run as root
	const server = outside(join(root, 'script/postgres-cluster'), ['start', cluster])
	sql(`${server} dbname=postgres`, 'CREATE DATABASE memory')
	const dsn = { SQLite: join(folder, 'memory.db'), PostgreSQL: `${server} dbname=memory` }
	for (const name of Object.keys(dsn))
		fill(name, dsn[name])
	sql(dsn.PostgreSQL, 'VACUUM ANALYZE')
	row('index of the memory, PostgreSQL', MB(sql(dsn.PostgreSQL, 'SELECT pg_total_relation_size(\'memory_gram\')')))
	row('… the whole database', MB(sql(dsn.PostgreSQL, 'SELECT pg_database_size(current_database())')))
	row('… SQLite', MB(statSync(dsn.SQLite).size))
	const found = await byTurns(rounds, Object.fromEntries(Object.keys(dsn).map(name => [name, () => bench('ask', dsn[name])])))
	for (const [name, list] of Object.entries(found)) {
		const [times, exact] = [list.map(([first]) => first), list.map(([, second]) => second.exact)]
		const p99 = times.map(each => each.p99)
		row(`nearly like one of ${passages} passages, ${name}, p50`, figure(times.map(each => each.p50), 'ms'))
		row('… p99', figure(p99, 'ms'), '', undefined, '20 ms at most', median(p99) <= 20)
		row(`passages of a page from the memory, ${name}`, figure(exact, '/s'))
	}
	measureRecall(dsn.SQLite)
}

async function measureApertium(sentences) {
	if (spawnSync('apertium', ['-l']).error !== undefined) {
		console.log('Apertium is not installed: apt-get install apertium apertium-eng-spa')
		return
	}
	const lines = Array.from({ length: 20 }, () => sentences.slice(0, 200)).flat().join('\n')
	const words = lines.split(/\s+/).length
	const file = join(folder, 'lines')
	writeFileSync(file, lines)
	const { broadsheet, apertium } = await byTurns(rounds, {
		broadsheet: () => words / JSON.parse(outside(program, ['apertium'], lines)).seconds,
		apertium: () => {
			const begun = performance.now()
			outside('apertium', ['eng-spa', file])
			return words * 1000 / (performance.now() - begun)
		},
	})
	const ratio = ratioOf(broadsheet, apertium)
	row('Apertium, English to Spanish, beside its own command line', figure(broadsheet, 'words/s'), figure(apertium), ratio,
		'0.9 at least', ratio >= 0.9)
}

console.log(machine())
outside('ninja', ['-C', join(root, 'build'), '--quiet', 'bench/bench_translate'])
try {
	const { demo, all } = prose()
	writeFileSync(text, `${all.join('\n')}\n`)
	await measureApertium(demo)
	await measureMemory()
} finally {
	spawnSync(join(root, 'script/postgres-cluster'), ['stop', cluster])
	rmSync(folder, { recursive: true, force: true })
}
