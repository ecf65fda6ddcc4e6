// The form of a correction keeps what is typed in it and shows the page that it would make, as the form of a story does. BS_PICTURES=folder keeps
// pictures of it.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { axe, checkComplaints, goTo, screenshot, views } from '../lib/browser.mjs'
import { formsOf, signIn } from '../lib/desk.mjs'
import { atDesk } from '../lib/desk-browser.mjs'
import { missing } from '../lib/site.mjs'

const here = atDesk()
const options = { skip: missing }
const kept = page => page.waitForSelector('.editor[data-state=kept]', { timeout: 15000 })

describe('the form of a correction', options, () => {
	let desk

	before(async () => {
		desk = await signIn(here.site, here.user)
	})
	const publish = async title => (await desk.submit(await desk.get('/desk/story/new'),
		{ title, body: 'There were nine ships.', authors: 'Ann Lee', tags: 'ice' }, { do: 'publish' })).url.split('?')[0]
	const open = async (path, view) => {
		const page = await here.open(path, view)
		await page.waitForSelector('form[data-ready]')
		return page
	}
	const type = async page => {
		await page.click('#text')
		await page.keyboard.press('Control+End')
		await page.keyboard.type(' Ten, in truth.')
		await page.selectOption('#f-correction', 'clarification')
		await page.fill('#f-note', 'We had counted *nine*.')
	}
	const fieldsOf = async path => Object.fromEntries(
		formsOf((await desk.get(path)).text).find(form => form.fields.some(([name]) => name === 'title')).fields)

	test('what is typed is kept at the desk, note and kind too, and comes back as a correction from either page', async () => {
		const path = await publish('Nine Ships'), page = await open(`${path}/correct`)
		await type(page)
		await kept(page)
		await page.context().close()
		for (const from of [path, `${path}/correct`]) {
			const again = await open(from)
			await again.click('.copies a.button')
			await again.waitForURL(/\/correct\?.*copy=/)
			await again.waitForSelector('form[data-ready]')
			assert.equal(await again.inputValue('#f-note'), 'We had counted *nine*.')
			assert.equal(await again.inputValue('#f-correction'), 'clarification')
			assert.match(await again.locator('#text').innerText(), /nine ships\. Ten, in truth\./)
			assert.deepEqual(await axe(again), [])
			if (from !== path) {
				await again.click('button[value=correct]')
				await again.waitForURL(/done=corrected/)
				assert.equal(await again.locator('.copies').count(), 0)
			}
			checkComplaints(again)
			await again.context().close()
		}
		const { authors, tags, body } = await fieldsOf(path)
		assert.deepEqual([authors, tags, body], ['Ann Lee', 'ice', 'There were nine ships. Ten, in truth.\n'])
		assert.match((await here.site.get('/corrections')).text, /We had counted <em>nine<\/em>/)
	})

	test('the preview shows the text and the note as readers would see them, and nothing is published by it', async () => {
		const path = await publish('Nine Boats'), page = await open(`${path}/correct`)
		await type(page)
		await page.click('[data-do=preview]')
		const frame = page.frameLocator('[data-pane] iframe:not(.coming)')
		await frame.locator('article.story p', { hasText: 'We had counted nine.' }).first().waitFor({ timeout: 15000 })
		await frame.locator('.body p', { hasText: 'Ten, in truth.' }).waitFor({ timeout: 15000 })
		await frame.locator('article.story', { hasText: 'Ann Lee' }).first().waitFor({ timeout: 15000 })
		await screenshot(page, 'correct-preview')
		assert.doesNotMatch((await desk.get(path)).text, /in truth/)
		checkComplaints(page)
	})

	test('a copy of the whole story is gone on with on the whole form', async () => {
		const path = await publish('Nine Yachts'), page = await open(path)
		await page.fill('#f-subtitle', 'Later')
		await kept(page)
		await goTo(page, `${here.site.url}${path}/correct`)
		await page.click('.copies a.button')
		await page.waitForURL(new RegExp(`${path}\\?copy=`))
		assert.equal(await page.inputValue('#f-subtitle'), 'Later')
		checkComplaints(page)
	})

	test('fits each window, in both directions, light and dark', async () => {
		const path = await publish('Nine Tugs')
		for (const [name, view] of Object.entries({ phone: views.phone, desk: views.desk, dark: views.dark })) {
			const page = await open(`${path}/correct`, view)
			for (const dir of ['ltr', 'rtl']) {
				await page.evaluate(dir => (document.documentElement.dir = dir), dir)
				await screenshot(page, `correct-${name}-${dir}`)
				const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
				assert.ok(wide <= window, `${name} ${dir}: ${wide} px in ${window}`)
			}
			await page.context().close()
		}
	})
})
