// The writing surface in Chromium: what is pasted, typed and chosen; what is kept when a tab is closed, a browser dies, a server is away, a session
// ends; who else is there; the preview. BS_PICTURES=folder keeps pictures of it.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { axe, checkComplaints, closePage, goTo, openBrowser, openPage, screenshot, views } from '../lib/browser.mjs'
import { formsOf, makeUser, password, signIn } from '../lib/desk.mjs'
import { enterDesk } from '../lib/desk-browser.mjs'
import { makeNewsroom, missing, root, startSite, until } from '../lib/site.mjs'

const options = { skip: missing }
let site, browser, admin, desk

before(async () => {
	if (missing) return
	site = await startSite({ folder: 'examples/harbour' })
	browser = await openBrowser()
	admin = await makeUser(site, { role: 'administrator', name: 'Ada Reed' })
	desk = await signIn(site, admin)
})

after(async () => {
	await browser?.close()
	await site?.stop()
})

// Pages of a test that failed would go on asking.
afterEach(async () => {
	for (const context of browser?.contexts() ?? [])
		await context.close()
})

const enter = (page, user = admin) => enterDesk(page, site, user)

const signInHere = async (view = views.desk, user = admin, where = browser) => enter(await openPage(where, undefined, view), user)

async function open(page, path = '/desk/story/new', status) {
	await goTo(page, site.url + path, status)
	await page.waitForSelector('form[data-ready]')
}

// A story with this text; its path at the desk.
async function write(fields) {
	const saved = await desk.submit(await desk.get('/desk/story/new'), fields, { do: 'save' })
	assert.equal(saved.status, 200, saved.text)
	return saved.url.split('?')[0]
}

const bodyOf = page => page.evaluate(() => new FormData(document.querySelector('form.story')).get('body'))
const fieldsOf = page => Object.fromEntries(formsOf(page.text).find(form => form.fields.some(([name]) => name === 'body')).fields)
const storedBody = async path => fieldsOf(await desk.get(path)).body
const stateIs = (page, name) => page.waitForSelector(`.editor[data-state=${name}]`, { timeout: 15000 })
const notice = (page, name) => page.waitForSelector(`[data-notice="${name}"]:not([hidden])`, { timeout: 20000 })

// By keyboard alone: a click where there was one a moment ago is a double click, which means a word.
async function clear(page) {
	await page.focus('#text')
	await page.keyboard.press('Control+a')
	await page.keyboard.press('Delete')
}

async function paste(page, html, text = 'plain') {
	await page.evaluate(([html, text]) => {
		const data = new DataTransfer()
		if (html)
			data.setData('text/html', html)
		data.setData('text/plain', text)
		const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
		document.getElementById('text').dispatchEvent(event)
	}, [html, text])
}

const clipboard = name => readFileSync(new URL(`clipboard/${name}.html`, import.meta.url), 'utf8')

