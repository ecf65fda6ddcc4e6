// A notice of the newsroom within a text, on the writing surface: chosen, seen, moved and removed, by keyboard. BS_PICTURES=folder keeps
// pictures of it.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { axe, checkComplaints, screenshot, views } from '../lib/browser.mjs'
import { signIn } from '../lib/desk.mjs'
import { atDesk } from '../lib/desk-browser.mjs'
import { missing, until } from '../lib/site.mjs'

const here = atDesk()
const options = { skip: missing }
let desk

const open = async (view, path = '/desk/story/new') => {
	const page = await here.open(path, view)
	await page.waitForSelector('form[data-ready]')
	return page
}
const bodyOf = page => page.evaluate(() => new FormData(document.querySelector('form.story')).get('body'))
// What a dialog does comes when the browser tells that it is closed, a moment later.
const becomes = (page, body) => until(10, String(body), async () => body.test(await bodyOf(page)))
const said = page => page.locator('[data-say]').textContent()

async function write(body) {
	const saved = await desk.submit(await desk.get('/desk/story/new'), { title: 'The Ice', format: 'html', body }, { do: 'save' })
	return saved.url.split('?')[0]
}

describe('a notice in a text', options, () => {
	before(async () => {
		desk = await signIn(here.site, here.user)
		for (const fields of [{ slug: 'safety', title: 'On the ice', body: 'Stay off the ice. Call the pilots first.' },
			{ slug: 'rights', body: 'Ask us before you print this.', applies: 'all', placement: 'foot' }])
			await desk.submit(await desk.get('/desk/paper/notices/new'), fields, { do: 'save' })
	})

	test('is chosen from the tools, stands behind the paragraph, and is said when it is selected', async () => {
		const page = await open()
		await page.focus('#text')
		await page.keyboard.type('The ice came early.')
		await page.keyboard.press('Enter')
		await page.keyboard.type('It stayed.')
		await page.keyboard.press('ArrowUp')
		await page.click('[data-do=placed]')
		await page.selectOption('#e-slug', 'safety')
		assert.equal(await page.locator('.placed-words').textContent(), 'Stay off the ice. Call the pilots first.')
		assert.deepEqual(await axe(page), [])
		await page.keyboard.press('Tab')
		await page.keyboard.press('Enter')
		await becomes(page, /^<p>The ice came early\.<\/p>\n<aside data-notice="safety"><\/aside>\n<p>It stayed\.<\/p>\n$/)
		assert.match(await page.locator('.placed').innerText(), /On the ice\s+Stay off the ice\. Call the pilots first\./)
		assert.match(await said(page), /^Notice: On the ice\. Delete removes it/)
		assert.deepEqual(await axe(page), [])
		await page.keyboard.press('ArrowDown')
		await page.keyboard.type('Now. ')
		assert.match(await bodyOf(page), /<p>Now\. It stayed\.<\/p>/)
		assert.equal(await said(page), '')
		checkComplaints(page)
	})

	test('is reached, moved, changed, taken back and removed by keyboard', async () => {
		const path = await write('<p>One.</p><p>Two.</p><aside data-notice="safety"></aside><p>Three.</p>')
		const page = await open(views.desk, path)
		await page.focus('#text')
		await page.keyboard.press('Control+Home')
		for (let i = 0; i < 4 && !/On the ice/.test(await said(page)); i++)
			await page.keyboard.press('ArrowDown')
		assert.match(await said(page), /On the ice/)
		await page.keyboard.press('Alt+ArrowUp')
		await page.keyboard.press('Alt+ArrowUp')
		await page.keyboard.press('Alt+ArrowUp') // it cannot go further
		assert.equal(await bodyOf(page), '<aside data-notice="safety"></aside>\n<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>\n')
		await page.keyboard.press('Alt+ArrowDown')
		assert.equal(await bodyOf(page), '<p>One.</p>\n<aside data-notice="safety"></aside>\n<p>Two.</p>\n<p>Three.</p>\n')
		await page.keyboard.press('Enter')
		await page.selectOption('#e-slug', 'rights')
		await page.click('dialog[open] [value=set]')
		await becomes(page, /One\.<\/p>\n<aside data-notice="rights"><\/aside>/)
		assert.match(await said(page), /^Notice: Ask us before/)
		await page.waitForTimeout(600) // what is done at once is taken back at once
		await page.keyboard.press('Delete')
		assert.equal(await bodyOf(page), '<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>\n')
		await page.keyboard.press('Control+z')
		assert.match(await bodyOf(page), /<aside data-notice="rights">/)
		await page.keyboard.press('Enter')
		await page.click('dialog[open] [value=remove]')
		await becomes(page, /^<p>One\.<\/p>\n<p>Two\.<\/p>\n<p>Three\.<\/p>\n$/)
		checkComplaints(page)
	})

	test('that the newsroom does not have says so, and stays where it is', async () => {
		const path = await write('<p>One.</p><aside data-notice="nobody-has-it"></aside>')
		const page = await open(views.desk, path)
		assert.match(await page.locator('.placed.unknown').innerText(), /nobody-has-it\s+Readers see nothing here/)
		await page.focus('#text')
		await page.keyboard.press('Control+Home')
		await page.keyboard.type('At last: ')
		assert.equal(await bodyOf(page), '<p>At last: One.</p>\n<aside data-notice="nobody-has-it"></aside>\n')
		assert.deepEqual(await axe(page), [])
		checkComplaints(page)
	})

	test('is a line of the text as Markdown, and comes back from there', async () => {
		const page = await open(views.desk, await write('<p>One.</p><aside data-notice="safety"></aside>'))
		await page.click('[data-do=source]')
		await page.waitForSelector('#f-body:visible')
		assert.equal(await page.inputValue('#f-body'), 'One.\n\n<aside data-notice="safety"></aside>\n')
		await page.fill('#f-body', '<aside data-notice="rights"></aside>\n\nOne.\n')
		await page.click('[data-do=source]')
		await page.waitForSelector('.placed')
		assert.match(await page.locator('.placed').innerText(), /Ask us before/)
		checkComplaints(page)
	})

	test('fits each window, in both directions, light and dark', async () => {
		const path = await write('<p>One.</p><aside data-notice="safety"></aside><p>Two.</p><aside data-notice="gone"></aside>' +
			'<blockquote><p>Three.</p><aside data-notice="rights"></aside></blockquote>')
		for (const [name, view] of Object.entries({ phone: views.phone, desk: views.desk, dark: views.dark })) {
			const page = await open(view, path)
			for (const dir of ['ltr', 'rtl']) {
				await page.evaluate(dir => (document.documentElement.dir = dir), dir)
				await page.click('.placed')
				await screenshot(page, `placed-${name}-${dir}`)
				const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
				assert.ok(wide <= window, `${name} ${dir}: ${wide} px in ${window}`)
			}
			await page.keyboard.press('Enter')
			await screenshot(page, `placed-dialog-${name}`)
			assert.deepEqual(await axe(page), [], name)
			await page.context().close()
		}
	})
})
