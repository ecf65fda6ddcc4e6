// A server whose clock is set: what is scheduled comes out once and never before its time by that clock, what is out stays out, who is
// signed in stays so. The clock is libfaketime's, moved while the server runs. It tells no program that it was set, as the kernel does;
// so the server is made to look by a change in its database.

import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { Browser, codeOf, makeUser, noticeOf, password, signIn } from '../lib/desk.mjs'
import { makeNewsroom, missing, run, startSite, until } from '../lib/site.mjs'

const library = readdirSync('/usr/lib').map(name => `/usr/lib/${name}/faketime/libfaketimeMT.so.1`).find(existsSync)
const options = { skip: missing || (library ? false : 'libfaketime is not installed; script/setup test installs it') }
const pause = ms => new Promise(done => setTimeout(done, ms))

// A newsroom in Berlin at that moment (an ISO time), with its server: clock.set(moment) moves it.
async function atBerlin(moment, stories, fn) {
	const data = await makeNewsroom()
	const file = join(dirname(data), 'clock'), folder = join(dirname(data), 'stories')
	const env = { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1', TZ: 'UTC',
		ASAN_OPTIONS: 'verify_asan_link_order=0:detect_leaks=0' }
	const good = async (...args) => assert.equal((await run(args, { env })).status, 0, args.join(' '))
	let turns = 0, site
	const clock = {
		async set(to) {
			const ahead = (Date.parse(to) - Date.now()) / 1000
			writeFileSync(file, `${ahead < 0 ? '' : '+'}${ahead.toFixed(3)}`)
			if (site)
				await good('set', '--data', data, 'tagline', `Look ${++turns}`)
		},
	}
	try {
		await clock.set(moment)
		await good('set', '--data', data, 'timezone', 'Europe/Berlin')
		mkdirSync(folder)
		for (const [slug, published] of Object.entries(stories))
			writeFileSync(join(folder, `${slug}.md`), `---\ntitle: Title of ${slug}\nslug: ${slug}\npublished: ${published}\n---\n\nWords.\n`)
		await good('import', '--data', data, folder)
		site = await startSite({ data, env })
		await fn(site, clock, data)
	} finally {
		await site?.stop()
		rmSync(dirname(data), { recursive: true, force: true })
	}
}

const out = async (site, path) => (await site.get(path)).status === 200
const released = async site => Number((await site.get('/metrics')).text.match(/^broadsheet_queue_done_total\{kind="publish"\} (\d+)/m)?.[1] ?? 0)

// It is not, and does not get there while the server looks.
async function staysUnseen(site, path) {
	for (let i = 0; i < 10; i++) {
		assert.equal((await site.get(path)).status, 404, path)
		await pause(50)
	}
}

test('an hour forward and back: each story once, none early, none taken back, and nobody is signed out', options, async () => {
	const stories = { now: '2026-06-10T09:00:00Z', soon: '2026-06-10T10:30:00Z', late: '2026-06-10T11:30:00Z' }
	await atBerlin('2026-06-10T10:00:00Z', stories, async (site, clock) => {
		const ed = await signIn(site, await makeUser(site, { role: 'editor' }))
		const signedIn = async () => assert.equal((await ed.get('/desk/', { follow: false })).status, 200)
		await staysUnseen(site, '/2026/06/soon')
		await clock.set('2026-06-10T11:00:00Z')
		await until(10, 'the story that an hour forward makes due', () => out(site, '/2026/06/soon'))
		await staysUnseen(site, '/2026/06/late')
		await signedIn()
		const late = await signIn(site, await makeUser(site, { role: 'author' }))
		await clock.set('2026-06-10T10:00:00Z')
		await staysUnseen(site, '/2026/06/late')
		for (const page of ['/', '/feed.xml', '/archive/2026/06'])
			assert.match((await site.get(page)).text, /Title of soon/, page)
		assert.ok(await out(site, '/2026/06/soon'))
		await signedIn()
		assert.equal((await late.get('/desk/', { follow: false })).status, 200, 'who signed in by the clock that was ahead')
		await clock.set('2026-06-10T11:00:00Z')
		await staysUnseen(site, '/2026/06/late')
		assert.equal(await released(site), 1)
		await clock.set('2026-06-10T11:30:01Z')
		await until(10, 'the other one', () => out(site, '/2026/06/late'))
		assert.equal(await released(site), 2)
		await signedIn()
	})
})

const nights = {
	'midnight, a month and a year': { before: '2026-12-31T22:59:40Z', after: '2026-12-31T23:00:01Z', local: '2027-01-01 00:00',
		path: '/2027/01/night' },
	'the hour that spring leaves out': { before: '2026-03-29T00:59:40Z', after: '2026-03-29T01:00:01Z', local: '2026-03-29 03:00',
		path: '/2026/03/night' },
	'the hour that autumn has twice': { before: '2026-10-25T01:59:40Z', after: '2026-10-25T02:00:01Z', local: '2026-10-25 03:00',
		path: '/2026/10/night' },
}

for (const [what, { before, after, local, path }] of Object.entries(nights))
	test(`across ${what} a story comes out at the minute that its author wrote, and once`, options, async () => {
		await atBerlin(before, { night: local }, async (site, clock) => {
			await staysUnseen(site, path)
			await clock.set(after)
			await until(10, 'the story', () => out(site, path))
			await clock.set(before)
			await clock.set(after)
			await pause(300)
			assert.equal(await released(site), 1)
			assert.ok(await out(site, path))
		})
	})

test('a server that starts with its clock an hour behind brings nothing out early, and all of it when the clock is right', options, async () => {
	await atBerlin('2026-06-10T09:00:00Z', { due: '2026-06-10T10:00:00Z' }, async (site, clock) => {
		await staysUnseen(site, '/2026/06/due')
		await clock.set('2026-06-10T10:00:01Z')
		await until(10, 'the story', () => out(site, '/2026/06/due'))
	})
})

test('a code that was taken while the clock was ahead blocks no later one, and none counts twice', options, async () => {
	await atBerlin('2026-06-10T13:00:00Z', {}, async (site, clock) => {
		const user = await makeUser(site, { role: 'editor' })
		const desk = await signIn(site, user), page = await desk.get('/desk/me/factor')
		const key = page.text.match(/<code>([A-Z2-7 ]+)<\/code>/)[1]
		const at = moment => codeOf(key, Date.parse(moment) / 1000)
		const enter = async code => {
			const browser = new Browser(site)
			const asked = await browser.submit(await browser.get('/desk/sign-in'), { email: user.email, password })
			return (await browser.submit(asked, { code })).url.split('?')[0]
		}
		await clock.set('2026-06-10T13:00:05Z')
		const set = await desk.submit(page, { code: at('2026-06-10T13:00:05Z'), password })
		assert.equal(set.text.match(/<code>[A-Z2-7-]+<\/code>/g)?.length, 10, noticeOf(set))
		await clock.set('2026-06-10T10:00:05Z')
		assert.equal(await enter(at('2026-06-10T10:00:05Z')), '/desk/')
		await clock.set('2026-06-10T10:00:10Z')
		assert.equal(await enter(at('2026-06-10T10:00:10Z')), '/desk/sign-in/code', 'the same code once more')
		await clock.set('2026-06-10T10:00:35Z')
		assert.equal(await enter(at('2026-06-10T10:00:35Z')), '/desk/')
	})
})
