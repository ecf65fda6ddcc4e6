// The translation desk in Chromium: its pages readable by everybody, and what its script adds to the forms, which work without it.
// BS_PICTURES=folder keeps a picture of every page in every view.

import assert from 'node:assert/strict'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { nu } from '../lib/audit.mjs'
import { axe, checkComplaints, closePage, goTo, openBrowser, openPage, views } from '../lib/browser.mjs'
import { makeUser, signIn } from '../lib/desk.mjs'
import { enterDesk, lookAtEach } from '../lib/desk-browser.mjs'
import { makeNewsroom, missing, root, run, startSite, until } from '../lib/site.mjs'

const options = { skip: missing }
let site, browser, tess, desk, pages, story

const areas = text => [...text.matchAll(/name="(t-\d+)"/g)].map(match => match[1])

before(async () => {
	if (missing) return
	const data = await makeNewsroom({ folder: 'examples/harbour' })
	const folder = join(root, 'examples/harbour/translations')
	await run(['translate', '--data', data, 'take', ...readdirSync(folder).filter(name => name.endsWith('.po')).map(name => join(folder, name))])
	writeFileSync(join(data, 'terms.csv'), 'en,de,note\nharbour,Hafen,\nice,Eis,\n')
	await run(['translate', '--data', data, 'take', join(data, 'terms.csv')])
	await run(['jobs', '--data', data, 'run'])
	site = await startSite({ data })
	browser = await openBrowser()
	tess = await makeUser(site, { role: 'editor', name: 'Tess Blume' })
	desk = await signIn(site, tess)
	const body = first => `${first} lay in the harbour for [nine days](https://example.org/).\n\nNobody was hurt.\n\nThe wind fell.`
	const page = await desk.submit(await desk.get('/desk/story/new'), { title: 'The *ice* & the harbour', summary: 'What the pilots asked for.',
		body: body('Ten ships') }, { do: 'publish' })
	story = page.url.split('?')[0]
	const sheet = await desk.get(`${story}/translate/de`)
	const [title, , first, second] = areas(sheet.text)
	await desk.submit(sheet, { [title]: 'Das <em>Eis</em> & der Hafen', [second]: 'Niemand wurde verletzt.',
		[first]: 'Zehn Schiffe lagen <a href="https://example.org/">neun Tage</a> im Hafen.' }, { do: 'save' })
	await desk.submit(await desk.get(story), { body: body('Eleven ships') }, { do: 'save' })
	pages = { grid: '/desk/translations', 'grid-german': '/desk/translations?lang=de', 'grid-none': '/desk/translations?state=none',
		'story-languages': `/desk/translations?story=${story.split('/').pop()}`,
		sheet: `${story}/translate/de`, 'sheet-arabic': '/desk/story/1/translate/ar', 'sheet-new': '/desk/story/2/translate/sw',
		back: '/desk/translations/back', 'back-none': '/desk/translations/back?whose=nobody' }
})

after(async () => {
	await browser?.close()
	await site?.stop()
})

const signInHere = async view => enterDesk(await openPage(browser, undefined, view), site, tess)

test('every page of the translation desk is valid HTML, with faults and conflicts, too', options, async () => {
	const documents = {}
	for (const [name, path] of Object.entries(pages))
		documents[name] = (await desk.get(path)).text
	const sheet = await desk.get(pages.sheet), other = await desk.get(pages.sheet)
	const last = areas(sheet.text).at(-1)
	await desk.submit(other, { [last]: 'Der Wind fiel.' }, { do: 'save' })
	const wrong = { [last]: 'Der Wind <b>legte</b> sich', [areas(sheet.text)[0]]: '<em>offen' }
	documents.conflict = (await desk.submit(sheet, wrong, { do: 'save' })).text
	documents.both = (await desk.submit(sheet, { [last]: 'Der Wind legte sich.' }, { do: 'save' })).text
	assert.match(documents.conflict, /class="fault"/)
	assert.match(documents.both, /Saved meanwhile/)
	assert.deepEqual(nu(documents), [])
})

for (const view of ['desk', 'phone', 'dark']) {
	test(`axe finds nothing on any page of the translation desk, and none is wider than the window: ${view}`, options, async () => {
		const page = await signInHere(views[view])
		await lookAtEach(page, site, pages, `translate-${view}`)
		await closePage(page)
	})
}

test('keys go from passage to passage, take a suggestion and save', options, async () => {
	const page = await signInHere(views.desk)
	await goTo(page, site.url + pages.sheet)
	const focused = () => page.evaluate(() => document.activeElement.value)
	assert.equal(await page.evaluate(() => document.querySelector('[data-keys]').hidden), false)
	await page.locator('textarea').first().focus()
	await page.keyboard.press('Alt+ArrowDown')
	assert.equal(await page.evaluate(() => [...document.querySelectorAll('textarea')].indexOf(document.activeElement)), 1)
	await page.keyboard.press('Alt+ArrowUp')
	await page.keyboard.press('Alt+KeyM')
	await page.keyboard.press('Alt+KeyM')
	assert.equal(await focused(), '', 'the passage that came back')
	await page.keyboard.press('Alt+Digit1')
	assert.match(await focused(), /^Zehn Schiffe/)
	await page.keyboard.press('Home')
	await page.evaluate(() => {
		document.activeElement.value = document.activeElement.value.replace('Zehn', 'Elf')
	})
	await page.keyboard.press('Control+s')
	await page.waitForURL(/done=saved/)
	await until(5, 'the saved passage', async () => (await desk.get(pages.sheet)).text.includes('Elf Schiffe'))
	checkComplaints(page)
	await closePage(page)
})

test('a suggestion is put into its field without the page being loaded', options, async () => {
	for (const text of ['Was die Lotsen wollten.', 'Was die Lotsen verlangten.']) {
		const sheet = await desk.get(pages.sheet)
		await desk.submit(sheet, { [areas(sheet.text)[1]]: text }, { do: 'save' })
	}
	const page = await signInHere(views.desk)
	await goTo(page, site.url + pages.sheet)
	const before = page.url()
	const passage = page.locator('.passage', { has: page.locator('button[data-fill]') }).first()
	await passage.locator('details').evaluateAll(list => list.forEach(part => (part.open = true)))
	const text = await passage.locator('button[data-fill]').first().getAttribute('data-fill')
	await passage.locator('button[data-fill]').first().click()
	assert.equal(await passage.locator('textarea').inputValue(), text)
	assert.equal(page.url(), before)
	checkComplaints(page)
	await page.evaluate(() => document.querySelector('form.sheet').dispatchEvent(new Event('submit')))
	await closePage(page)
})
