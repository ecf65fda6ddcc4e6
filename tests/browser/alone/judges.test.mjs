// The judges of tests/lib find what is wrong, and are content with what is right: a test that trusts them can fail.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { statSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { lighthouse, nu } from '../../lib/audit.mjs'
import { axe, closePage, openBrowser, openPage, screenshot, views } from '../../lib/browser.mjs'

const good = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Good</title>
<meta name="viewport" content="width=device-width"><meta name="description" content="A good page"><link rel="icon" href="data:,">
</head><body><main><h1>Good</h1><p>It is all there.</p></main></body></html>`
const bad = `<!doctype html><html><head><meta charset="utf-8"><title>Bad</title><link rel="icon" href="data:,"></head>
<body><img src="data:,"><p>text</i><script>console.error('broken')</script></body></html>`
const busy = good.replace('</main>', `<script>
onload = () => setTimeout(() => { for (let end = performance.now() + 800; performance.now() < end;); }, 300)
</script></main>`)
let browser, server, url

before(async () => {
	browser = await openBrowser()
	server = createServer((request, answer) => {
		answer.setHeader('Content-Type', request.url === '/robots.txt' ? 'text/plain' : 'text/html; charset=utf-8')
		// Lighthouse fetches robots.txt from within the page: connect-src must allow it.
		const strict = "default-src 'none'; connect-src 'self'; img-src data:"
		answer.setHeader('Content-Security-Policy', ['/bad', '/busy'].includes(request.url) ? '' : strict)
		answer.end({ '/robots.txt': 'User-agent: *\nAllow: /\n', '/good': good, '/busy': busy }[request.url] ?? bad)
	})
	await new Promise(done => server.listen(0, '127.0.0.1', done))
	url = `http://127.0.0.1:${server.address().port}`
})

after(async () => {
	await browser.close()
	server.closeAllConnections()
	server.close()
})

test('axe finds an image without alternative text, and nothing on a good page', async () => {
	const worse = await openPage(browser, `${url}/bad`)
	assert.ok((await axe(worse)).some(line => line.startsWith('image-alt')))
	await worse.context().close()
	const page = await openPage(browser, `${url}/good`)
	assert.deepEqual(await axe(page), [])
	await closePage(page)
})

test('a page that writes errors to its console is told of', async () => {
	await assert.rejects(closePage(await openPage(browser, `${url}/bad`)), /broken/)
})

test('a picture is as wide as the view', async () => {
	const page = await openPage(browser, `${url}/good`, views.phone)
	assert.equal(await page.evaluate(() => window.innerWidth), 390)
	assert.ok(statSync(await screenshot(page, 'judges')).size > 0)
	await closePage(page)
})

test('the Nu validator names the document and the line', () => {
	const said = nu({ good, bad })
	assert.ok(said.some(line => /^bad:2: error: Stray end tag/.test(line)), said.join('\n'))
	assert.ok(!said.some(line => line.startsWith('good')), said.join('\n'))
})

test('Lighthouse takes points off a bad page and none off a good one', async () => {
	const page = await lighthouse(`${url}/good`, { enough: 90 })
	const { performance, ...rest } = page.scores // speed is the machine's too: 90 is where Lighthouse calls a page fast
	assert.deepEqual(rest, { accessibility: 100, 'best-practices': 100, seo: 100 }, page.faults.join('\n'))
	assert.ok(performance >= 90, page.faults.join('\n'))
	assert.ok((await lighthouse(`${url}/bad`, { enough: 0 })).scores.accessibility < 100)
	assert.ok((await lighthouse(`${url}/busy`, { enough: 0 })).scores.performance < 90, 'a page that is busy for 0.8 s is slow on a phone')
})
