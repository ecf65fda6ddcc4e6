// A crowd of slow clients (slowhttptest) does not keep a reader waiting.

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { get } from 'node:http'
import { after, before, test } from 'node:test'
import { missing, startSite } from '../lib/site.mjs'

const absent = spawnSync('slowhttptest', ['-h']).error ? 'slowhttptest is not installed; script/setup test installs it' : false
const options = { skip: missing || absent }
const CROWD = 300
const SECONDS = 5
const PATIENCE = 1000 // milliseconds for a page of a few that nobody else waits for

let site

before(async () => {
	if (!options.skip) site = await startSite({ folder: 'examples/harbour' })
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
