// Somebody at the desk in Chromium itself, whose rules for cookies count.
//
//   const page = await enterDesk(await openPage(browser, undefined, views.phone), site, user)
//   await lookAtEach(page, site, { stories: '/desk/' }, 'desk-phone')   // axe, width, a picture of each, both directions
//
// `user` is what makeUser gave (desk.mjs). openPage is the caller's, since some need a browser of their own.

import assert from 'node:assert/strict'
import { axe, checkComplaints, goTo, screenshot } from './browser.mjs'
import { password } from './desk.mjs'

// Sign in by keyboard, from the field of the address on; the same page back, at the list of stories.
export async function enterDesk(page, site, user) {
	await goTo(page, `${site.url}/desk/sign-in`)
	await page.focus('#f-email')
	await page.keyboard.type(user.email)
	await page.keyboard.press('Tab')
	await page.keyboard.type(user.password ?? password)
	await page.keyboard.press('Enter')
	await page.waitForURL(`${site.url}/desk/`)
	return page
}

// Each of these pages, its folded parts open: axe finds nothing, and none is wider than the window in either direction. `label`
// begins the names of the pictures.
export async function lookAtEach(page, site, pages, label) {
	for (const [name, path] of Object.entries(pages)) {
		await goTo(page, site.url + path)
		await page.evaluate(() => document.querySelectorAll('details').forEach(part => (part.open = true)))
		assert.deepEqual(await axe(page), [], `${name} ${label}`)
		for (const dir of ['ltr', 'rtl']) {
			await page.evaluate(dir => (document.documentElement.dir = dir), dir)
			await screenshot(page, `${label}-${name}-${dir}`)
			const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
			assert.ok(wide <= window, `${name} ${label} ${dir}: ${wide} px in ${window}`)
		}
	}
	checkComplaints(page)
}
