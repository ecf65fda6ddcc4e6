// Words that are longer than their place, sections that are more than their row, dates of many widths: nothing sticks out, nothing is
// hidden without a sign.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { closePage, goTo, openBrowser, openPage, views } from '../lib/browser.mjs'
import { makeNewsroom, missing, startSite, temporaryFolder } from '../lib/site.mjs'

const options = { skip: missing }
const word = 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz'
let site, browser

const write = (folder, name, title, lang, more = '') =>
	writeFileSync(join(folder, `${name}.md`), `---\ntitle: ${title}\nslug: ${name}\nlanguage: ${lang}\n${more}---\n\nText.\n`)

before(async () => {
	if (missing) return
	const folder = temporaryFolder()
	write(folder, 'gesetz', `${word} aufgehoben`, 'de', `date: 2025-11-15T09:00:00Z\nthemes: [${word}]\n`)
	write(folder, 'lang', word.repeat(3), 'de', 'date: 2025-11-14T09:00:00Z\nthemes: [Energie]\n')
	for (let i = 1; i < 41; i++)
		write(folder, `n${i}`, i % 5 ? `Nachricht ${i}` : word, i % 2 ? 'en' : 'de',
			`date: ${2025 - (i >> 3)}-${String(i % 12 + 1).padStart(2, '0')}-0${i % 9 + 1}T09:00:00Z\nthemes: [Section ${i % 8}]\n`)
	for (const i of [1, 2]) write(folder, `ar${i}`, 'دعوا المنارة تنطفئ', 'ar', `date: 2025-11-0${i}T09:00:00Z\nthemes: [Section ${i}]\n`)
	site = await startSite({ data: await makeNewsroom({ folder }) })
	browser = await openBrowser()
})

after(async () => {
	await browser?.close()
	await site?.stop()
})

test('a word of any length breaks rather than make its page wide', options, async () => {
	const page = await openPage(browser)
	for (const path of ['/de/', '/de/nix', '/de/search', '/de/search?q=xylophon', '/de/2025/11/gesetz', '/de/2025/11/lang', '/de/archive/2025/11'])
		for (const width of [320, 390, 768, 1280]) {
			await page.setViewportSize({ width, height: 800 })
			await goTo(page, site.url + path, path === '/de/nix' ? 404 : 200)
			const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
			assert.ok(over <= 0, `${path} at ${width}: ${over} pixels too wide`)
		}
	await closePage(page)
})

test('on a phone the row of sections fades where there are more of them, and shows the last one whole at its end', options, async () => {
	const page = await openPage(browser, undefined, views.phone)
	for (const [path, side, end] of [['/', 'right', 1], ['/ar/', 'left', -1]]) {
		await goTo(page, site.url + path)
		const { mask, fade, space } = await page.evaluate(([side, end]) => {
			const row = document.querySelector('.nav ul'), last = row.querySelector('li:last-child a')
			const fade = 3 * parseFloat(getComputedStyle(row).fontSize)
			row.scrollTo(end * row.scrollWidth, 0)
			return { mask: getComputedStyle(row).maskImage, fade,
				space: end * (row.getBoundingClientRect()[side] - last.getBoundingClientRect()[side]) }
		}, [side, end])
		assert.match(mask, new RegExp(`to ${side}`), path)
		assert.ok(space >= fade - 1, `${path}: ${space} pixels behind the last section, ${fade} fade`)
	}
	await closePage(page)
})

test('headlines of the newest begin at one edge, however wide their dates are', options, async () => {
	const page = await openPage(browser)
	for (const path of ['/', '/nix'])
		for (const width of [390, 1280]) {
			await page.setViewportSize({ width, height: 800 })
			await goTo(page, site.url + path, path === '/' ? 200 : 404)
			const edges = await page.evaluate(() => [...document.querySelectorAll('.latest .line a')].map(link =>
				Math.round(link.getBoundingClientRect().x)))
			assert.ok(edges.length > 3, `${path}: ${edges.length}`)
			assert.equal(new Set(edges).size, path === '/' && width === 1280 ? 3 : 1, `${path} at ${width}: ${edges}`)
		}
	await closePage(page)
})

test('a front page of words alone leaves no column empty beside a longer one', options, async () => {
	const page = await openPage(browser, site.url + '/', views.desk)
	const [bottom, top] = await page.evaluate(() =>
		[document.querySelector('.seconds').getBoundingClientRect().bottom, document.querySelector('.front > .latest').getBoundingClientRect().top])
	assert.ok(top >= bottom, `${top} ${bottom}`)
	await closePage(page)
})

test('a month of the archive and its number stand together', options, async () => {
	const page = await openPage(browser)
	for (const path of ['/archive', '/de/archive'])
		for (const width of [320, 390, 960, 1120, 1280]) {
			await page.setViewportSize({ width, height: 800 })
			await goTo(page, site.url + path)
			const gaps = await page.evaluate(() => [...document.querySelectorAll('.year li')].map(item => {
				const name = [...item.querySelector('a').getClientRects()].at(-1), count = item.querySelector('.count').getBoundingClientRect()
				return count.left - name.right
			}))
			assert.ok(gaps.length > 3 && Math.max(...gaps) < 16, `${path} at ${width}: ${gaps}`)
		}
	await closePage(page)
})
