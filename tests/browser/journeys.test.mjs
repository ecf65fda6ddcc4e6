// A day at the desk, once for each role, in Chromium and mostly by keyboard; what came of it is looked at as readers have it.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { checkComplaints, closePage, goTo, openBrowser, openPage, views } from '../lib/browser.mjs'
import { makeUser } from '../lib/desk.mjs'
import { enterDesk } from '../lib/desk-browser.mjs'
import { makeNewsroom, missing, root, run, startSite, until } from '../lib/site.mjs'

const options = { skip: missing, timeout: 60000 }
let site, browser
const people = {}

before(async () => {
	if (missing) return
	const data = await makeNewsroom()
	await run(['set', '--data', data, 'languages', 'en de'])
	await run(['set', '--data', data, 'translation.approval', 'shown'])
	site = await startSite({ data })
	browser = await openBrowser()
	const names = { contributor: 'Cy Moe', author: 'Ann Lee', editor: 'Ed Marsh', translator: 'Tess Blume', administrator: 'Ada Reed' }
	for (const [role, name] of Object.entries(names))
		people[role] = await makeUser(site, { role, name })
})

after(async () => {
	await browser?.close()
	await site?.stop()
})

const enter = async role => enterDesk(await openPage(browser, undefined, views.desk), site, people[role])

// Complaints of Chromium's own about an answer that asks again (422) are no fault of the page.
async function leave(page) {
	page.complaints = page.complaints.filter(line => !line.includes('status of 422'))
	checkComplaints(page)
	await closePage(page)
}

// To what can have the focus, by the Tab key alone.
async function tabTo(page, selector) {
	for (let i = 0; i < 120 && !(await page.locator(`${selector}:focus`).count()); i++)
		await page.keyboard.press('Tab')
	assert.equal(await page.locator(`${selector}:focus`).count(), 1, `${selector} is reached by the Tab key`)
}

async function press(page, selector, url) {
	await page.focus(selector)
	await Promise.all([page.waitForURL(url), page.keyboard.press('Enter')])
}

// A step of a story's way that is taken, and its page again.
async function step(page, name, done) {
	await press(page, `form.story button[value=${name}]`, url => url.search === `?done=${done}`)
	await page.waitForSelector('form[data-ready]')
}

async function write(page, title, text) {
	await goTo(page, `${site.url}/desk/story/new`)
	await page.waitForSelector('form[data-ready]')
	await tabTo(page, '#f-title')
	await page.keyboard.type(title)
	await page.click('#text')
	await page.keyboard.type(text)
}

const openAll = page => page.evaluate(() => document.querySelectorAll('details').forEach(part => (part.open = true)))
const reads = (path, words) => until(10, `${words} on ${path}`, async () => (await site.get(path)).text.includes(words))
const found = async (page, title) => {
	await goTo(page, `${site.url}/desk/`)
	await press(page, `a:text-is("${title}")`, /\/desk\/story\/\d+/)
	await page.waitForSelector('form[data-ready]')
}
const addressOf = page => page.locator('.state a').first().getAttribute('href')

test('a contributor writes and hands in, and can do no more', options, async () => {
	const page = await enter('contributor')
	await write(page, 'Opinion: Too Much Ice', 'Ten ships wait.')
	assert.equal(await page.locator('button[value=publish], button[value=schedule]').count(), 0)
	await step(page, 'save', 'saved')
	await step(page, 'submit', 'submitted')
	await goTo(page, `${site.url}/desk/paper/settings`, 403)
	await leave(page)
})

test('an author writes, brings in a picture with its words and schedules; nobody reads it before', options, async () => {
	const page = await enter('author')
	await goTo(page, `${site.url}/desk/pictures`)
	await page.setInputFiles('input[type=file]', { name: 'ferry.webp', mimeType: 'image/webp',
		buffer: readFileSync(join(root, 'examples/harbour/pictures/ferry.webp')) })
	await page.focus('.upload button')
	await page.keyboard.press('Enter')
	await page.waitForSelector('a[href="/desk/pictures/1"]', { timeout: 30000 })
	await goTo(page, `${site.url}/desk/pictures/1`)
	for (const [field, words] of [['alt', 'A ferry in the ice'], ['credit', 'Jonas Thew'], ['licence', 'own']])
		await page.fill(`#f-${field}`, words)
	await press(page, '.words button[value=save]', /done=/)
	await write(page, 'At Dawn', 'The ferry left.')
	await openAll(page)
	await page.fill('#f-image-q', 'jonas')
	await page.check('#f-image [name=image][value="1"]')
	await page.fill('#f-publish-at', '2099-01-01T06:00')
	await step(page, 'schedule', 'scheduled')
	assert.doesNotMatch((await site.get('/')).text, /At Dawn/)
	await leave(page)
})

