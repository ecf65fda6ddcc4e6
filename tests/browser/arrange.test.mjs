// Home page and menus arranged in Chromium, by mouse, by finger and by keyboard. BS_PICTURES=folder keeps pictures of it.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { axe, checkComplaints, closePage, screenshot, views } from '../lib/browser.mjs'
import { atDesk } from '../lib/desk-browser.mjs'
import { missing } from '../lib/site.mjs'

const options = { skip: missing }
const here = atDesk({ folder: 'examples/harbour' })

const sections = '[aria-labelledby=sections] > .order'
async function open(view, path) {
	const page = await here.open(path, view)
	await page.waitForSelector('.handle')
	return page
}
const keys = page => page.$$eval(`${sections} > li`, rows => rows.map(row => row.dataset.row))
const baseOf = page => page.inputValue('[name=base]')
const sent = (page, before) => page.waitForFunction(before => document.querySelector('[name=base]').value !== before, before)
const middleOf = async locator => {
	await locator.scrollIntoViewIfNeeded()
	const { x, y, width, height } = await locator.boundingBox()
	return [x + width / 2, y + height / 2]
}
const stored = async page => {
	await page.reload()
	return keys(page)
}

test('a section is dragged to its place by mouse, is prepared there, and a second drag goes on from it', options, async () => {
	const page = await open(views.desk, '/desk/paper/home'), [a, b, c, ...rest] = await keys(page)
	for (const wanted of [[b, c, a, ...rest], [c, a, b, ...rest]]) {
		const base = await baseOf(page), rows = page.locator(`${sections} > li`)
		const from = await middleOf(rows.nth(0).locator('.handle')), to = await middleOf(rows.nth(2))
		await page.mouse.move(...from)
		await page.mouse.down()
		await page.mouse.move(from[0], to[1] + 4, { steps: 5 })
		await screenshot(page, 'arrange-held')
		await page.mouse.up()
		await sent(page, base)
		assert.deepEqual(await keys(page), wanted)
	}
	assert.deepEqual(await stored(page), [c, a, b, ...rest])
	assert.deepEqual(await axe(page), [])
	checkComplaints(page)
	await closePage(page)
})

test('Escape lets go of what is dragged, and nothing is sent', options, async () => {
	const page = await open(views.desk, '/desk/paper/home'), before = await keys(page), base = await baseOf(page)
	const rows = page.locator(`${sections} > li`), from = await middleOf(rows.nth(1).locator('.handle'))
	await page.mouse.move(...from)
	await page.mouse.down()
	await page.mouse.move(from[0], from[1] + 200, { steps: 5 })
	assert.notDeepEqual(await keys(page), before)
	await page.keyboard.press('Escape')
	await page.mouse.up()
	assert.deepEqual([await keys(page), await baseOf(page)], [before, base])
	assert.deepEqual(await stored(page), before)
	await closePage(page)
})

test('the arrow keys move it, each place is read out, and the focus stays on it', options, async () => {
	const page = await open(views.desk, '/desk/paper/home'), [a, b, ...rest] = await keys(page), base = await baseOf(page)
	await page.focus(`${sections} > li:nth-child(1) > .handle`)
	await page.keyboard.press('End')
	assert.match(await page.textContent('body > [role=status]'), new RegExp(`: now at place ${rest.length + 2} / ${rest.length + 2}$`))
	await page.keyboard.press('ArrowUp')
	await sent(page, base)
	const wanted = [b, ...rest.slice(0, -1), a, rest.at(-1)]
	assert.deepEqual(await keys(page), wanted)
	assert.equal(await page.evaluate(() => document.activeElement.closest('li').dataset.row), a)
	assert.deepEqual(await stored(page), wanted)
	await closePage(page)
})

test('a button that is pressed at once after a move comes after it', options, async () => {
	const page = await open(views.desk, '/desk/paper/home'), [a, b, ...rest] = await keys(page)
	await page.focus(`${sections} > li:nth-child(1) > .handle`)
	await page.keyboard.press('ArrowDown')
	await page.click('button[value=publish]')
	await page.waitForURL(/done=home-live/)
	assert.deepEqual(await keys(page), [b, a, ...rest])
	await closePage(page)
})

test('what somebody else changed meanwhile is said, and shown as it is', options, async () => {
	const page = await open(views.desk, '/desk/paper/home'), [a, b, ...rest] = await keys(page)
	const other = await page.context().newPage()
	await other.goto(`${here.site.url}/desk/paper/home`)
	await other.click(`${sections} > li:nth-child(2) button[value^=up]`)
	await other.waitForURL(/done=/)
	const base = await baseOf(page)
	await page.focus(`${sections} > li:nth-child(1) > .handle`)
	await page.keyboard.press('End')
	await sent(page, base)
	await page.waitForSelector('.notice[data-tone=bad]')
	assert.deepEqual(await keys(page), [b, a, ...rest])
	page.complaints = page.complaints.filter(line => !line.includes('status of 409'))
	await closePage(page)
})

test('a finger drags it, too', options, async () => {
	const page = await open(views.phone, '/desk/paper/home'), [a, b, ...rest] = await keys(page), base = await baseOf(page)
	const rows = page.locator(`${sections} > li`), [x, y] = await middleOf(rows.nth(0).locator('.handle')), [, to] = await middleOf(rows.nth(1))
	const touch = await page.context().newCDPSession(page)
	const at = (type, y) => touch.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x, y }] })
	await at('touchStart', y)
	for (const part of [0.3, 0.6, 1])
		await at('touchMove', y + (to + 6 - y) * part)
	await at('touchEnd')
	await sent(page, base)
	assert.deepEqual(await keys(page), [b, a, ...rest])
	await screenshot(page, 'arrange-phone')
	assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
	await closePage(page)
})

for (const [name, view] of Object.entries({ desk: views.desk, phone: views.phone, dark: views.dark })) {
	test(`the numbers of a menu follow its rows, and are saved with it: ${name}`, options, async () => {
		const page = await open(view, '/desk/paper/menus')
		await page.fill('[name=footer-0-to]', `/archive`)
		await page.fill('[name=footer-1-to]', `/search`)
		await page.focus('[data-arrange] [data-row="2"]:has([name=footer-1-to]) > .handle')
		await page.keyboard.press('ArrowUp')
		assert.deepEqual([await page.inputValue('[name=footer-0-place]'), await page.inputValue('[name=footer-1-place]')], ['2', '1'])
		assert.match(await page.textContent('body > [role=status]'), /^\/search: now at place 1 \/ \d+$/)
		assert.deepEqual(await axe(page), [])
		for (const dir of ['ltr', 'rtl']) {
			await page.evaluate(dir => (document.documentElement.dir = dir), dir)
			await screenshot(page, `arrange-menus-${name}-${dir}`)
			assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} ${dir} is too wide`)
		}
		await page.click('button[value=save]')
		await page.waitForURL(/done=saved/)
		assert.deepEqual([await page.inputValue('[name=footer-0-to]'), await page.inputValue('[name=footer-1-to]')], ['/search', '/archive'])
		await closePage(page)
	})
}
