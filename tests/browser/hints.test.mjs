// Hints of the house style where they stand in the text: marked, told, taken over, by keyboard too. BS_PICTURES=folder keeps pictures of it.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { axe, checkComplaints, screenshot, views } from '../lib/browser.mjs'
import { signIn } from '../lib/desk.mjs'
import { atDesk } from '../lib/desk-browser.mjs'
import { missing } from '../lib/site.mjs'

const here = atDesk()
const options = { skip: missing }

const bodyOf = page => page.evaluate(() => new FormData(document.querySelector('form.story')).get('body'))
const marked = page => page.locator('.text .style-hint').allTextContents()
const told = page => page.locator('[data-style-line] [role=status]').textContent()
const toldOf = (page, words) => page.waitForFunction(words =>
		document.querySelector('[data-style-line] [role=status]').textContent.includes(words), words)
const toldNothing = page => page.waitForFunction(() => document.querySelector('[data-style-line] [role=status]').textContent === '')
const count = (page, n) => page.waitForFunction(n => document.querySelectorAll('.text .style-hint').length === n, n)

describe('hints of the house style in the text', options, () => {
	let desk

	before(async () => {
		desk = await signIn(here.site, here.user)
		for (const fields of [{ pattern: 'utilis*', suggestion: 'use', reason: 'Shorter.' }, { pattern: 'very', reason: 'Say how much.' },
			{ pattern: 'Eis', suggestion: 'Meereis', lang: 'de' }])
			await desk.submit(await desk.get('/desk/style'), fields, {}, { action: '/desk/style' })
	})
	const open = async (view, path = '/desk/story/new') => {
		const page = await here.open(path, view)
		await page.waitForSelector('form[data-ready]')
		return page
	}
	const write = async (body, fields = {}) =>
		(await desk.submit(await desk.get('/desk/story/new'), { title: 'Ice', format: 'html', body, ...fields }, { do: 'save' })).url.split('?')[0]

	test('words are marked when nobody has typed for a moment, told when the cursor is in them, and taken over as one step', async () => {
		const page = await open()
		await page.focus('#text')
		await page.keyboard.type('They will utilise very thin ice.')
		await count(page, 2)
		assert.deepEqual(await marked(page), ['utilise', 'very'])
		assert.equal(await told(page), '')
		await page.keyboard.press('F8')
		assert.equal(await told(page), 'House style: utilise → use Shorter.')
		assert.deepEqual(await axe(page), [])
		await page.keyboard.press('Control+.')
		assert.equal(await bodyOf(page), '<p>They will use very thin ice.</p>\n')
		assert.deepEqual(await marked(page), ['very'])
		await page.keyboard.press('Control+z')
		assert.equal(await bodyOf(page), '<p>They will utilise very thin ice.</p>\n')
		await count(page, 2)
		checkComplaints(page)
	})

	test('a click in the words tells of them, and the button takes over and leaves the cursor in the text', async () => {
		const page = await open(views.desk, await write('<p>We <em>utilise</em> it.</p><ul><li>Utilised<br>twice</li></ul>'))
		await count(page, 2)
		await page.click('.text .style-hint >> nth=1')
		await toldOf(page, 'Utilised → Use')
		await page.click('[data-style-line] [data-do=take]')
		assert.equal(await bodyOf(page), '<p>We <em>utilise</em> it.</p>\n<ul><li>Use<br>twice</li></ul>\n')
		await page.keyboard.type(' it')
		assert.match(await bodyOf(page), /<li>Use it<br>/)
		await page.click('.text .style-hint')
		await toldOf(page, 'utilise → use')
		await page.keyboard.press('Control+.')
		assert.match(await bodyOf(page), /<p>We <em>use<\/em> it\.<\/p>/)
		checkComplaints(page)
	})

	test('keys lead from one to the next and back; what has no suggestion is told alone', async () => {
		const page = await open(views.desk, await write('<p>Very, utilise, very.</p>'))
		await count(page, 3)
		await page.focus('#text')
		await page.keyboard.press('Control+Home')
		await toldOf(page, 'Very')
		assert.equal(await page.locator('[data-style-line] [data-do=take]').isVisible(), false)
		await page.keyboard.press('F8')
		await toldOf(page, 'utilise')
		await page.keyboard.press('F8')
		await toldOf(page, 'very')
		await page.keyboard.press('Shift+F8')
		await toldOf(page, 'utilise')
		await page.keyboard.press('Control+End')
		await toldNothing(page)
		await page.keyboard.press('F8')
		await toldOf(page, 'Very')
		checkComplaints(page)
	})

	test('words that change lose their mark at once; what is typed while the server is asked is not disturbed', async () => {
		const page = await open(views.desk, await write('<p>We utilise it.</p>'))
		await count(page, 1)
		await page.click('.text .style-hint')
		await page.keyboard.type('x')
		await count(page, 0)
		await page.keyboard.press('Backspace')
		await page.route('**/desk/copy/hints', async route => {
			await new Promise(done => setTimeout(done, 500))
			await route.continue()
		})
		await page.waitForRequest('**/desk/copy/hints')
		await page.keyboard.press('Control+End')
		await page.keyboard.type(' And more of it, very much more.')
		await count(page, 2)
		assert.equal(await bodyOf(page), '<p>We utilise it. And more of it, very much more.</p>\n')
		checkComplaints(page)
	})

	test('the rules are those of the language of the story; where there are none nothing is asked while somebody writes', async () => {
		const page = await open(views.desk, await write('<p>Das Eis, very.</p>', { lang: 'de' }))
		await count(page, 2)
		await page.evaluate(() => document.querySelectorAll('details').forEach(part => (part.open = true)))
		await page.selectOption('#f-lang', 'en')
		await count(page, 1)
		for (const pattern of ['utilis*', 'very']) {
			const rules = await desk.get('/desk/style'), [, id] = rules.text.match(new RegExp(`rule=(\\d+)"[^>]*>${pattern.replace('*', '\\*')}`))
			await desk.post('/desk/style', { csrf: rules.text.match(/name="csrf" value="([^"]+)/)[1], rule: id, pattern, do: 'remove' })
		}
		await page.focus('#text')
		await page.keyboard.type('A')
		await count(page, 0)
		let asked = 0
		page.on('request', request => (asked += request.url().endsWith('/desk/copy/hints')))
		await page.keyboard.type('B')
		await page.waitForTimeout(2000)
		assert.equal(asked, 0)
		checkComplaints(page)
	})

	test('fits each window, in both directions, light and dark', async () => {
		await desk.submit(await desk.get('/desk/style'), { pattern: 'utilis*', suggestion: 'use',
			reason: 'It is shorter, and readers who know little English know it.' }, {}, { action: '/desk/style' })
		const path = await write('<p>We utilise it.</p>')
		for (const [name, view] of Object.entries({ phone: views.phone, desk: views.desk, dark: views.dark })) {
			const page = await open(view, path)
			await count(page, 1)
			await page.click('.text .style-hint')
			for (const dir of ['ltr', 'rtl']) {
				await page.evaluate(dir => (document.documentElement.dir = dir), dir)
				await screenshot(page, `hints-${name}-${dir}`)
				const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
				assert.ok(wide <= window, `${name} ${dir}: ${wide} px in ${window}`)
			}
			assert.deepEqual(await axe(page), [], name)
			await page.context().close()
		}
	})
})
