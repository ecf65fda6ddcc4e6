// The scripts of the library of pictures: dropping files, the point where the eye goes, choosing a lead while typing.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { checkComplaints, closePage, goTo, openBrowser, openPage, screenshot, views } from '../lib/browser.mjs'
import { makeUser } from '../lib/desk.mjs'
import { enterDesk } from '../lib/desk-browser.mjs'
import { missing, ownRenditions, root, startSite } from '../lib/site.mjs'

ownRenditions()

const options = { skip: missing }
let site, browser, page

before(async () => {
	if (missing) return
	site = await startSite()
	browser = await openBrowser()
	page = await enterDesk(await openPage(browser, undefined, views.desk), site, await makeUser(site, { role: 'editor' }))
})

after(async () => {
	if (page)
		await closePage(page)
	await browser?.close()
	await site?.stop()
})

test('files that are dropped come in one behind the other, and a bad one says why', options, async () => {
	await goTo(page, `${site.url}/desk/pictures`)
	const names = ['first-ice', 'ferry']
	const files = names.map(name => [`${name}.webp`, readFileSync(join(root, `examples/harbour/pictures/${name}.webp`)).toString('base64')])
	const dropped = await page.evaluateHandle(list => {
		const data = new DataTransfer()
		for (const [name, text] of list)
			data.items.add(new File([Uint8Array.from(atob(text), letter => letter.charCodeAt(0))], name))
		return data
	}, [...files, ['notes.txt', btoa('no picture')]])
	await page.dispatchEvent('.upload', 'drop', { dataTransfer: dropped })
	await page.waitForSelector('.progress li:nth-child(3).fault', { timeout: 30000 })
	assert.equal(await page.locator('.progress a').count(), 2)
	assert.match(await page.textContent('.progress .fault'), /notes\.txt was not taken: it is none of JPEG/)
	await screenshot(page, 'pictures-dropped')
	page.complaints = page.complaints.filter(line => !line.includes('status of 422')) // which Chromium tells of by itself
	checkComplaints(page)
})

test('the point where the eye goes follows a click and the arrow keys, and is what is saved', options, async () => {
	await goTo(page, `${site.url}/desk/pictures/1`)
	const box = await page.locator('.focus img').boundingBox()
	await page.mouse.click(box.x + box.width * 0.2, box.y + box.height * 0.75)
	assert.deepEqual([await page.inputValue('#f-focus-x'), await page.inputValue('#f-focus-y')], ['20', '75'])
	await page.focus('.focus')
	await page.keyboard.press('ArrowLeft')
	await page.keyboard.press('Shift+ArrowUp')
	assert.deepEqual([await page.inputValue('#f-focus-x'), await page.inputValue('#f-focus-y')], ['18', '65'])
	assert.equal(await page.getAttribute('.point .ring', 'cx'), '18%')
	await page.fill('#f-alt', 'Ice')
	await page.fill('#f-credit', 'Jonas Thew')
	await page.fill('#f-licence', 'own')
	await page.click('.words button[value=save]')
	await page.waitForSelector('.notice[data-tone=good]')
	assert.deepEqual([await page.inputValue('#f-focus-x'), await page.inputValue('#f-focus-y')], ['18', '65'])
	checkComplaints(page)
})

test('a lead is found while somebody types, and brings its words at once', options, async () => {
	await goTo(page, `${site.url}/desk/story/new`)
	await page.evaluate(() => document.querySelectorAll('details').forEach(part => (part.open = true)))
	await page.fill('#f-image-q', 'jonas')
	await page.waitForFunction(() => document.querySelectorAll('#f-image [name=image]').length === 2)
	await page.check('#f-image [name=image][value="1"]')
	await page.waitForFunction(() => document.getElementById('f-image-credit').value === 'Jonas Thew')
	assert.equal(await page.inputValue('#f-image-alt'), 'Ice')
	await page.locator('#f-image').scrollIntoViewIfNeeded()
	await screenshot(page, 'pictures-choice')
	checkComplaints(page)
})