test('an editor checks, publishes over a warning, corrects and withdraws, and readers are told each time', options, async () => {
	const page = await enter('editor')
	await found(page, 'Opinion: Too Much Ice')
	await page.focus('button[value=publish]')
	await page.keyboard.press('Enter')
	await page.waitForSelector('.checks li[data-tone=warn]')
	assert.equal((await site.get('/')).text.includes('Too Much Ice'), false, 'it is asked about first')
	await page.waitForSelector('form[data-ready]')
	await tabTo(page, '#f-seen')
	await page.keyboard.press('Space')
	await step(page, 'publish', 'published')
	const path = await addressOf(page)
	await reads(path, 'Ten ships wait')
	const story = page.url().split('?')[0]
	await goTo(page, `${story}/correct`)
	await page.waitForSelector('form[data-ready]')
	await page.click('#text')
	await page.keyboard.press('Control+Home')
	await page.keyboard.type('Corrected: ')
	await page.selectOption('#f-correction', 'correction')
	await page.fill('#f-note', 'There were ten ships.')
	await press(page, 'button[value=correct]', /done=/)
	await reads(path, 'There were ten ships.')
	await reads('/corrections', 'There were ten ships.')
	await goTo(page, story)
	await page.waitForSelector('form[data-ready]')
	await page.fill('#f-reason', 'The ships were elsewhere.')
	await step(page, 'withdraw', 'withdrawn')
	await reads(path, 'The ships were elsewhere.')
	assert.doesNotMatch((await site.get('/')).text, /Too Much Ice/)
	await leave(page)
})

test('a translator translates by keyboard, and another approves', options, async () => {
	const editor = await enter('editor')
	await write(editor, 'Open Water', 'The wind fell.')
	await step(editor, 'publish', 'published')
	const story = editor.url().split('?')[0], path = await addressOf(editor)
	const page = await enter('translator')
	await goTo(page, `${story}/translate/de`)
	await page.locator('textarea').first().focus()
	await page.keyboard.type('Offenes Wasser')
	await page.keyboard.press('Alt+ArrowDown')
	await page.keyboard.type('Der Wind fiel.')
	await page.keyboard.press('Control+s')
	await page.waitForURL(/done=saved/)
	assert.equal(await page.locator('button[value=approve]').count(), 0)
	await reads(`/de${path}`, 'Der Wind fiel.')
	await reads(`/de${path}`, 'von einer zweiten Person')
	await goTo(editor, `${story}/translate/de`)
	await press(editor, 'button[value=approve]', /done=/)
	await until(10, 'the line is gone', async () => !(await site.get(`/de${path}`)).text.includes('von einer zweiten Person'))
	await leave(page)
	await leave(editor)
})

test('an administrator invites somebody, arranges the home page and changes a setting', options, async () => {
	const page = await enter('administrator')
	await goTo(page, `${site.url}/desk/accounts`)
	await page.fill('#f-email', 'new.one@example.org')
	await page.fill('#f-name', 'New One')
	await page.selectOption('#f-role', 'author')
	await tabTo(page, 'button[value=invite]')
	await page.keyboard.press('Enter')
	const link = await page.locator('code', { hasText: '/desk/join/' }).innerText()
	const guest = await openPage(browser, undefined, views.desk)
	await goTo(guest, site.url + link.slice(link.indexOf('/desk/join/')))
	await guest.fill('#f-password', 'three good words here')
	await guest.keyboard.press('Enter')
	await guest.waitForURL(url => url.pathname === '/desk/')
	await leave(guest)

	await write(page, 'Second Story', 'Words.')
	await step(page, 'publish', 'published')
	await goTo(page, `${site.url}/desk/paper/home`)
	await page.selectOption('#f-story', { label: (await page.locator('#f-story option', { hasText: 'Open Water' }).innerText()) })
	await press(page, 'button[value=add]', /done=/)
	await page.waitForSelector('button[value=publish]')
	await page.focus('button[value=publish]')
	await page.keyboard.press('Enter')
	await page.waitForSelector('button[value=publish]', { state: 'detached' })
	await until(10, 'the lead', async () => /<div class="lead">[\s\S]*?Open Water/.test((await site.get('/')).text))

	await goTo(page, `${site.url}/desk/paper/settings`)
	await page.fill('#f-tagline', 'News of the ice')
	await press(page, '.form button[value=save]', /done=/)
	await reads('/', 'News of the ice')
	await leave(page)
})
