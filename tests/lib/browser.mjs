// Pages as readers see them: Debian's Chromium through playwright-core, axe, and pictures to look at.
//
//   const browser = await openBrowser()
//   const page = await openPage(browser, site.url + '/', views.phone)
//   assert.deepEqual(await axe(page), [])
//   await screenshot(page, 'home-phone')              // build-logs/pictures/home-phone.png, or in BS_PICTURES
//
// A page fails the test by itself (closePage, checkComplaints) when it asked another host for anything, or wrote to its console.

import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { root } from './site.mjs'

const require = createRequire(import.meta.url)

// The one without windows starts quicker, and is less to install.
export const chromiumPath = process.env.BS_CHROMIUM ??
	['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync)
export const chromiumFlags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run',
	'--disable-component-update', '--disable-sync', '--disable-quic']

export const views = {
	phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
	desk: { viewport: { width: 1280, height: 900 } },
	dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
	print: { viewport: { width: 1280, height: 900 }, media: 'print' },
	plain: { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false },
}

export function openBrowser() {
	return chromium.launch({ executablePath: chromiumPath, args: chromiumFlags })
}

// A page in a context of its own, with page.complaints: what went wrong while it was read. `url` is where it loads; without
// one it waits for goTo.
export async function openPage(browser, url, { media, ...options } = views.desk) {
	const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...options })
	const page = await context.newPage()
	page.complaints = []
	page.on('console', message => ['error', 'warning'].includes(message.type()) && page.complaints.push(message.text()))
	page.on('pageerror', fault => page.complaints.push(String(fault)))
	page.on('request', request => {
		const asked = new URL(request.url())
		if (asked.protocol !== 'data:' && asked.host !== page.host)
			page.complaints.push(`asked another host: ${request.url()}`)
	})
	if (media)
		await page.emulateMedia({ media })
	if (url)
		await goTo(page, url)
	return page
}

// Another document in the same page: much quicker than a context of its own. `status`: what the server answers with, since
// Chromium complains of others than 200 itself.
export async function goTo(page, url, status = 200) {
	page.host = new URL(url).host
	const answer = await page.goto(url, { waitUntil: 'load' })
	if (answer.status() !== status)
		page.complaints.push(`${url}: status ${answer.status()}, not ${status}`)
	page.complaints = page.complaints.filter(line => !line.includes(`status of ${status} `))
}

// Throw what the page complained of so far.
export function checkComplaints(page) {
	const complaints = page.complaints
	page.complaints = []
	if (complaints.length > 0)
		throw new Error(`the page complained:\n${complaints.join('\n')}`)
}

export async function closePage(page) {
	await page.context().close()
	checkComplaints(page)
}

let axeSource

// What axe finds against WCAG 2.2 AA and its own best practice, one line each; [] is what is wanted. axe runs outside of
// the page's world, so that the page's Content-Security-Policy stays in force; its own lasts as long as the document.
export async function axe(page) {
	axeSource ??= `${readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')};0`
	const session = await page.context().newCDPSession(page)
	const { frameTree } = await session.send('Page.getFrameTree')
	const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' })
	const evaluate = async (expression, awaitPromise) => {
		const { result, exceptionDetails } = await session.send('Runtime.evaluate',
			{ expression, contextId: executionContextId, awaitPromise, returnByValue: true })
		if (exceptionDetails)
			throw new Error(`axe: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`)
		return result.value
	}
	if (!await evaluate(`typeof axe === 'object'`, false))
		await evaluate(axeSource, false)
	const found = await evaluate(`axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
		'best-practice'], resultTypes: ['violations'] }).then(r => r.violations.flatMap(v => v.nodes.map(n =>
		v.id + ': ' + v.help + ' – ' + n.target.join(' ') + ' ' + n.html.slice(0, 200))))`, true)
	await session.detach()
	return found
}

// The whole page as a picture.
export async function screenshot(page, name) {
	const folder = process.env.BS_PICTURES ?? join(root, 'build-logs/pictures')
	mkdirSync(folder, { recursive: true })
	const path = join(folder, `${name}.png`)
	await page.screenshot({ path, fullPage: true, animations: 'disabled' })
	return path
}