describe('the text', options, () => {
	test('every story comes back as it was, by what was remembered and by the schema alone', options, async () => {
		const esbuild = createRequire(join(root, 'assets/package.json'))('esbuild')
		const stdin = { contents: "export * from './src/html.js'", resolveDir: join(root, 'assets') }
		const { outputFiles: [{ text }] } = await esbuild.build({ stdin, bundle: true, format: 'iife', globalName: 'html', write: false })
		const page = await openPage(browser)
		await page.evaluate(`${text}; globalThis.html = html; 0`)
		let stories = 0
		for (let id = 1; id < 50; id++) {
			const shown = await desk.get(`/desk/story/${id}`)
			if (shown.status !== 200)
				continue
			const { body, csrf, lang } = fieldsOf(shown), sent = { multipart: true }
			const convert = async (body, format, to) => (await desk.post('/desk/copy/text', { csrf, body, format, to, lang }, sent)).text
			const before = await convert(body, 'markdown', 'html')
			const [remembered, anew] = await page.evaluate(before => {
				const doc = html.read(before), parts = []
				doc.forEach(node => parts.push(html.writeBlock(node)))
				return [html.write(doc), parts.join('\n')]
			}, before)
			assert.equal(await convert(remembered, 'html', 'html'), before, `story ${id}`)
			assert.equal(await convert(anew, 'html', 'html'), before, `story ${id}, by the schema`)
			assert.equal(await convert(anew, 'html', 'markdown'), body, `story ${id}, in Markdown`)
			stories++
		}
		assert.ok(stories > 25, `${stories} stories`)
		await closePage(page)
	})

	test('a story that is opened and saved untouched is unchanged, and one paragraph changed changes that alone', options, async () => {
		const body = 'One *odd*  line.\n\n- a\n- b\n\n> Quoted.\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\nLast.'
		const path = await write({ title: 'Untouched', body }), page = await signInHere()
		const before = await storedBody(path)
		await open(page, path)
		await page.click('button[value=save]')
		await page.waitForURL(/done=unchanged/)
		await open(page, path)
		await page.click('#text > p:last-of-type')
		await page.keyboard.press('End')
		await page.keyboard.type(' And more.')
		await page.keyboard.press('Control+s')
		await page.waitForURL(/done=saved/)
		assert.equal(await storedBody(path), before.replace('Last.', 'Last. And more.'))
		await closePage(page)
	})

	for (const [name, parts] of Object.entries({
		word: ['<h2>The harbour in winter</h2>', '<ul><li>First<ul><li>Within the first</li></ul></li><li>Second</li></ul>',
			'<ol><li>Counted</li></ol>', '<blockquote><p>“We could count.”</p></blockquote>', '<td><strong>Ship</strong></td>', 'H<sub>2</sub>O',
			'<strong>early</strong> and <em>stayed</em>; see <a href="https://example.net/ice?day=3">the chart</a>. So they say.<sup>',
			'>The harbour master.</li></ol></div>'],
		docs: ['<h2>The harbour in winter</h2>', '<ul><li>First<ul><li>Within the first</li></ul></li><li>Second</li></ul>',
			'<strong>early</strong> and <em>stayed</em>; see <a href="https://example.net/ice">the chart</a>. CO<sub>2</sub></p>',
			'<td>Ship</td><td>Days</td>'],
		page: ['<h2>The harbour in winter</h2>', '<a href="https://example.net/ice">the chart</a>', '<p>Bad link.</p>',
			'<p>The <strong>ship</strong></p>', '<ol start="3"><li>Third</li><li>Fourth<ul><li>Within</li></ul></li></ol>',
			'<pre><code class="language-c">int x = 1;\nint y;</code></pre>', '<th>Ship</th><th>Days</th>',
			'<blockquote><p>“We could count.”</p></blockquote>'],
	})) {
		test(`what is pasted keeps its structure and loses its junk: ${name}`, options, async () => {
			const page = await signInHere()
			await open(page)
			await page.fill('#f-title', `From ${name}`)
			await page.click('#text')
			await paste(page, clipboard(name))
			const body = await bodyOf(page)
			for (const part of parts)
				assert.ok(body.includes(part), `${part} in\n${body}`)
			assert.doesNotMatch(body, /style|class="(Mso|x|q)|docs-internal|<b>|<span|<o:p|script|alert|tracker|<p>(<br>|&nbsp;|\s)*<\/p>/)
			assert.doesNotMatch(body, /Hidden|Not seen|Nor this|Share|Home/)
			await page.keyboard.press('Control+s')
			await page.waitForURL(/done=saved/)
			await page.waitForSelector('form[data-ready]')
			const stored = await storedBody(new URL(page.url()).pathname)
			assert.match(stored, /^## The harbour in winter\n\nThe ice came \*\*early\*\* and <em>stayed<\/em>; see \[the chart\]/)
			await closePage(page)
		})
	}

	test('a text is written by keyboard alone: tools, headings, lists, link, footnote, table, and out again', options, async () => {
		const page = await signInHere(), { keyboard } = page
		await open(page)
		await page.fill('#f-title', 'By keyboard')
		await page.focus('#f-summary')
		await keyboard.press('Tab')
		assert.equal(await page.evaluate(() => document.activeElement.dataset.style), '', 'the tools are one stop')
		await keyboard.press('ArrowRight')
		await keyboard.press('End')
		assert.equal(await page.evaluate(() => document.activeElement.dataset.do), 'help')
		await keyboard.press('Enter')
		await page.waitForSelector('dialog[open]')
		assert.deepEqual(await axe(page), [])
		await keyboard.press('Escape')
		await page.waitForFunction(() => document.activeElement.id === 'text')
		await keyboard.type('## Head')
		await keyboard.press('Enter')
		await keyboard.type('A ')
		await keyboard.press('Control+b')
		await keyboard.type('bold')
		await keyboard.press('Control+b')
		await keyboard.type(' word')
		await keyboard.press('Control+Alt+f')
		await keyboard.type('The note.')
		await keyboard.press('Enter')
		await keyboard.type(' and a ')
		await keyboard.press('Control+k')
		await page.waitForSelector('dialog[open]')
		await keyboard.type('example.net/a')
		await keyboard.press('Enter')
		await page.waitForSelector('#text a[href*=example]')
		await keyboard.press('Enter')
		await keyboard.type('- one')
		await keyboard.press('Enter')
		await keyboard.type('two')
		await keyboard.press('Control+]')
		await keyboard.press('Control+Enter')
		await keyboard.press('Alt+F10')
		for (let i = 0; i < 20 && await page.evaluate(() => document.activeElement.dataset.do) !== 'table'; i++)
			await keyboard.press('ArrowRight')
		await keyboard.press('Enter')
		await page.waitForSelector('dialog[open]')
		assert.deepEqual(await axe(page), [])
		await page.fill('#e-rows', '2')
		await page.fill('#e-columns', '2')
		await page.focus('#e-caption')
		await keyboard.type('Ships')
		await keyboard.press('Enter')
		await page.waitForSelector('#text table')
		for (const word of ['A', 'B', '1', '2']) {
			await keyboard.type(word)
			await keyboard.press('Tab')
		}
		assert.notEqual(await page.evaluate(() => document.activeElement.id), 'text', 'behind the last cell the Tab key leads out of the text')
		await page.keyboard.press('Control+s')
		await page.waitForURL(/done=saved/)
		const stored = await storedBody(new URL(page.url()).pathname)
		assert.equal(stored.trim(), '## Head\n\nA **bold** word[^1] and a [example.net/a](https://example.net/a)\n\n- one\n  - two\n\n'
			+ '<table>\n<caption>Ships</caption>\n<tr>\n<th>A</th>\n<th>B</th>\n</tr>\n'
			+ '<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</table>\n\n[^1]: The note.')
		await closePage(page)
	})

	test('a picture comes in with its caption, credit and alternative text, and is seen', options, async () => {
		const page = await signInHere()
		await open(page)
		await page.fill('#f-title', 'With a picture')
		await page.click('#text')
		await page.click('[data-do=picture]')
		await page.fill('#e-alt', 'A ship at the quay')
		await page.click('dialog[open] .main')
		await page.click('#text [data-part=caption]')
		await page.keyboard.type('The ship.')
		await page.click('#text [data-part=credit]')
		await page.keyboard.type('Ann Lee')
		await page.waitForFunction(() => document.querySelector('#text img').naturalWidth > 0)
		assert.match(await bodyOf(page), /<figure><img src="media:\d+" alt="A ship at the quay">/)
		assert.match(await bodyOf(page), /<figcaption>The ship\. <small class="credit">Ann Lee<\/small>/)
		assert.deepEqual(await axe(page), [])
		await page.keyboard.press('Control+s')
		await page.waitForURL(/done=saved/)
		assert.match(await storedBody(new URL(page.url()).pathname), /!\[A ship at the quay\]\(media:\d+ "The ship\. — credit: Ann Lee"\)/)
		await closePage(page)
	})

	test('words and minutes are counted, in scripts without spaces too, and the text has the language of the story', options, async () => {
		const page = await signInHere()
		const words = expected => page.waitForFunction(text => document.querySelector('[data-words]').value === text, expected)
		await open(page)
		await page.click('#text')
		await page.keyboard.type('One two, three – four.')
		await words('4')
		await page.selectOption('#f-lang', 'ja')
		await page.evaluate(() => document.querySelector('#f-lang').closest('details').open = true)
		assert.deepEqual(await page.$eval('#text', text => [text.lang, text.dir, text.spellcheck]), ['ja', 'ltr', true])
		await clear(page)
		await page.keyboard.insertText('港は冬の間閉まる')
		await words('4')
		await page.selectOption('#f-lang', 'ar')
		assert.deepEqual(await page.$eval('#text', text => [text.lang, text.dir]), ['ar', 'rtl'])
		await closePage(page)
	})

	test('the text can be had as Markdown and back, and a text of five megabytes can be pasted, kept and saved', options, async () => {
		const page = await signInHere(), long = 'The ice in the harbour is thick. '.repeat(32)
		await open(page)
		await page.fill('#f-title', 'Long')
		await page.click('#text')
		await page.keyboard.type('**Typed** as it is')
		await page.click('[data-do=source]')
		await page.waitForSelector('#f-body', { state: 'visible' })
		assert.equal((await page.inputValue('#f-body')).trim(), '\\*\\*Typed\\*\\* as it is')
		await page.fill('#f-body', 'Now **bold**')
		await page.click('[data-do=source]')
		await page.waitForSelector('#text strong')
		await clear(page)
		await paste(page, '', Array.from({ length: 4900 }, () => long).join('\n\n'))
		await stateIs(page, 'kept')
		assert.ok((await bodyOf(page)).length > 5e6)
		await page.click('button[value=save]')
		await page.waitForURL(/done=saved/, { timeout: 60000 })
		await closePage(page)
	})

	test('a double click below the text is one into its last line', options, async () => {
		const page = await signInHere()
		await open(page)
		await page.fill('#f-title', 'Twice')
		await page.click('#text')
		await page.keyboard.type('One')
		const { height } = await page.locator('#text').boundingBox()
		await page.dblclick('#text', { position: { x: 200, y: height - 10 } })
		await page.keyboard.press('End')
		await page.keyboard.type(' two')
		assert.equal(await page.$eval('#text', text => text.innerText.trim()), 'One two')
		await closePage(page)
	})

	test('nothing typed while the text becomes Markdown is lost, and a second press in that time is none', options, async () => {
		const page = await signInHere()
		await open(page)
		await page.fill('#f-title', 'Slow')
		await page.click('#text')
		await page.keyboard.type('One')
		await page.route('**/desk/copy/text', async route => {
			await new Promise(resolve => setTimeout(resolve, 600))
			await route.continue()
		})
		await page.evaluate(() => {
			document.querySelector('[data-do=source]').click()
			document.querySelector('[data-do=source]').click()
		})
		await page.keyboard.type(' two')
		await page.waitForSelector('#f-body', { state: 'visible' })
		assert.equal((await page.inputValue('#f-body')).trim(), await page.$eval('#text', text => text.innerText.trim()), 'both forms say the same')
		await page.unroute('**/desk/copy/text')
		await page.keyboard.type('Then ')
		assert.match(await page.inputValue('#f-body'), /Then /, 'the keyboard is in the text area')
		await page.route('**/desk/copy/text', route => route.abort())
		await page.click('[data-do=source]')
		await page.waitForFunction(() => !document.getElementById('f-body').closest('.field').inert)
		await page.waitForSelector('[data-notice=not-converted]', { state: 'visible' })
		await page.keyboard.type('and ')
		assert.match(await page.inputValue('#f-body'), /Then and /, 'without an answer it stays as it was')
		page.complaints = page.complaints.filter(line => !line.includes('ERR_FAILED'))
		await closePage(page)
	})

	for (const [name, view] of Object.entries({ desk: views.desk, phone: views.phone, dark: views.dark })) {
		test(`axe finds nothing while a story is written, and nothing is wider than the window: ${name}`, options, async () => {
			const page = await signInHere(view)
			await open(page, (await desk.get('/desk/?q=ice')).text.match(/\/desk\/story\/\d+/)[0])
			for (const preview of [false, true]) {
				if (preview) {
					await page.click('[data-do=preview]')
					await page.waitForSelector('.live iframe:not(.coming)')
				}
				for (const dir of ['ltr', 'rtl']) {
					await page.evaluate(dir => (document.documentElement.dir = dir), dir)
					await screenshot(page, `editor-${name}${preview ? '-preview' : ''}-${dir}`)
					assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} ${dir} is too wide`)
				}
				assert.deepEqual(await axe(page), [])
			}
			// The page in the preview asks for its lead early, for a width that the frame may not have any more when it is laid out.
			page.complaints = page.complaints.filter(text => !text.includes('was preloaded using link preload but not used'))
			await closePage(page)
		})
	}
})

describe('what is kept', options, () => {
	const begin = async (title, where) => {
		const page = await signInHere(views.desk, admin, where)
		await open(page)
		await page.fill('#f-title', title)
		await page.click('#text')
		return page
	}
	const leave = page => Promise.all([page.waitForEvent('close'), page.close({ runBeforeUnload: true })])
	const textIs = (page, words) => page.waitForFunction(words => document.getElementById('text').innerText.trim() === words, words)
	const inBrowser = (page, words) => page.waitForFunction(words => Object.values(localStorage).some(kept => kept.includes(words)), words)
	const offered = async (context, title, path = '/desk/story/new') => {
		const page = await context.newPage()
		page.complaints = []
		await open(page, path)
		await page.click(`.copies li:has-text("${title}") a, [data-notice=local]:has-text("${title}") [data-do=bring]`)
		await page.waitForFunction(title => document.querySelector('form[data-ready]') && document.getElementById('f-title').value === title, title)
		return page
	}

	test('a tab that is closed in the middle of a word', options, async () => {
		const page = await begin('Closed tab')
		await page.keyboard.type('All of these words and this one')
		const context = page.context()
		await leave(page)
		const again = await offered(context, 'Closed tab')
		await textIs(again, 'All of these words and this one')
		await again.click('button[value=save]')
		await again.waitForURL(/done=saved/)
		await again.waitForSelector('form[data-ready]')
		await open(again)
		assert.equal(await again.locator(':has-text("Closed tab") > form[action="/desk/copy/discard"]').count(), 0, 'what was saved is not offered')
		assert.equal(await again.evaluate(() => localStorage.length), 0)
		await context.close()
	})

	test('a tab that crashes', options, async () => {
		const page = await begin('Crashed tab'), context = page.context()
		await page.keyboard.type('Typed and gone')
		await inBrowser(page, 'Typed and gone')
		await goTo(page, 'chrome://crash').catch(() => {})
		const again = await offered(context, 'Crashed tab')
		await textIs(again, 'Typed and gone')
		await context.close()
	})

	test('a browser that is killed', options, async () => {
		const mine = await openBrowser(), page = await begin('Killed browser', mine)
		await page.keyboard.type('Kept at the desk')
		await stateIs(page, 'kept')
		await mine.close() // with all that it had
		const other = await signInHere()
		const again = await offered(other.context(), 'Killed browser')
		await textIs(again, 'Kept at the desk')
		await again.close()
		await closePage(other)
	})

	test('a network that is gone: it says so, keeps on in the browser, and goes on by itself', options, async () => {
		const page = await begin('No network')
		await page.context().setOffline(true)
		await page.keyboard.type('Written in a tunnel')
		await notice(page, 'offline')
		await stateIs(page, 'waiting')
		await page.context().setOffline(false)
		await stateIs(page, 'kept')
		assert.equal(await page.$eval('[data-notice=offline]', part => part.hidden), true)
		page.complaints = page.complaints.filter(line => !line.includes('ERR_INTERNET_DISCONNECTED'))
		await closePage(page)
	})

	test('a closed tab without a network: the browser offers it', options, async () => {
		const page = await begin('Tunnel and closed'), context = page.context()
		await context.setOffline(true)
		await page.keyboard.type('Only in this browser')
		await inBrowser(page, 'Only in this browser')
		await leave(page)
		await context.setOffline(false)
		const again = await offered(context, 'Tunnel and closed')
		await textIs(again, 'Only in this browser')
		await stateIs(again, 'kept')
		assert.equal(await again.evaluate(() => localStorage.length), 0)
		await context.close()
	})

	test('a server that is started again', options, async () => {
		const data = await makeNewsroom(), before = site
		site = await startSite({ data })
		try {
			const ed = await makeUser(site), page = await signInHere(views.desk, ed)
			await open(page)
			await page.fill('#f-title', 'Restart')
			await page.click('#text')
			await page.keyboard.type('Before.')
			await stateIs(page, 'kept')
			const listen = site.url.replace('http://', '')
			await site.stop()
			site = await startSite({ data, listen })
			await page.keyboard.type(' After.')
			await stateIs(page, 'typing').catch(() => {})
			await stateIs(page, 'kept')
			await page.keyboard.press('Control+s')
			await page.waitForURL(/done=saved/)
			page.complaints = page.complaints.filter(line => !/ERR_(CONNECTION|INCOMPLETE|EMPTY)/.test(line))
			await closePage(page)
		} finally {
			await site.stop()
			site = before
		}
	})

	test('a session that is over: it says so, and goes on after signing in in another tab', options, async () => {
		const page = await begin('Session'), context = page.context()
		await page.keyboard.type('One.')
		await stateIs(page, 'kept')
		const cookies = await context.cookies()
		await context.clearCookies()
		await page.keyboard.type(' Two.')
		await notice(page, 'signed-out')
		const other = await context.newPage()
		other.complaints = []
		await enter(other)
		await page.keyboard.type(' Three.')
		await stateIs(page, 'kept')
		assert.notDeepEqual(await context.cookies(), cookies)
		await page.keyboard.press('Control+s')
		await page.waitForURL(/done=saved/)
		assert.equal((await storedBody(new URL(page.url()).pathname)).trim(), 'One. Two. Three.')
		page.complaints = page.complaints.filter(line => !line.includes('403'))
		await closePage(page)
	})

	test('a form that is sent after its session is over comes back after signing in', options, async () => {
		const page = await begin('Sent too late')
		await page.keyboard.type('Still here. '.repeat(10))
		await page.context().clearCookies()
		await page.keyboard.press('Control+s')
		await page.waitForSelector('#f-password')
		await page.fill('#f-email', admin.email)
		await page.fill('#f-password', password)
		await page.keyboard.press('Enter')
		await page.waitForSelector('text=Nothing was lost')
		await page.click('main form button')
		await page.waitForURL(/done=saved/)
		assert.equal((await storedBody(new URL(page.url()).pathname)).trim(), 'Still here. '.repeat(10).trim())
		page.complaints = []
		await closePage(page)
	})

	test('two tabs of one person keep apart, and the second to save is shown both', options, async () => {
		const path = await write({ title: 'Two tabs', body: 'Base.' }), one = await signInHere()
		await open(one, path)
		const two = await one.context().newPage()
		two.complaints = []
		await open(two, path)
		for (const [page, text] of [[one, ' One.'], [two, ' Two.']]) {
			await page.bringToFront()
			await page.click('#text p')
			await page.keyboard.press('End')
			await page.keyboard.type(text)
			await stateIs(page, 'kept')
		}
		await one.bringToFront()
		await one.keyboard.press('Control+s')
		await one.waitForURL(/done=saved/)
		await two.bringToFront()
		await notice(two, 'moved')
		await two.keyboard.press('Control+s')
		await two.waitForSelector('.compare')
		assert.match(await two.innerText('.compare'), /Base\. One\.[\s\S]*Base\. Two\./)
		await textIs(two, 'Base. Two.')
		one.complaints = []
		await closePage(one)
	})
})

describe('two people and a preview', options, () => {
	test('who is here is shown, a save is told at once, and the second save loses neither version', options, async () => {
		const path = await write({ title: 'Two people', body: 'First.\n\nSecond.' })
		const flo = await makeUser(site, { role: 'editor', name: 'Flo Kent' })
		const one = await signInHere(), two = await signInHere(views.desk, flo)
		await open(one, path)
		await open(two, path)
		await one.waitForSelector('[data-here]:not([hidden]) >> text=Flo Kent')
		await two.waitForSelector('[data-here]:not([hidden]) >> text=Ada Reed')
		await one.click('#text > p:last-of-type')
		await one.keyboard.press('End')
		await one.keyboard.type(' By Ada.')
		await two.click('#text > p:first-of-type')
		await two.keyboard.press('End')
		await two.keyboard.type(' By Flo.')
		await two.keyboard.press('Control+s')
		await two.waitForURL(/done=saved/)
		await notice(one, 'moved')
		assert.match(await one.innerText('[data-notice=moved]'), /Flo Kent/)
		await one.keyboard.press('Control+s')
		await one.waitForSelector('.compare')
		assert.match(await one.innerText('.compare'), /By Flo\.[\s\S]*By Ada\./)
		await one.waitForSelector('form[data-ready]')
		await one.click('button[value=save]')
		await one.waitForURL(/done=saved/)
		await two.close()
		await one.waitForSelector('form[data-ready]')
		await one.waitForSelector('[data-here]', { state: 'hidden' })
		one.complaints = one.complaints.filter(line => !line.includes('409'))
		await closePage(one)
	})

	test('a story that is withdrawn while somebody writes on it: it says so, and keeps their words', options, async () => {
		const author = await makeUser(site, { role: 'author', name: 'Al' }), page = await signInHere(views.desk, author)
		await open(page)
		await page.fill('#f-title', 'Mine, and published')
		await page.click('#text')
		await page.keyboard.type('Words.')
		await page.keyboard.press('Control+s')
		await page.waitForURL(/done=saved/)
		await page.waitForSelector('form[data-ready]')
		const mine = new URL(page.url()).pathname
		const published = await desk.submit(await desk.get(mine), {}, { do: 'publish' })
		await desk.submit(published, { reason: 'A mistake.' }, { do: 'withdraw' })
		await notice(page, 'closed')
		assert.match(await page.innerText('[data-notice=closed]'), /Withdrawn/)
		await page.click('#text p')
		await page.keyboard.type('More ')
		await stateIs(page, 'kept')
		await closePage(page)
	})

	test('the preview is the real page with what was typed a moment ago, as wide as a phone or a screen, and stores nothing', options, async () => {
		const path = await write({ title: 'Previewed', body: 'Stored words.' }), page = await signInHere()
		await open(page, path)
		await page.click('[data-do=preview]')
		// No script runs in the frame, nor anything of the test's.
		const shows = text => until(20, `${text} in the preview`, async () =>
			(await Promise.all(page.frames().slice(1).map(frame => frame.content().catch(() => '')))).some(html => html.includes(text)))
		await page.waitForSelector('.live iframe:not(.coming)')
		await shows('Stored words.')
		await page.click('#text p')
		await page.keyboard.press('End')
		await page.keyboard.type(' Fresh words.')
		await shows('Stored words. Fresh words.')
		await page.fill('#f-title', 'Another title')
		await shows('Another title</h1>')
		assert.equal(await page.$eval('.live iframe:not(.coming)', element => element.clientWidth), 390)
		await page.click('[data-width=desk]')
		assert.equal(await page.$eval('.live iframe:not(.coming)', element => element.clientWidth), 1280)
		await page.click('[data-width=share]')
		await shows('<p class="title">Another title</p>')
		await screenshot(page, 'editor-share')
		await page.click('[data-width=phone]')
		await shows('Another title</h1>')
		assert.equal((await storedBody(path)).trim(), 'Stored words.')
		assert.match((await desk.get(path)).text, /Revision 1,/)
		checkComplaints(page)
		await closePage(page)
	})
})
