#!/usr/bin/env node
// A newsroom on SQLite and on PostgreSQL: importing 5,000 stories; then, with 100,000 stories, pages that no cache has and searches. Both by
// turns, so that what else the machine does hits both. The cluster is a private one with durability on, as a newsroom would have it,
// on this machine.
//
//   bench/store-newsroom.mjs [STORIES [IMPORTED [ROUNDS [PAGES]]]]    100000 stories, 5000 to import 3 times, 1000 pages of a kind
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { anyWord, generator, storyOf, storyPath, word } from './content.mjs'
import { byTurns, figure, machine, quantile, ratioOf, row, timed } from './lib/measure.mjs'
import { ask, call, move, newsroom, postgresCluster, program, psql as sql, serve, stories } from './lib/newsroom.mjs'

const [count = 100000, imported = 5000, rounds = 3, pages = 1000] = process.argv.slice(2).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
const cluster = join(folder, 'cluster')
const SECTION = 20 // stories a page of a list has at most

async function measureImport(dsn) {
	const from = stories(imported)
	const into = (name, ...store) => {
		const data = join(folder, name)
		rmSync(data, { recursive: true, force: true })
		call('init', '--data', data, ...store)
		return timed(program, ['import', '--data', data, from]).seconds
	}
	const { sqlite, postgres } = await byTurns(rounds, {
		sqlite: () => into('import-sqlite'),
		postgres: () => {
			sql(`${dsn} dbname=postgres`, 'DROP DATABASE IF EXISTS news', 'CREATE DATABASE news')
			return into('import-postgres', '--store', `${dsn} dbname=news`)
		},
	})
	row(`import of ${imported} stories`, figure(sqlite, 's'), figure(postgres, 's'), ratioOf(postgres, sqlite))
}

// The same newsroom in both databases.
function both(dsn) {
	const sqlite = newsroom(count), there = move(sqlite, dsn, join(folder, 'postgres'))
	row(`${count} stories moved, every row compared`, '', figure([there.seconds], 's'))
	return { sqlite, postgres: there.data }
}

async function measurePages(what, sockets, path) {
	const took = { sqlite: [], postgres: [] }
	const names = Object.keys(took)
	for (let i = -100; i < pages; i++) { // first, statements are prepared and caches warm
		for (const name of i % 2 ? names : [...names].reverse()) {
			const time = await ask(sockets[name], path(i + 100))
			if (i >= 0)
				took[name].push(time)
		}
	}
	for (const [part, q] of [['p50', 0.5], ['p99', 0.99]]) {
		const [ours, theirs] = names.map(name => quantile(took[name], q))
		row(`${what}, ${part}`, `${ours.toFixed(2)} ms`, `${theirs.toFixed(2)} ms`, theirs / ours)
	}
}

// What readers type, each time another: { kind of search: its words }.
const searches = {
	'one word': random => anyWord(random, 30),
	'one of the ten most common words': random => word(Math.floor(random() * 10)),
	'two words': random => `${anyWord(random, 30)} ${anyWord(random, 5)}`,
	'a phrase of a title': random => {
		const words = storyOf(Math.floor(random() * count), count).title.split(' ')
		return `"${words[0]} ${words[1]}"`
	},
	'the beginning of a word': random => `${anyWord(random, 30).slice(0, -2) || 'ba'}*`,
}

async function measureAll(sockets) {
	const deep = Math.max(1, Math.min(10, Math.floor(count / 12 / SECTION) - 1))
	await measurePages('story page', sockets, i => storyPath(i * 7919 % count, count))
	await measurePages('listing page', sockets, i => `/theme/theme-${i % 12}${i % deep ? `/page/${1 + i % deep}` : ''}`)
	await measurePages('home page', sockets, () => '/')
	await measurePages('feed', sockets, i => `/tag/tag-${i % 200}/feed.xml`)
	for (const [kind, words] of Object.entries(searches)) {
		const random = generator(977)
		await measurePages(`search, ${kind}`, sockets, () => `/search?q=${encodeURIComponent(words(random))}`)
	}
}

const servers = []
try {
	chmodSync(folder, 0o711)
	const dsn = postgresCluster('start', cluster)
	console.log(`${machine()}. Broadsheet on SQLite; the peer is Broadsheet on PostgreSQL`)
	await measureImport(dsn)
	const sockets = {}
	for (const [name, data] of Object.entries(both(dsn))) {
		const server = await serve(data, { cache_mb: 0 })
		servers.push(server)
		sockets[name] = await server.connect()
	}
	await measureAll(sockets)
	Object.values(sockets).forEach(socket => socket.destroy())
} finally {
	await Promise.all(servers.map(server => server.stop()))
	postgresCluster('stop', cluster)
	rmSync(folder, { recursive: true, force: true })
}
