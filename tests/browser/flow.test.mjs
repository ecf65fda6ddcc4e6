// What the desk keeps around a story, in Chromium: comments, the list before publishing, house style and names that are proposed; valid, readable
// by everybody, in light and dark, on a telephone, mirrored; and their scripts by keyboard.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { nu } from '../lib/audit.mjs'
import { axe, checkComplaints, closePage, goTo, openBrowser, openPage, views } from '../lib/browser.mjs'
import { formsOf, makeUser, signIn } from '../lib/desk.mjs'
import { enterDesk, lookAtEach } from '../lib/desk-browser.mjs'
import { missing, startSite } from '../lib/site.mjs'

const options = { skip: missing }
let site, browser, ed, desk, pages, story

before(async () => {
	if (missing) return
	site = await startSite()
	browser = await openBrowser()
	ed = await makeUser(site, { role: 'editor', name: 'Ed Marsh' })
	desk = await signIn(site, ed)
	const rule = fields => desk.get('/desk/style').then(page => desk.submit(page, fields, {}, { action: '/desk/style' }))
	await rule({ pattern: 'utilis*', suggestion: 'use', reason: 'It is shorter.' })
	const body = '<p>They utilise ice.</p><figure><img src="https://example.org/a.jpg" alt=""></figure><p>See <a>the report</a>.</p>'
	const draft = await desk.submit(await desk.get('/desk/story/new'), { title: 'Under Way', format: 'html', body, authors: 'Ann Lee\nÅsa Öberg' },
		{ do: 'save' })
	story = draft.url.split('?')[0]
	const page = await desk.get(`${story}/remarks`)
	const csrf = Object.fromEntries(formsOf(page.text)[0].fields).csrf
	const on = page.text.match(/<li id="p-(\d+)">(?:(?!<\/li>)[\s\S])*They utilise/)[1]
	const said = await desk.post(`${story}/remarks`, { csrf, on, text: 'Is that so?\nWho says it?', do: 'say' })
	await desk.post(`${story}/remarks`, { csrf, on: 0, text: 'Ready on Friday.', do: 'say' })
	const thread = said.text.match(/id="t-(\d+)"/)[1]
	await desk.post(`${story}/remarks`, { csrf, thread, text: 'The harbour master.', do: 'say' })
	const second = await desk.submit(await desk.get(story), { body: 'They utilise much ice.\n\nSee the report.' }, { do: 'save' })
	assert.equal(second.status, 200)
	await desk.submit(await desk.get(story), { format: 'html', body: body.replace('They', 'All') }, { do: 'save' })
	pages = { remarks: `${story}/remarks?on=0`, style: '/desk/style', story, list: '/desk/' }
})

after(async () => {
	await browser?.close()
	await site?.stop()
})

const signInHere = async view => enterDesk(await openPage(browser, undefined, view), site, ed)

test('the pages around a story are valid HTML', options, async () => {
	const documents = {}
	for (const [name, path] of Object.entries(pages))
		documents[name] = (await desk.get(path)).text
	documents.stopped = (await desk.submit(await desk.get(story), {}, { do: 'publish' })).text
	assert.deepEqual(nu(documents), [])
})

for (const view of ['desk', 'phone', 'dark']) {
	test(`axe finds nothing on the pages around a story, and none is wider than the window: ${view}`, options, async () => {
		const page = await signInHere(views[view])
		await lookAtEach(page, site, pages, `flow-${view}`)
		await closePage(page)
	})
}

test('a name is chosen by keyboard, a new one typed, one taken out, and all of it saved', options, async () => {
	const page = await signInHere(views.desk)
	await goTo(page, `${site.url}/desk/story/new`)
	await page.fill('#f-title', 'Picked')
	await page.evaluate(() => document.querySelectorAll('details').forEach(part => (part.open = true)))
	await page.getByRole('combobox', { name: 'Authors', exact: true }).focus()
	await page.keyboard.type('ob')
	await page.getByRole('option', { name: 'Åsa Öberg' }).waitFor()
	await page.keyboard.press('ArrowDown')
	await page.keyboard.press('Enter')
	await page.keyboard.type('Bo Dahl')
	await page.keyboard.press('Enter')
	await page.keyboard.type('Cy Moe')
	await page.getByRole('button', { name: 'Remove Bo Dahl' }).click()
	await page.locator('button[value=save]').click()
	await page.waitForURL(/\/desk\/story\/\d+\?done=saved/)
	assert.equal(await page.locator('#f-authors').inputValue(), 'Åsa Öberg\nCy Moe')
	checkComplaints(page)
	await closePage(page)
})

test('whose byline one writes under is chosen by keyboard, and Enter on a name that is typed out saves', options, async () => {
	const page = await signInHere(views.phone)
	await goTo(page, `${site.url}/desk/me`)
	const field = page.getByRole('combobox', { name: 'Byline', exact: true })
	await field.focus()
	await page.keyboard.type('ob')
	await page.getByRole('option', { name: 'Åsa Öberg' }).waitFor()
	assert.deepEqual(await axe(page), [])
	await page.keyboard.press('ArrowDown')
	await page.keyboard.press('Enter')
	assert.equal(await field.inputValue(), 'Åsa Öberg')
	await page.keyboard.press('Enter')
	await page.waitForURL(/\/desk\/me\?done=saved/)
	assert.equal(await page.locator('#f-byline').inputValue(), 'Åsa Öberg')
	checkComplaints(page)
	await closePage(page)
})

test('a hint of the house style is taken over in the form, and can be undone', options, async () => {
	const page = await signInHere(views.desk)
	await goTo(page, site.url + story)
	const written = () => page.evaluate(() => {
		const surface = document.querySelector('[contenteditable=true]')
		return surface ? surface.textContent : document.querySelector('#f-body').value
	})
	assert.match(await written(), /All utilise ice/)
	await page.getByRole('button', { name: 'Take over' }).click()
	assert.match(await written(), /All use ice/)
	await page.keyboard.press('Control+z')
	assert.match(await written(), /All utilise ice/)
	await closePage(page)
})
