// Picture files on the writing surface in Chromium: dropped, pasted and chosen; what is seen of them on their way, what is asked of them, and what
// is said when one does not arrive. BS_PICTURES=folder keeps pictures of it.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { axe, checkComplaints, closePage, goTo, screenshot, views } from '../lib/browser.mjs'
import { atDesk } from '../lib/desk-browser.mjs'
import { missing, ownRenditions, root } from '../lib/site.mjs'

ownRenditions()

const options = { skip: missing }
const ferry = join(root, 'examples/harbour/pictures/ferry.webp'), ice = join(root, 'examples/harbour/pictures/first-ice.webp')
const here = atDesk()

// A new story of three lines, the cursor at the end of the last.
async function begin(view = views.desk) {
	const page = await here.open('/desk/story/new', view)
	await page.waitForSelector('form[data-ready]')
	await page.click('#text')
	await page.keyboard.type('One.')
	for (const line of ['Two.', 'Three.']) {
		await page.keyboard.press('Enter')
		await page.keyboard.type(line)
	}
	return page
}

const file = (name, bytes) => [name, bytes.toString('base64')]
const carry = (page, files, texts = {}) => page.evaluateHandle(([files, texts]) => {
	const data = new DataTransfer()
	for (const [name, text] of files)
		data.items.add(new File([Uint8Array.from(atob(text), letter => letter.charCodeAt(0))], name,
			{ type: name.endsWith('webp') ? 'image/webp' : '' }))
	for (const [type, text] of Object.entries(texts))
		data.setData(type, text)
	return data
}, [files, texts])

async function drop(page, files, onto = '#text > p:nth-child(1)') {
	const { x, y, width, height } = await page.locator(onto).boundingBox()
	await page.dispatchEvent(onto, 'drop', { dataTransfer: await carry(page, files), clientX: x + width / 2, clientY: y + height - 1 })
}

async function paste(page, files, texts) {
	const clipboardData = await carry(page, files, texts)
	await page.evaluate(data => document.getElementById('text').dispatchEvent(
		new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })), clipboardData)
}

const words = page => page.waitForSelector('dialog[data-dialog=words][open]', { timeout: 30000 })
const later = async page => {
	await words(page)
	await page.click('[data-dialog=words] button[value=cancel]')
}
const shape = page => page.$$eval('#text > *', blocks => blocks.map(block => (block.matches('figure') ? 'figure' : block.textContent)))
const bodyOf = page => page.evaluate(() => new FormData(document.querySelector('form.story')).get('body'))
const without = (page, pattern) => { page.complaints = page.complaints.filter(line => !pattern.test(line)) }

test('a picture that is dropped stands where it was dropped, with the words that are asked for at once', options, async () => {
	const page = await begin()
	await drop(page, [file('ferry.webp', readFileSync(ferry))])
	assert.match(await page.textContent('[data-uploads] li'), /ferry\.webp/)
	assert.equal(await page.locator('#text .arriving').count(), 1, 'its place is seen while it is on its way')
	assert.doesNotMatch(await bodyOf(page), /ferry/, 'nothing unfinished is kept')
	await words(page)
	assert.deepEqual(await axe(page), [])
	await screenshot(page, 'uploads-words')
	await page.fill('#e-words-alt', 'The ferry at the quay')
	await page.fill('#e-words-credit', 'Jonas Thew')
	await page.fill('#e-words-licence', 'own')
	await page.keyboard.press('Enter')
	await page.waitForSelector('[data-dialog=words]:not([open])', { state: 'attached' })
	await page.waitForSelector('#text img[alt="The ferry at the quay"]')
	assert.deepEqual(await shape(page), ['One.', 'figure', 'Two.', 'Three.'])
	assert.match(await bodyOf(page), /<img src="media:\d+" alt="The ferry at the quay">[^]*<small class="credit">Jonas Thew<\/small>/)
	assert.equal(await page.locator('[data-uploads] li, #text .arriving').count(), 0)
	const id = (await bodyOf(page)).match(/media:(\d+)/)[1]
	await goTo(page, `${here.site.url}/desk/pictures/${id}`)
	assert.deepEqual([await page.inputValue('#f-alt'), await page.inputValue('#f-credit'), await page.inputValue('#f-licence')],
		['The ferry at the quay', 'Jonas Thew', 'own'], 'the library knows them too')
	checkComplaints(page)
	await closePage(page)
})

test('words that are left for later stand in the text as far as they were typed', options, async () => {
	const page = await begin()
	await drop(page, [file('ferry.webp', readFileSync(ferry))])
	await words(page)
	await page.fill('#e-words-alt', 'The ferry at the quay')
	await page.fill('#e-words-credit', 'Jonas Thew')
	await later(page)
	await page.waitForSelector('#text img[alt="The ferry at the quay"]')
	assert.match(await bodyOf(page), /alt="The ferry at the quay">[^]*<small class="credit">Jonas Thew<\/small>/)
	checkComplaints(page)
	await closePage(page)
})

