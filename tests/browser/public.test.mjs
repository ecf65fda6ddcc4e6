// The public pages as readers have them: valid, readable by everybody, light, right in both directions of script, in the dark and on
// paper. BS_PICTURES=folder keeps a picture of every page in every view.

import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { brotliCompressSync } from 'node:zlib'
import { nu } from '../lib/audit.mjs'
import { axe, checkComplaints, closePage, goTo, openBrowser, openPage, screenshot, views } from '../lib/browser.mjs'
import { makeNewsroom, missing, startSite, temporaryFolder } from '../lib/site.mjs'
import { pages, startPaper, status, story } from './pages.mjs'

const options = { skip: missing }

let demo, site, browser

before(async () => {
	if (missing) return
	demo = await startPaper()
	site = demo.site
	browser = await openBrowser()
})

after(async () => {
	await browser?.close()
	await demo?.stop()
})

const openMenus = page => page.evaluate(() => document.querySelectorAll('details').forEach(menu => (menu.open = true)))

test('all names in the language menu stand at the edge where the page begins', options, async () => {
	for (const [path, edge] of [['/', 'left'], ['/ar/', 'right']]) {
		const page = await openPage(browser, site.url + path, views.phone)
		await openMenus(page)
		const off = await page.evaluate(edge => [...document.querySelectorAll('.languages li')].map(item => {
			const range = document.createRange()
			range.selectNodeContents(item.querySelector('a'))
			return Math.abs(range.getBoundingClientRect()[edge] - item.getBoundingClientRect()[edge])
		}), edge)
		assert.ok(off.length > 1, path)
		assert.ok(Math.max(...off) < 2, `${path}: ${off}`)
		await closePage(page)
	}
})

test('every page is valid HTML', options, async () => {
	const documents = {}
	for (const [name, path] of Object.entries(pages)) {
		const page = await site.get(path)
		assert.equal(page.status, status[name] ?? 200, path)
		documents[name] = page.text
	}
	assert.deepEqual(nu(documents), [])
})

// The views side by side, each with one page that goes from address to address.
test('axe finds nothing', { ...options, concurrency: true }, async t => {
	const all = ['phone', 'desk', 'dark'].map(view =>
		t.test(view, async t => {
			const page = await openPage(browser, undefined, views[view])
			for (const [name, path] of Object.entries(pages))
				await t.test(name, async () => {
					await goTo(page, site.url + path, status[name])
					if (view === 'phone') assert.deepEqual(await axe(page), [])
					await openMenus(page)
					assert.deepEqual(await axe(page), [], 'with all menus open')
					if (process.env.BS_PICTURES) await screenshot(page, `${name}-${view}`)
					checkComplaints(page)
				})
			await closePage(page)
		}),
	)
	await Promise.all(all)
})

test('no page is wider than its window, from a narrow phone to a wide desk', options, async () => {
	const page = await openPage(browser)
	for (const [name, path] of Object.entries(pages)) {
		await goTo(page, site.url + path, status[name])
		for (const open of [false, true]) {
			if (open) await openMenus(page)
			for (const width of [320, 390, 640, 820, 1120, 1280, 1680]) {
				await page.setViewportSize({ width, height: 800 })
				const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
				assert.ok(over <= 0, `${path} at ${width}${open ? ' with all menus open' : ''}: ${over} pixels too wide`)
			}
		}
	}
	await closePage(page)
})

test('nor is one of a paper with many sections of long names: they stand in rows, on a phone in one that scrolls', options, async () => {
	const many = temporaryFolder()
	for (let i = 0; i < 24; i++) {
		const theme = `Budgeting and performance ${i >> 1}`
		writeFileSync(join(many, `${i}.md`), `---\ntitle: Story ${i}\ndate: 2025-11-14T10:00:00Z\nthemes: [${theme}]\n---\n\nWords.\n`)
	}
	const paper = await startSite({ data: await makeNewsroom({ folder: many }) })
	const page = await openPage(browser)
	for (const path of ['/', '/2025/11/story-1', '/theme/budgeting-and-performance-1', '/search'])
		for (const width of [390, 1120, 1680]) {
			await page.setViewportSize({ width, height: 800 })
			await goTo(page, paper.url + path)
			assert.ok(await page.locator('.nav li').count() > 8)
			const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
			assert.ok(over <= 0, `${path} at ${width}: ${over} pixels too wide`)
			const hidden = await page.evaluate(() => {
				const row = document.querySelector('.nav ul')
				return row.scrollWidth - row.clientWidth
			})
			assert.equal(hidden > 0, width === 390, `${path} at ${width}: ${hidden} pixels of the sections are hidden`)
		}
	await closePage(page)
	await paper.stop()
	for (const folder of [many, paper.data])
		rmSync(folder, { recursive: true, force: true })
})

