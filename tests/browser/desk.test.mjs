// The desk's pages as those who work there have them: valid, readable by everybody, in light and dark, on a telephone, mirrored; signed in
// in Chromium itself, whose rules for cookies count. BS_PICTURES=folder keeps a picture of every page in every view.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { nu } from '../lib/audit.mjs'
import { axe, checkComplaints, closePage, goTo, openBrowser, openPage, screenshot, views } from '../lib/browser.mjs'
import { makeUser, password, signIn } from '../lib/desk.mjs'
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
		audit: '/desk/audit' }
})

after(async () => {
	await browser?.close()
	await site?.stop()
})

async function signInHere(view) {
	const page = await openPage(browser, undefined, view)
	await goTo(page, `${site.url}/desk/sign-in`)
	await page.fill('#f-email', admin.email)
	await page.fill('#f-password', password)
	await page.keyboard.press('Enter')
	await page.waitForURL(`${site.url}/desk/`)
	return page
}

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
		for (const [name, path] of Object.entries(pages)) {
			await goTo(page, site.url + path)
			await page.evaluate(() => document.querySelectorAll('details').forEach(part => (part.open = true)))
			assert.deepEqual(await axe(page), [], `${name} ${view}`)
			for (const dir of ['ltr', 'rtl']) {
				await page.evaluate(dir => (document.documentElement.dir = dir), dir)
				await screenshot(page, `desk-${name}-${view}-${dir}`)
				assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} ${view} ${dir} is too wide`)
			}
		}
		checkComplaints(page)
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
