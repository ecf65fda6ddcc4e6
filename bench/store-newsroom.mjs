#!/usr/bin/env node
// One newsroom of 5,000 stories on SQLite and on PostgreSQL: importing it, moving it, and pages that no cache has. Both by
// turns, so that what else the machine does hits both. The cluster is a private one with durability on, as a newsroom would
// have it, on this machine.
//
//   bench/store-newsroom.mjs [STORIES [ROUNDS [PAGES]]]      5000 stories, 3 imports of each, 3000 pages of a kind
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = resolve(fileURLToPath(import.meta.url), '../..')
const program = process.env.BS_BIN ?? join(root, 'build/broadsheet')
const [stories = 5000, rounds = 3, pages = 3000] = process.argv.slice(2).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
const cluster = join(folder, 'cluster')
const call = (file, ...args) => execFileSync(file, args, { encoding: 'utf8', env: { ...process.env, BS_CLUSTER_DURABLE: '1' } }).trim()
const newsrooms = { sqlite: join(folder, 'sqlite'), postgres: join(folder, 'postgres') }
const names = Object.keys(newsrooms)
const servers = []

const sorted = list => [...list].sort((a, b) => a - b)
const quantile = (list, q) => sorted(list)[Math.min(list.length - 1, Math.floor(list.length * q))]
const seconds = begun => (performance.now() - begun) / 1000

function row(what, figures, unit) {
	const [one, other] = names.map(name => `${figures[name].toFixed(2).padStart(8)} ${unit}`)
	console.log(`  ${what.padEnd(34)} SQLite ${one}   PostgreSQL ${other}   ${(figures.postgres / figures.sqlite).toFixed(2)} ×`)
}

function makeEmpty(name, dsn) {
	rmSync(newsrooms[name], { recursive: true, force: true })
	if (name === 'postgres')
		call('psql', '-Xq', '-d', `${dsn} dbname=postgres`, '-c', 'DROP DATABASE IF EXISTS news', '-c', 'CREATE DATABASE news')
	call(program, 'init', '--data', newsrooms[name], ...(name === 'postgres' ? ['--store', `${dsn} dbname=news`] : []))
}

function measureImport(dsn) {
	const took = { sqlite: [], postgres: [] }
	for (let i = 0; i < rounds; i++) {
		for (const name of names) {
			makeEmpty(name, dsn)
			const begun = performance.now()
			call(program, 'import', '--data', newsrooms[name], join(folder, 'stories'))
			took[name].push(seconds(begun))
		}
	}
	row(`import of ${stories} stories`, Object.fromEntries(names.map(name => [name, quantile(took[name], 0.5)])), 's ')
}

function measureMove(dsn) {
	const there = performance.now()
	call('psql', '-Xq', '-d', `${dsn} dbname=postgres`, '-c', 'CREATE DATABASE moved')
	call(program, 'migrate-store', '--from', newsrooms.sqlite, '--to', `${dsn} dbname=moved`)
	const back = performance.now()
	call(program, 'migrate-store', '--from', `${dsn} dbname=moved`, '--to', join(folder, 'moved.db'))
	console.log(`  moved to PostgreSQL in ${((back - there) / 1000).toFixed(2)} s, and back in ${seconds(back).toFixed(2)} s`)
}

async function serve(name) {
	const config = join(newsrooms[name], 'broadsheet.conf')
	const store = call('grep', '-A9', '^.store', config)
	writeFileSync(config, `[server]\ncache_mb = 0\n${store}\n`)
	const child = spawn(program, ['serve', '--data', newsrooms[name], '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] })
	servers.push(child)
	const port = await new Promise((done, fail) => {
		child.stdout.on('data', text => done(Number(String(text).match(/:(\d+)/)[1])))
		child.on('exit', code => fail(new Error(`serve ended with ${code}`))) // nobody listens any more once it serves
	})
	return new Promise(done => {
		const socket = net.connect({ port, host: '127.0.0.1', noDelay: true }, () => done(socket))
	})
}

// One request over a kept connection: microseconds until its last byte.
function ask(socket, path) {
	return new Promise((done, fail) => {
		const begun = process.hrtime.bigint()
		let head = '', missing = -1
		socket.removeAllListeners('data')
		socket.on('data', bytes => {
			if (missing < 0) {
				head += bytes.toString('latin1')
				const end = head.indexOf('\r\n\r\n')
				if (end < 0)
					return
				if (!head.startsWith('HTTP/1.1 200'))
					fail(new Error(`${path}: ${head.slice(0, 40)}`))
				missing = Number(head.match(/content-length: (\d+)/i)[1]) - (head.length - end - 4)
			} else {
				missing -= bytes.length
			}
			if (missing <= 0)
				done(Number(process.hrtime.bigint() - begun) / 1000)
		})
		socket.write(`GET ${path} HTTP/1.1\r\nHost: bench.example\r\n\r\n`)
	})
}

async function measurePages(what, sockets, path) {
	const took = { sqlite: [], postgres: [] }
	for (let i = 0; i < pages + 200; i++) {
		for (const name of i % 2 ? names : [...names].reverse()) {
			const time = await ask(sockets[name], path(i))
			if (i >= 200) // before that, caches warm up
				took[name].push(time)
		}
	}
	for (const [part, q] of [['p50', 0.5], ['p99', 0.99]])
		row(`${what}, ${part}`, Object.fromEntries(names.map(name => [name, quantile(took[name], q) / 1000])), 'ms')
}

// The address of the n-th story of bench/content.mjs.
function storyPath(n) {
	const day = new Date(Date.UTC(2010, 0, 1) + n * (5600 * 86400000 / stories))
	return `/${day.getUTCFullYear()}/${String(day.getUTCMonth() + 1).padStart(2, '0')}/story-${n}`
}

try {
	chmodSync(folder, 0o711)
	call('node', join(root, 'bench/content.mjs'), join(folder, 'stories'), stories)
	const dsn = call(join(root, 'script/postgres-cluster'), 'start', cluster)
	measureImport(dsn)
	measureMove(dsn)
	call('psql', '-Xq', '-d', `${dsn} dbname=news`, '-c', 'VACUUM ANALYZE')
	const sockets = {}
	for (const name of names)
		sockets[name] = await serve(name)
	await measurePages('story page', sockets, i => storyPath(i * 7919 % stories))
	const deep = Math.max(1, Math.min(10, Math.floor(stories / 12 / 20) - 1)) // of a theme's pages, 20 stories or more each
	await measurePages('listing page', sockets, i => `/theme/theme-${i % 12}${i % deep ? `/page/${1 + i % deep}` : ''}`)
	await measurePages('home page', sockets, () => '/')
} finally {
	await Promise.all(servers.map(server => new Promise(ended => { server.on('exit', ended); server.kill() })))
	call(join(root, 'script/postgres-cluster'), 'stop', cluster)
	rmSync(folder, { recursive: true, force: true })
}
process.exit(0)
