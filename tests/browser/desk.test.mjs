// The desk's pages as those who work there have them: valid, readable by everybody, in light and dark, on a telephone, mirrored; signed in
// in Chromium itself, whose rules for cookies count. BS_PICTURES=folder keeps a picture of every page in every view.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { nu } from '../lib/audit.mjs'
import { axe, closePage, goTo, openBrowser, openPage, views } from '../lib/browser.mjs'
import { makeUser, signIn } from '../lib/desk.mjs'
import { enterDesk, lookAtEach } from '../lib/desk-browser.mjs'
import { missing, startSite } from '../lib/site.mjs'

const options = { skip: missing }
let site, browser, admin, desk, pages

before(async () => {
	if (missing) return
	site = await startSite({ folder: 'examples/harbour' })
	browser = await openBrowser()
	admin = await makeUser(site, { role: 'administrator', name: 'Ada Reed' })
	desk = await signIn(site, admin)
	const text = { title: 'Two Hands', body: 'First words.\n\n## Head\n\n> A quote' }
	const first = await desk.submit(await desk.get('/desk/story/new'), text, { do: 'save' })
	const path = first.url.split('?')[0]
	await desk.submit(first, { body: 'Second words.\n\n## Head\n\n> A quotation' }, { do: 'publish' })
	await desk.submit(await desk.get('/desk/pictures/1'), { alt: 'A jetty', credit: 'Jonas Thew', licence: 'own' }, { do: 'save' })
	pages = { pictures: '/desk/pictures', picture: '/desk/pictures/1',
		stories: '/desk/', 'stories-none': '/desk/?q=xylophone', new: '/desk/story/new', story: path, revisions: `${path}/revisions`,
		compare: `${path}/compare?a=1&b=2`, correct: `${path}/correct`, me: '/desk/me', factor: '/desk/me/factor', accounts: '/desk/accounts',
		account: (await desk.get('/desk/accounts')).text.match(/href="(\/desk\/accounts\/[^"]+)"/)[1],
		audit: '/desk/audit', preview: `${path}/preview`, 'paper-home': '/desk/paper/home', terms: '/desk/paper/terms', term: '/desk/paper/terms/1',
		'term-new': '/desk/paper/terms/new', people: '/desk/paper/people', person: '/desk/paper/people/1', notices: '/desk/paper/notices',
		menus: '/desk/paper/menus', settings: '/desk/paper/settings' }
})

after(async () => {
	await browser?.close()
	await site?.stop()
})

const signInHere = async view => enterDesk(await openPage(browser, undefined, view), site, admin)

test('every page of the desk is valid HTML', options, async () => {
	const documents = { 'sign-in': (await site.get('/desk/sign-in')).text, denied: (await site.get('/desk/join/nothing')).text }
	for (const [name, path] of Object.entries(pages))
		documents[name] = (await desk.get(path)).text
	const faulty = await desk.submit(await desk.get('/desk/story/new'), { title: '', slug: 'Not one' }, { do: 'save' })
	documents.faulty = faulty.text
	assert.deepEqual(nu(documents), [])
})

for (const view of ['desk', 'phone', 'dark']) {
	test(`axe finds nothing on any page of the desk, and none is wider than the window: ${view}`, options, async () => {
		const page = await signInHere(views[view])
		await lookAtEach(page, site, pages, `desk-${view}`)
		await closePage(page)
	})
}

test('a story is begun, saved and published by keyboard alone, without JavaScript', options, async () => {
	const page = await signInHere(views.plain)
	await goTo(page, `${site.url}/desk/story/new`)
	const to = async selector => {
		for (let i = 0; i < 80 && !(await page.locator(`${selector}:focus`).count()); i++)
			await page.keyboard.press('Tab')
		assert.equal(await page.locator(`${selector}:focus`).count(), 1, `${selector} is reached by the Tab key`)
	}
	await to('#f-title')
	await page.keyboard.type('By Keyboard')
	await to('#f-body')
	await page.keyboard.type('Typed.')
	await to('button[value="publish"]')
	await page.keyboard.press('Enter')
	await page.waitForURL(/\/desk\/story\/\d+\?done=published/)
	assert.match(await page.locator('.notice').innerText(), /Published/)
	await closePage(page)
})
