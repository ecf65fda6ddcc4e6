#!/usr/bin/env node
// How long a newsroom of 100,000 stories takes from the start of the program to its first page, and how much memory it holds once it has
// served pages all over it, beside the cache's configured size.
//
//   bench/start.mjs [STORIES [ROUNDS]]
import { figure, machine, median, memory, row, wrk } from './lib/measure.mjs'
import { ask, newsroom, serve, somePaths, wrkScript } from './lib/newsroom.mjs'

const [count = 100000, rounds = 9] = process.argv.slice(2).map(Number)
const CACHE_MB = 64
const data = newsroom(count)
const paths = somePaths(count, 20000)
const started = [], resident = [], idle = []

console.log(machine())
for (let i = 0; i < rounds; i++) {
	const server = await serve(data, { cache_mb: CACHE_MB })
	const socket = await server.connect()
	await ask(socket, paths[i])
	started.push(performance.now() - server.begun)
	idle.push(memory(server.pid).now)
	socket.destroy()
	if (i < 3) { // twice as many pages as the cache has room for, from all over the newsroom
		wrk(server.url, { threads: 2, seconds: 4, script: wrkScript(paths, 'start') })
		resident.push(memory(server.pid).most)
	}
	await server.stop()
}
row(`start to first answered request, ${count} stories`, figure(started, 'ms'), '', undefined, '100 ms at most', median(started) <= 100)
row('resident memory after the first page', figure(idle, 'MB'))
row(`resident memory at most, serving ${count} stories, cache of ${CACHE_MB} MB`, figure(resident, 'MB'), '', undefined,
	`${64 + CACHE_MB} MB at most`, median(resident) <= 64 + CACHE_MB)
