// Many sign in at once: argon2id takes its time and its memory, and readers notice nothing.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Browser, makeUser } from '../../lib/desk.mjs'
import { missing, startSite } from '../../lib/site.mjs'

const SIGN_INS = 20
// Milliseconds for a page, at the median. One that waits behind sign-ins waits for seconds; one that does not has some 20 of a
// quiet machine, and more of one that tests something else beside.
const PATIENCE = 400
let site, people

before(async () => {
	if (missing) return
	site = await startSite({ folder: 'examples/harbour' })
	people = []
	for (let i = 0; i < SIGN_INS; i++)
		people.push(await makeUser(site, { role: 'author' }))
})

after(() => site?.stop())

test(`a page takes under ${PATIENCE} ms, kept or made, while ${SIGN_INS} people sign in, who all get in`, { skip: missing }, async () => {
	const browsers = people.map((_, i) => new Browser(site, { 'X-Forwarded-For': `192.0.2.${i + 1}` }))
	const pages = await Promise.all(browsers.map(browser => browser.get('/desk/sign-in')))
	await site.get('/')
	await site.get('/search?q=warm')
	let waiting = SIGN_INS
	const ends = browsers.map((browser, i) => browser.submit(pages[i], { email: people[i].email, password: people[i].password })
		.finally(() => waiting--))
	const times = { kept: [], made: [] }
	for (let i = 0; waiting > 0; i++) {
		for (const [kind, path] of [['kept', '/'], ['made', `/search?q=ice+${i}`]]) {
			const began = performance.now()
			const { status } = await site.get(path)
			if (waiting > 0)
				times[kind].push(performance.now() - began)
			assert.equal(status, 200)
		}
		await new Promise(again => setTimeout(again, 20))
	}
	for (const end of await Promise.all(ends))
		assert.equal(end.url, '/desk/', end.text)
	for (const [kind, all] of Object.entries(times)) {
		all.sort((a, b) => a - b)
		const usual = all[Math.floor(all.length / 2)] // a machine that others use holds some up
		assert.ok(all.length > 10, `${all.length}`)
		assert.ok(usual < PATIENCE, `${kind}: ${all.map(ms => ms.toFixed()).join(' ')}`)
	}
})