// What counts: the document as it is sent, with its styles, and every face that Chromium fetches here, where no face of the system's
// comes first; that is the dearest case. Pictures do not count.
test('every page is one document, its pictures, and at most two faces, and weighs less than 50 KB without pictures', options, async () => {
	for (const name of Object.keys(pages)) {
		const page = await openPage(browser, undefined, views.desk)
		const asked = []
		page.on('request', request => asked.push(request))
		await goTo(page, site.url + pages[name], status[name])
		await page.evaluate(() => document.fonts.ready)
		const faces = asked.filter(request => request.resourceType() === 'font')
		assert.ok(faces.length <= 2, name)
		assert.deepEqual(
			[...new Set(asked.map(request => request.resourceType()))].filter(
				type => !['document', 'image', 'font', 'manifest', 'other'].includes(type),
			),
			[],
			name,
		)
		const { text } = await site.get(pages[name])
		let weight = brotliCompressSync(text).length
		assert.ok(weight < 14_500, `${name}: ${weight} bytes do not come with the first round trip`)
		for (const face of faces) weight += (await (await face.response()).body()).length
		assert.ok(weight < 50_000, `${name}: ${weight} bytes without pictures`)
		await closePage(page)
	}
})

test('the headline of the lead is the largest after the name of the paper', options, async () => {
	const page = await openPage(browser, site.url + '/', views.desk)
	const sizes = await page.evaluate(() =>
		[...document.querySelectorAll('h1, h2, h3')]
			.map(heading => [
				heading.closest('.lead') ? 'lead' : heading.tagName,
				parseFloat(getComputedStyle(heading).fontSize),
			])
			.sort((a, b) => b[1] - a[1]),
	)
	assert.deepEqual(
		sizes.slice(0, 2).map(([name]) => name),
		['H1', 'lead'],
	)
	assert.ok(sizes[1][1] > sizes[2][1])
	await closePage(page)
})

test('below the front stand sections, opinion and reports, each with its stories', options, async () => {
	const { text } = await site.get('/')
	for (const group of ['section', 'opinions', 'reports']) assert.match(text, new RegExp(`<section class="${group}[ "]`))
	assert.match(text, /<article class="voice">/)
})

test('an Arabic story is a mirror: the rail stands at the right of the text', options, async () => {
	const page = await openPage(browser, site.url + pages['story-arabic'], views.desk)
	const [rail, text] = await page.evaluate(() =>
		['.rail', '.text'].map(name => document.querySelector(name).getBoundingClientRect().x),
	)
	assert.ok(rail > text, `${rail} ${text}`)
	assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector('.body')).textAlign), 'start')
	await closePage(page)
})

test('on an Arabic page, telephone numbers and foreign addresses read in their own order', options, async () => {
	const page = await openPage(browser, site.url + pages['home-arabic'], views.desk)
	const places = await page.evaluate(() => {
		const place = (text, at) => {
			const range = document.createRange()
			range.setStart(text, at)
			range.setEnd(text, at + 1)
			return range.getBoundingClientRect()
		}
		const number = document.querySelector('.footer a[href^="tel:"]').firstChild
		const street = [...document.querySelectorAll('.footer address')].flatMap(address => [...address.childNodes])
			.find(node => node.data?.includes('3 Customs Quay'))
		const from = street.data.indexOf('3 Customs')
		return {
			number: [place(number, 0).x, place(number, number.length - 1).x],
			street: [place(street, from).x, place(street, from + 2).x],
			ends: [place(number, number.length - 1).right, place(street, from + '3 Customs Quay'.length - 1).right],
			edge: street.parentElement.getBoundingClientRect().right,
		}
	})
	assert.ok(places.number[0] < places.number[1], 'the plus sign stands before the last digit')
	assert.ok(places.street[0] < places.street[1], 'the house number stands before the street')
	assert.deepEqual(places.ends, [places.edge, places.edge], 'both stand at the edge of their column')
	await closePage(page)
})

test('on paper there is the story alone, its links as notes, its address at the foot', options, async () => {
	const page = await openPage(browser, site.url + '/2025/11/port-ansel-sells-its-cranes', views.print)
	const shown = name => page.locator(name).first().isVisible()
	for (const name of ['.nav', '.share', '.related', '.footer']) assert.equal(await shown(name), false, name)
	assert.equal(await shown('.body'), true)
	const notes = await page.locator('.paper li').allInnerTexts()
	assert.equal(notes.length, await page.locator('.body a[href]:not([href^="#"])').count())
	assert.match(await page.locator('.paper > p').innerText(), /2025\/11\/port-ansel-sells-its-cranes/)
	await page.context().close()
})

test('everything can be reached with the keyboard, the text first', options, async () => {
	const page = await openPage(browser, site.url + story, views.plain)
	await page.keyboard.press('Tab')
	assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), '#main')
	assert.ok(await page.evaluate(() => document.activeElement.getBoundingClientRect().top >= 0))
	await closePage(page)
})
