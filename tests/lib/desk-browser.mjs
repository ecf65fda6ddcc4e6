// Somebody at the desk in Chromium itself, whose rules for cookies count.
//
//   const page = await enterDesk(await openPage(browser, undefined, views.phone), site, user)
//   await lookAtEach(page, site, { stories: '/desk/' }, 'desk-phone')   // axe, width, a picture of each for BS_PICTURES, both directions
//
// `user` is what makeUser gave (desk.mjs). openPage is the caller's, since some need a browser of their own.
//
// Where one newsroom, one browser and one person do for a whole file:
//
//   const here = atDesk({ folder: 'examples/harbour' })
//   const page = await here.open('/desk/paper/home', views.phone)

import assert from 'node:assert/strict'
import { after, afterEach, before } from 'node:test'
import { axe, checkComplaints, goTo, openBrowser, openPage, screenshot } from './browser.mjs'
import { makeUser, password } from './desk.mjs'
import { missing, startSite } from './site.mjs'

// { site, browser, user, open }, filled before the first test of the file; pages that a test left open are closed behind it.
export function atDesk({ folder, role = 'editor' } = {}) {
	const here = {
		open: async (path, view) => {
			const page = await enterDesk(await openPage(here.browser, undefined, view), here.site, here.user)
			await goTo(page, here.site.url + path)
			return page
		},
	}
	before(async () => {
		if (missing) return
		here.site = await startSite({ folder })
		here.browser = await openBrowser()
		here.user = await makeUser(here.site, { role })
	})
	after(async () => {
		await here.browser?.close()
		await here.site?.stop()
	})
	afterEach(async () => {
		for (const context of here.browser?.contexts() ?? [])
			await context.close()
	})
	return here
}

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
			if (process.env.BS_PICTURES) await screenshot(page, `${label}-${name}-${dir}`)
			const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
			assert.ok(wide <= window, `${name} ${label} ${dir}: ${wide} px in ${window}`)
		}
	}
	checkComplaints(page)
}