test('several come in one behind the other in their order, one that is none says why, and undoing takes the last alone', options, async () => {
	const page = await begin()
	const files = [file('a.webp', readFileSync(ferry)), file('notes.txt', Buffer.from('no picture')), file('b.webp', readFileSync(ice))]
	await drop(page, files, '#text > p:nth-child(2)')
	await later(page)
	await page.waitForFunction(() => document.querySelectorAll('#text figure').length === 2)
	await later(page)
	assert.deepEqual(await shape(page), ['One.', 'Two.', 'figure', 'figure', 'Three.'])
	assert.match(await page.textContent('[data-uploads] .fault'), /notes\.txt was not taken: it is none of JPEG/)
	assert.deepEqual(await axe(page), [])
	await screenshot(page, 'uploads-fault')
	await page.click('[data-uploads] .fault button')
	assert.equal(await page.locator('[data-uploads] li').count(), 0)
	await page.keyboard.press('Control+z')
	assert.deepEqual(await shape(page), ['One.', 'Two.', 'figure', 'Three.'])
	await page.keyboard.press('Control+z')
	assert.deepEqual(await shape(page), ['One.', 'Two.', 'Three.'])
	without(page, /status of 422/)
	await closePage(page)
})

test('a file that is too large is not sent at all, and the words say how large one may be', options, async () => {
	const page = await begin()
	let sent = 0
	page.on('request', request => { sent += request.method() === 'POST' && /\/desk\/pictures$/.test(request.url()) })
	await page.evaluate(() => { document.querySelector('[data-uploads]').dataset.most = '1000' })
	await drop(page, [file('a.webp', readFileSync(ferry))])
	await page.waitForSelector('[data-uploads] .fault')
	assert.match(await page.textContent('[data-uploads] .fault'), /a\.webp was not taken: a picture has up to 50 MB/)
	assert.equal(sent, 0)
	assert.equal(await page.locator('#text .arriving').count(), 0)
	await closePage(page)
})

test('without a network its place in the text is kept, and it can be sent again', options, async () => {
	const page = await begin()
	await page.context().setOffline(true)
	await drop(page, [file('a.webp', readFileSync(ferry))])
	await page.waitForSelector('[data-uploads] .fault')
	assert.match(await page.textContent('[data-uploads] .fault'), /a\.webp\s*did not arrive/)
	await page.click('#text > p:nth-child(1)')
	await page.keyboard.press('Home')
	await page.keyboard.type('Before. ')
	await page.context().setOffline(false)
	await page.click('[data-uploads] button >> text=Try again')
	await later(page)
	assert.deepEqual(await shape(page), ['Before. One.', 'figure', 'Two.', 'Three.'])
	without(page, /ERR_INTERNET_DISCONNECTED/)
	await closePage(page)
})

test('one that never arrives can be left out', options, async () => {
	const page = await begin()
	await page.route('**/desk/pictures', route => route.abort())
	await drop(page, [file('a.webp', readFileSync(ferry))])
	await page.click('[data-uploads] button >> text=Leave it out')
	assert.equal(await page.locator('[data-uploads] li, #text .arriving').count(), 0)
	without(page, /ERR_FAILED/)
	await closePage(page)
})

test('a picture is brought in by keyboard alone', options, async () => {
	const page = await begin(views.phone)
	await page.keyboard.press('Alt+F10')
	await page.focus('[data-do=picture]')
	await page.keyboard.press('Enter')
	await page.waitForSelector('[data-dialog=picture][open]')
	assert.deepEqual(await axe(page), [])
	await page.setInputFiles('#e-file', ferry)
	await screenshot(page, 'uploads-phone')
	await page.focus('[data-dialog=picture] .main')
	await page.keyboard.press('Enter')
	await words(page)
	assert.equal(await page.evaluate(() => document.activeElement.id), 'e-words-alt', 'what is asked first has the focus')
	await screenshot(page, 'uploads-words-phone')
	for (const text of ['A ferry', 'Ann Lee']) { // instead of what the library knows of these bytes
		await page.keyboard.press('Control+a')
		await page.keyboard.type(text)
		await page.keyboard.press('Tab')
	}
	await page.keyboard.press('Enter')
	await page.waitForSelector('#text img[alt="A ferry"]')
	assert.equal((await shape(page)).filter(block => block === 'figure').length, 1)
	assert.equal(await page.evaluate(() => document.activeElement.id), 'text')
	await closePage(page)
})

test('a copied picture is pasted as one; the picture that a program gives of its text is not', options, async () => {
	const page = await begin()
	await paste(page, [file('image.webp', readFileSync(ferry))], { 'text/html': '<img src="https://elsewhere.example/ferry.webp">' })
	await later(page)
	const html = '<p>Words and <img src="https://elsewhere.example/a.webp"> more</p>'
	await paste(page, [file('image.webp', readFileSync(ferry))], { 'text/html': html })
	await page.waitForFunction(() => document.getElementById('text').textContent.includes('Words and'))
	assert.equal(await page.locator('#text figure').count(), 1)
	assert.equal(await page.locator('[data-uploads] li').count(), 0)
	assert.doesNotMatch(await bodyOf(page), /elsewhere/, "readers' browsers are not sent there")
	assert.equal(await page.locator('[src*=elsewhere]').count(), 0)
	await closePage(page)
})

test('a file that misses the text does not take its place in the window', options, async () => {
	const page = await begin()
	const dataTransfer = await carry(page, [file('a.webp', readFileSync(ferry))])
	const kept = await page.evaluate(data => !document.querySelector('h1').dispatchEvent(
		new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })), dataTransfer)
	assert.equal(kept, true)
	assert.equal(await page.locator('[data-uploads] li').count(), 0)
	await closePage(page)
})
