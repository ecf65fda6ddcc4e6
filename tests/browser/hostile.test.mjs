// What the sanitiser lets through runs nothing: its output for each piece of hostile.mjs is loaded in Chromium, in a document without any
// Content-Security-Policy, parsed once as a page and once more through innerHTML, and touched as a reader might touch it.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { openBrowser } from '../lib/browser.mjs'
import { missing, run } from '../lib/site.mjs'
import { hostile } from './hostile.mjs'

const options = { skip: missing }
const BATCH = 60
let browser, server, url

before(async () => {
	if (missing) return
	server = createServer((_, answer) => answer.setHeader('Content-Type', 'text/html; charset=utf-8').end('<!doctype html><title>trap</title>'))
	await new Promise(done => server.listen(0, '127.0.0.1', done))
	url = `http://127.0.0.1:${server.address().port}/`
	browser = await openBrowser()
})

after(async () => {
	await browser?.close()
	server?.closeAllConnections()
	server?.close()
})

// In the page: the numbers of those that ran, each in two frames of its own.
async function spring(batch) {
	const tripped = new Set()
	const trap = window => ['alert', 'confirm', 'prompt', 'print'].forEach(name => (window[name] = () => tripped.add(window.number)))
	const rest = ms => new Promise(done => setTimeout(done, ms))
	const frames = batch.flatMap((html, i) => [true, false].map(parsed => {
		const frame = document.body.appendChild(document.createElement('iframe'))
		frame.contentWindow.number = i
		trap(frame.contentWindow)
		const inner = frame.contentDocument
		inner.open()
		frame.contentWindow.number = i
		trap(frame.contentWindow)
		inner.write(`<!doctype html><body>${parsed ? html : ''}`)
		inner.close()
		if (!parsed) inner.body.innerHTML = html
		return frame
	}))
	await rest(300)
	const events = ['mouseover', 'pointerenter', 'mousedown', 'focus', 'toggle', 'animationstart', 'beforeinput', 'scroll', 'wheel', 'copy',
		'auxclick', 'beforematch', 'securitypolicyviolation', 'load', 'error', 'submit']
	for (const { contentDocument } of frames)
		for (const element of contentDocument?.querySelectorAll('*') ?? []) {
			for (const name of events) element.dispatchEvent(new Event(name))
			element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
		}
	await rest(300)
	frames.forEach(frame => frame.remove())
	return [...tripped]
}

// Those of `pieces` that ran.
async function runs(pieces) {
	const ran = []
	const context = await browser.newContext()
	for (let from = 0; from < pieces.length; from += BATCH) {
		const page = await context.newPage()
		page.on('dialog', dialog => dialog.dismiss())
		await page.goto(url)
		const batch = pieces.slice(from, from + BATCH)
		ran.push(...(await page.evaluate(spring, batch)).map(i => batch[i]))
		await page.close()
	}
	await context.close()
	return ran
}

async function clean(pieces) {
	const out = new Array(pieces.length)
	let next = 0
	const work = async () => {
		for (let i = next++; i < pieces.length; i = next++) {
			const done = await run(['clean'], { input: pieces[i] })
			assert.equal(done.status, 0, `${pieces[i]}\n${done.stderr}`)
			out[i] = done.stdout
		}
	}
	await Promise.all([work(), work(), work()])
	return out
}

test('without the sanitiser, pieces of every kind run: the trap can spring', options, async () => {
	for (const [kind, pieces] of Object.entries(hostile)) {
		const some = pieces.filter((_, i) => i % Math.ceil(pieces.length / 12) === 0)
		assert.ok((await runs(some)).length > 0, kind)
	}
})

for (const [kind, pieces] of Object.entries(hostile))
	test(`what is left of ${pieces.length} hostile ${kind} runs nothing`, options, async () => {
		const cleaned = await clean(pieces)
		assert.deepEqual(await runs(cleaned), [])
	})
