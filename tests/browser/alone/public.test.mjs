// What Lighthouse says of the public pages, with the machine to itself: it measures.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { lighthouse, startChromium } from '../../lib/audit.mjs'
import { missing } from '../../lib/site.mjs'
import { pages, startPaper, status } from '../pages.mjs'

let paper

before(async () => {
	if (!missing) paper = await startPaper()
})

after(() => paper?.stop())

// Searches and errors are kept out of search engines; and Chromium writes the status of an error to the console.
const without = { search: ['is-crawlable', 'meta-description'] }
for (const name of Object.keys(status)) without[name] = ['is-crawlable', 'http-status-code', 'errors-in-console', 'meta-description']
const judged = ['home', 'home-arabic', 'story-everything', 'story-everything-arabic', 'theme', 'search', 'archive', 'corrections', 'about',
	'not-found', 'withdrawn-arabic']

// Points for speed that a page with pictures has at least, all others 100: a slow phone waits for a lead picture, and how long
// is the machine's affair too. Alone on two cores they have 98 to 100, the front page 90.
const pictured = ['home', 'home-arabic', 'story-everything', 'story-everything-arabic', 'theme', 'search']
const speed = Object.fromEntries(pictured.map(name => [name, 90]))

test('Lighthouse has nothing against any kind of page', { skip: missing }, async t => {
	const chromium = await startChromium()
	for (const name of judged)
		await t.test(name, async () => {
			const { scores, faults } = await lighthouse(paper.site.url + pages[name], { without: without[name], enough: speed[name], chromium })
			assert.ok(scores.performance >= (speed[name] ?? 100), `performance ${scores.performance}\n${faults.join('\n')}`)
			assert.deepEqual(scores, { performance: scores.performance, accessibility: 100, 'best-practices': 100, seo: 100 }, faults.join('\n'))
		})
	await chromium.stop()
})
