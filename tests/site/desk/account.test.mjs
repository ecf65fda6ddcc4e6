// People at the desk: signing in and out, second factors, sessions, roles, invitations, the log.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Browser, codeOf, formsOf, makeUser, noticeOf, password, signIn } from '../../lib/desk.mjs'
import { missing, run, startSite } from '../../lib/site.mjs'

if (missing)
	test('accounts', { skip: missing }, () => {})
else
	tests()

function tests() {
	let site

	before(async () => { site = await startSite() })
	after(() => site.stop())

	const tryTo = async (email, word, browser = new Browser(site)) =>
		browser.submit(await browser.get('/desk/sign-in'), { email, password: word }, {}, { follow: false })

	test('whoever is not signed in is asked to, and then gets where they were going', async () => {
		const user = await makeUser(site, { role: 'editor' })
		const browser = new Browser(site)
		const asked = await browser.get('/desk/audit')
		assert.match(asked.url, /^\/desk\/sign-in\?next=/)
		const there = await browser.submit(asked, { email: user.email.toUpperCase(), password })
		assert.equal(there.url, '/desk/audit')
		assert.equal(there.status, 200)
	})

	test('a link to the sign-in page leads to no other site', async () => {
		const user = await makeUser(site)
		for (const next of ['https://evil.example/', '//evil.example/', '/desk/../../x', '/\\evil.example']) {
			const browser = new Browser(site)
			const page = await browser.get(`/desk/sign-in?next=${encodeURIComponent(next)}`)
			const answer = await browser.submit(page, { email: user.email, password }, {}, { follow: false })
			assert.equal(answer.location, '/desk/', next)
		}
	})

	test('a wrong password, an unknown address and a disabled account get the same answer', async () => {
		const user = await makeUser(site), gone = await makeUser(site)
		assert.equal((await run(['user', 'disable', '--data', site.data, gone.email])).status, 0)
		const answers = [await tryTo(user.email, 'not the password'), await tryTo('nobody@example.org', password), await tryTo(gone.email, password)]
		const plain = answers.map(({ text, status }) => `${status} ${text.replace(/value="[^"]*"/g, '')}`)
		assert.equal(new Set(plain).size, 1)
		assert.equal(answers[0].status, 403)
	})

	test('the cookie of a session is for this host, encrypted ways and no script; pages are stored nowhere', async () => {
		const user = await makeUser(site)
		const answer = await tryTo(user.email, password)
		const cookie = answer.headers.getSetCookie().find(line => line.startsWith('__Host-desk='))
		assert.match(cookie, /; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=1209600$/)
		const page = await (await signIn(site, user)).get('/desk/')
		assert.equal(page.headers.get('cache-control'), 'no-store')
		assert.match(page.headers.get('content-security-policy'), /default-src 'none'; script-src 'self'; style-src 'self'/)
		assert.doesNotMatch(page.text, /<style|<script(?! src)| on\w+=| style=/)
	})

	test('tries beyond the first few have to wait, also after a restart', async t => {
		// In a newsroom of its own: failures count by address, too, and how many there are depends on how fast the machine is.
		const site = await startSite()
		t.after(() => site.stop())
		const user = await makeUser(site)
		const tries = word => tryTo(user.email, word, new Browser(site))
		for (let i = 0; i < 6; i++)
			assert.equal((await tries('wrong')).status, 403)
		// The wait grows with each further failure: on to one that lasts longer than a server takes to start beside other tests.
		for (let wait = 0; wait < 8;) {
			const { status, headers } = await tries('wrong')
			if (status === 403) continue
			assert.equal(status, 429)
			wait = Number(headers.get('retry-after'))
			assert.ok(wait >= 1)
			if (wait < 8) await sleep(1000 * wait)
		}
		assert.equal((await tries(password)).status, 429)
		const second = await startSite({ data: site.data })
		const browser = new Browser(second)
		const again = await browser.submit(await browser.get('/desk/sign-in'), { email: user.email, password }, {}, { follow: false })
		await second.stop()
		assert.equal(again.status, 429)
	})

	test('a form of another site, one without the token, and one of another session do nothing', async () => {
		const user = await makeUser(site)
		const desk = await signIn(site, user)
		const page = await desk.get('/desk/me')
		const fields = Object.fromEntries(formsOf(page.text).find(form => form.action === '/desk/me').fields)
		const headers = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }
		const foreign = await desk.post('/desk/me', { ...fields, name: 'Mallory' }, { headers })
		assert.equal(foreign.status, 403)
		const other = formsOf((await (await signIn(site, user)).get('/desk/me')).text).find(form => form.action === '/desk/me').fields
		for (const csrf of [null, '', 'x', Object.fromEntries(other).csrf]) {
			const { csrf: own, ...rest } = fields
			assert.ok(own)
			const answer = await desk.post('/desk/me', { ...rest, ...(csrf === null ? {} : { csrf }), name: 'Mallory' })
			assert.match(answer.text, /has not been saved yet/)
		}
		assert.doesNotMatch((await desk.get('/desk/me')).text, /Mallory/)
	})

	test('what was written comes back after sign-in when the session was over', async () => {
		const user = await makeUser(site)
		const desk = await signIn(site, user)
		const form = await desk.get('/desk/story/new')
		assert.equal((await run(['user', 'sessions', '--end', '--data', site.data, user.email])).status, 0)
		const body = `Long & “quoted” <text>\n\n${'Paragraph. '.repeat(2000)}`
		const asked = await desk.submit(form, { title: 'Not lost', body }, { do: 'save' })
		assert.equal(asked.status, 403)
		assert.match(noticeOf(asked), /is kept/)
		const wrong = await desk.submit(asked, { email: user.email, password: 'wrong' })
		assert.equal(wrong.status, 403)
		const back = await desk.submit(wrong, { email: user.email, password })
		assert.equal(back.status, 200)
		assert.match(back.text, /Nothing was lost/)
		const saved = await desk.submit(back)
		assert.match(saved.url, /^\/desk\/story\/\d+/)
		const fields = Object.fromEntries(formsOf(saved.text).find(form => form.fields.some(([name]) => name === 'title')).fields)
		assert.equal(fields.title, 'Not lost')
		assert.match(fields.body, /Long & “quoted”/)
	})

	test('a second factor is set up with its own code, asked for, never taken twice, and stood in for by recovery codes', async () => {
		const user = await makeUser(site)
		const desk = await signIn(site, user)
		const setUp = await desk.get('/desk/me/factor')
		const key = setUp.text.match(/<code>([A-Z2-7 ]+)<\/code>/)[1]
		assert.match(setUp.text, /href="otpauth:\/\/totp\/[^"]*secret=[A-Z2-7]+&amp;issuer=/)
		assert.match(setUp.text, /<svg/)
		assert.equal((await desk.submit(setUp, { code: '000000', password })).status, 422)
		const codes = await desk.submit(setUp, { code: codeOf(key), password })
		const recovery = [...codes.text.matchAll(/<code>([A-Z2-7-]+)<\/code>/g)].map(match => match[1])
		assert.equal(recovery.length, 10)

		const step = async (browser, code) => {
			const page = await browser.submit(await browser.get('/desk/sign-in'), { email: user.email, password })
			assert.match(page.text, /name="code"/)
			return browser.submit(page, { code })
		}
		assert.equal((await step(new Browser(site), codeOf(key))).status, 403, 'the code that set it up was used')
		const next = codeOf(key, Date.now() / 1000 + 30)
		assert.equal((await step(new Browser(site), next)).url.split('?')[0], '/desk/')
		assert.equal((await step(new Browser(site), next)).status, 403)
		assert.equal((await step(new Browser(site), recovery[3].toLowerCase())).url.split('?')[0], '/desk/')
		assert.equal((await step(new Browser(site), recovery[3])).status, 403)
		assert.match((await desk.get('/desk/me/factor')).text, /9 recovery codes are left/)
	})

	test('a password is changed with the one before, and signs every other browser out', async () => {
		const user = await makeUser(site)
		const [here, there] = [await signIn(site, user), await signIn(site, user)]
		const page = await here.get('/desk/me')
		const wrong = await here.submit(page, { password: 'wrong', new: 'another horse battery' }, {}, { action: '/desk/me/password' })
		assert.equal(wrong.status, 422)
		const short = await here.submit(page, { password, new: 'short' }, {}, { action: '/desk/me/password' })
		assert.match(short.text, /too short/)
		const done = await here.submit(page, { password, new: 'another horse battery' }, {}, { action: '/desk/me/password' })
		assert.match(noticeOf(done), /is changed/)
		assert.equal((await there.get('/desk/', { follow: false })).status, 303)
		assert.equal((await tryTo(user.email, password)).status, 403)
		assert.equal((await tryTo(user.email, 'another horse battery')).status, 303)
	})

	test('sessions are listed by the browser’s name and the system it runs on', async () => {
		const user = await makeUser(site, { role: 'author' })
		const apple = 'AppleWebKit/537.36 (KHTML, like Gecko)'
		const agents = {
			'Firefox on Linux': 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
			'Edge on Windows': `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${apple} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0`,
			'Chrome on Android': `Mozilla/5.0 (Linux; Android 10; K) ${apple} Chrome/126.0.0.0 Mobile Safari/537.36`,
			'Safari on iPhone': `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) ${apple} Version/17.5 Mobile/15E148 Safari/604.1`,
			'Ferret &lt;b&gt;': 'Ferret <b>',
		}
		let page
		for (const agent of Object.values(agents))
			page = await (await signIn(site, user, new Browser(site, { 'User-Agent': agent }))).get('/desk/me')
		for (const name of Object.keys(agents))
			assert.ok(page.text.includes(`>${name}</th>`), name)
	})

	test('sessions are listed and ended one by one; signing out ends one', async () => {
		const user = await makeUser(site)
		const [here, there] = [await signIn(site, user), await signIn(site, user)]
		const page = await here.get('/desk/me')
		assert.equal(page.text.match(/Sign out there<\/button>/g).length, 1)
		const id = Object.fromEntries(formsOf(page.text).find(form => form.action === '/desk/me/sessions').fields)
		await here.post('/desk/me/sessions', id)
		assert.equal((await there.get('/desk/', { follow: false })).status, 303)
		const out = formsOf(page.text).find(form => form.action === '/desk/sign-out')
		const kept = new Map(here.cookies)
		await here.post('/desk/sign-out', Object.fromEntries(out.fields))
		here.cookies = kept
		assert.equal((await here.get('/desk/', { follow: false })).status, 303, 'the token alone is worth nothing any more')
	})

	test('an invitation makes one account with the role it was for', async () => {
		const admin = await signIn(site, await makeUser(site, { role: 'administrator' }))
		const invited = { email: 'New.One@example.org', name: 'New One', role: 'author' }
		const page = await admin.submit(await admin.get('/desk/accounts'), invited, { do: 'invite' })
		const link = page.text.match(/<code>[^<]*(\/desk\/join\/[\w-]+)<\/code>/)[1]
		const browser = new Browser(site)
		const form = await browser.get(link)
		assert.match(form.text, /new\.one@example\.org/)
		assert.equal((await browser.submit(form, { password: 'short' })).status, 400)
		const joined = await browser.submit(form, { password: 'three good words here' })
		assert.equal(joined.status, 200)
		assert.match(joined.text, /New One/)
		assert.equal((await browser.get(link)).status, 404)
		const listed = JSON.parse((await run(['user', 'list', '--json', '--data', site.data])).stdout).users
		assert.equal(listed.find(user => user.email === 'new.one@example.org').role, 'author')
	})

	test('roles see and reach what is theirs', async () => {
		const reach = { contributor: [200, 403, 403], author: [200, 403, 403], translator: [403, 403, 403], editor: [200, 200, 403],
			administrator: [200, 200, 200] }
		for (const [role, wanted] of Object.entries(reach)) {
			const desk = await signIn(site, await makeUser(site, { role }))
			const got = []
			for (const path of ['/desk/story/new', '/desk/audit', '/desk/accounts'])
				got.push((await desk.get(path)).status)
			assert.deepEqual(got, wanted, role)
		}
	})

	test('the last administrator stays one', async () => {
		const other = await startSite()
		const user = await makeUser(other, { role: 'administrator' })
		const desk = await signIn(other, user)
		const list = await desk.get('/desk/accounts')
		const page = await desk.get(list.text.match(/href="(\/desk\/accounts\/[^"]+)"/)[1])
		const refused = await desk.submit(page, { role: 'editor' }, { do: 'save' })
		assert.equal(refused.status, 422)
		assert.match(noticeOf(refused), /Make another administrator first/)
		await other.stop()
	})

	test('a form of an account that was changed meanwhile takes nothing back', async () => {
		const user = await makeUser(site, { role: 'editor' })
		const admin = await signIn(site, await makeUser(site, { role: 'administrator' }))
		const list = await admin.get(`/desk/accounts?after=${user.email.slice(0, -1)}`)
		const path = list.text.match(/href="(\/desk\/accounts\/[^"]+)"/)[1]
		const old = await admin.get(path)
		assert.ok(old.text.includes(user.email))
		assert.equal((await run(['user', 'disable', '--data', site.data, user.email])).status, 0)
		assert.equal((await run(['user', 'role', '--data', site.data, user.email, 'author'])).status, 0)
		const stored = async () => JSON.parse((await run(['user', 'list', '--json', '--data', site.data])).stdout).users
			.find(({ email }) => email === user.email)
		const refused = await admin.submit(old, { name: 'Another Name' }, { do: 'save' })
		assert.equal(refused.status, 409)
		assert.match(noticeOf(refused), /Somebody else has saved this/)
		assert.match(refused.text, /In the meantime it became: Author/)
		assert.equal((await stored()).active, false)
		assert.equal((await stored()).role, 'author')
		assert.notEqual((await stored()).name, 'Another Name')
		const merged = await admin.submit(refused, { role: 'author', active: null }, { do: 'save' }, { follow: false })
		assert.equal(merged.status, 303)
		assert.equal((await stored()).name, 'Another Name')
		assert.equal((await stored()).active, false)
	})

	test('a name that a colleague has is nobody else’s, however it is written', async () => {
		await makeUser(site, { role: 'administrator', name: 'Jürgen  Holt' })
		const user = await makeUser(site, { role: 'contributor' }), desk = await signIn(site, user)
		const refused = await desk.submit(await desk.get('/desk/me'), { name: ' JÜRGEN holt. ' }, {}, { action: '/desk/me' })
		assert.equal(refused.status, 422)
		assert.match(refused.text, /A colleague has this name already/)
		const admin = await signIn(site, await makeUser(site, { role: 'administrator' }))
		const list = await admin.get(`/desk/accounts?after=${user.email.slice(0, -1)}`)
		const page = await admin.get(list.text.match(/href="(\/desk\/accounts\/[^"]+)"/)[1])
		const changed = await admin.submit(page, { name: 'jürgen holt' }, { do: 'save' })
		assert.equal(changed.status, 422)
		assert.match(changed.text, /A colleague has this name already/)
		const wanted = { email: 'j@example.org', name: 'Jürgen Holt', role: 'author' }
		const invited = await admin.submit(await admin.get('/desk/accounts'), wanted, { do: 'invite' })
		const browser = new Browser(site), form = await browser.get(invited.text.match(/<code>[^<]*(\/desk\/join\/[\w-]+)<\/code>/)[1])
		const again = await browser.submit(form, { password: 'three good words here' })
		assert.equal(again.status, 422)
		assert.match(again.text, /A colleague has this name already/)
		assert.equal((await browser.submit(again, { name: 'Jürgen Holt (sport)', password: 'three good words here' })).status, 200)
		const added = await run(['user', 'add', '--data', site.data, '--role', 'author', '--name', 'Jürgen Holt', 'jh@example.org'],
			{ input: `${password}\n` })
		assert.notEqual(added.status, 0)
		assert.match(added.stderr, /another account has the name 'Jürgen Holt'/)
	})

	test('a form of an account that is sent twice is saved once', async () => {
		const user = await makeUser(site, { role: 'editor' })
		const admin = await signIn(site, await makeUser(site, { role: 'administrator' }))
		const list = await admin.get(`/desk/accounts?after=${user.email.slice(0, -1)}`)
		const page = await admin.get(list.text.match(/href="(\/desk\/accounts\/[^"]+)"/)[1])
		for (let i = 0; i < 2; i++)
			assert.equal((await admin.submit(page, { name: 'Sent Twice' }, { do: 'save' }, { follow: false })).status, 303)
	})

	test('the log names who did what, and verify finds it whole', async () => {
		const user = await makeUser(site, { role: 'editor', name: 'Ida Log' })
		const desk = await signIn(site, user)
		const story = await desk.submit(await desk.get('/desk/story/new'), { title: 'For the log' }, { do: 'save' })
		await desk.submit(story, {}, { do: 'publish' })
		const { text } = await desk.get('/desk/audit')
		const rows = text.match(/<tr><th scope="row">[\s\S]*?<\/tr>/g)
		assert.match(rows[0], /Story published[\s\S]*Ida Log[\s\S]*For the log/)
		assert.match(rows[1], /Story begun/)
		const done = await run(['verify', '--json', '--data', site.data])
		assert.equal(done.status, 0, done.stderr)
		assert.ok(JSON.parse(done.stdout).entries > 10)
	})
}
