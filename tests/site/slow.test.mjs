// A crowd of slow clients (slowhttptest) does not keep a reader waiting.

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { get } from 'node:http'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { missing, startSite } from '../lib/site.mjs'

const absent = spawnSync('slowhttptest', ['-h']).error ? 'slowhttptest is not installed; script/setup test installs it' : false
const options = { skip: missing || absent }
const CROWD = 300
const SECONDS = 5
const PATIENCE = 1000 // milliseconds for a page of a few that nobody else waits for

let site

before(async () => {
	if (!missing) site = await startSite({ folder: 'examples/harbour' })
})

after(() => site?.stop())

const crowds = {
	'send their headers slowly': ['-H', '-i', '1'],
	'send their body slowly': ['-B', '-i', '1', '-s', '8192', '-t', 'POST'],
	'read slowly': ['-X', '-w', '1', '-y', '64', '-n', '1', '-z', '16', '-k', '3'],
}
// A page as a reader elsewhere has it: no address may hold more than its share of connections, so the crowd's own is full.
const readFrom = (address, path) => new Promise((done, fail) => {
	get(site.url + path, { localAddress: address, agent: false, timeout: 5000 }, answer => {
		answer.resume().on('end', () => done(answer.statusCode)).on('error', fail)
	}).on('error', fail).on('timeout', function () { this.destroy(new Error('no answer within 5 seconds')) })
})

for (const [what, flags] of Object.entries(crowds))
	test(`${CROWD} clients that ${what} keep no reader waiting`, options, async () => {
		const all = [...flags, '-c', CROWD, '-r', CROWD, '-l', SECONDS, '-u', `${site.url}/`, '-p', '3', '-v', '1']
		const crowd = spawn('slowhttptest', all.map(String), { stdio: 'ignore' })
		const gone = new Promise(done => crowd.once('close', done))
		await new Promise(done => setTimeout(done, 1500)) // they are all there
		const times = []
		for (let i = 0; i < 10; i++) {
			const began = performance.now()
			assert.equal(await readFrom('127.0.0.2', i % 2 ? '/' : '/2025/11/the-first-ice'), 200)
			times.push(performance.now() - began)
			await new Promise(done => setTimeout(done, 150))
		}
		assert.equal(crowd.exitCode, null, 'the crowd was there all the time')
		crowd.kill()
		await gone
		times.sort((a, b) => a - b)
		assert.ok(times[8] < PATIENCE, `nine of ten pages within ${times[8].toFixed()} ms, the last within ${times[9].toFixed()}`)
	})

// How each of them holds a connection; all are ended without a crowd, in the time that docs/rooms/http.md gives.
const holders = {
	'says nothing': () => {},
	'stops within a header': socket => socket.write('GET / HTTP/1.1\r\nHost: x\r\nX-'),
	'sends a header a byte a second': socket => {
		socket.write('GET / HTTP/1.1\r\nHost: x\r\nX-')
		const drip = setInterval(() => socket.write('a'), 1000)
		socket.on('close', () => clearInterval(drip))
	},
	'sends half of a body': socket => socket.write('POST /desk/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf'),
	'asks once and stays': socket => socket.write('GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n'),
}
const LONGEST = 30 // seconds; idle connections have 20, requests 15

describe('who holds a connection for nothing is shown out', { skip: missing, concurrency: true }, () => {
	for (const [what, hold] of Object.entries(holders))
		test(`a client that ${what}`, async () => {
			const { hostname, port } = new URL(site.url)
			const socket = connect({ host: hostname, port, localAddress: '127.0.0.3' })
			const began = performance.now()
			socket.resume().on('error', () => {}).on('connect', () => hold(socket))
			const closed = await Promise.race([new Promise(done => socket.on('close', () => done(true))),
				new Promise(done => setTimeout(done, LONGEST * 1000, false))])
			socket.destroy()
			assert.ok(closed, `still there after ${((performance.now() - began) / 1000).toFixed()} seconds`)
		})
})

test('the operator sees requests and connections counted', { skip: missing }, async () => {
	await readFrom('127.0.0.1', '/')
	const { text } = await site.get('/metrics')
	for (const name of ['requests_total{', 'connections_total ', 'connections ', 'request_seconds_count '])
		assert.match(text, new RegExp(`^broadsheet_http_${name}.*[1-9]`, 'm'))
	assert.match(text, /^broadsheet_http_closed_total{reason="slow-request"} [1-9]/m)
})
