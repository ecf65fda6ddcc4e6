// The other forms of a story: ninjs 2.1 and plain text, of every story of the demo newsroom in every language.

import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import Ajv from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { crawl, headOf } from '../lib/head.mjs'
import { missing, root, run, startSite, temporaryFolder, until } from '../lib/site.mjs'

const base = 'https://northern-courier.example'
const options = { skip: missing }
let site, stories

before(async () => {
	if (missing) return
	site = await startSite({ folder: 'examples/harbour' })
	stories = new Map()
	const pages = await crawl(site, ['/', '/de/', '/es/', '/ar/'], path => /search|^\/media\//.test(path))
	for (const [path, page] of pages) {
		if (!/^(\/\w\w)?\/\d{4}\/\d\d\/[^.]+$/.test(path)) continue
		const json = await site.get(`${path}.json`)
		stories.set(path, { head: headOf(page.text), html: page.text, json, item: JSON.parse(json.text), text: await site.get(`${path}.txt`) })
	}
})

after(() => site?.stop())

const item = path => stories.get(path).item
const text = path => stories.get(path).text.text
const valueOf = (list, role) => list.find(entry => entry.role === role)?.value

test('every story has both forms', options, () => {
	assert.ok(stories.size >= 28, `${stories.size} stories`)
	for (const [path, { json, text }] of stories) {
		assert.deepEqual([json.status, json.headers.get('content-type')], [200, 'application/json'], path)
		assert.deepEqual([text.status, text.headers.get('content-type')], [200, 'text/plain; charset=utf-8'], path)
	}
})

test('ninjs is what its schema says', options, () => {
	const ajv = new Ajv({ allErrors: true, strict: false })
	formats(ajv)
	const valid = ajv.compile(JSON.parse(readFileSync(join(root, 'tests/golden/ninjs/ninjs-2.1.schema.json'), 'utf8')))
	for (const [path, { item }] of stories) assert.ok(valid(item), `${path}: ${ajv.errorsText(valid.errors)}`)
	assert.equal(valid({ ...item('/2025/11/the-first-ice'), headline: 'x' }), false, 'the schema refuses what the standard has not')
})

test('ninjs says what the page says of itself', options, () => {
	for (const [path, { item, head }] of stories) {
		assert.equal(item.title, head.ld.headline, path)
		assert.equal(valueOf(item.descriptions, 'summary'), head.meta.description?.[0], path)
		assert.equal(item.language, head.lang, path)
		assert.equal(item.firstcreated, head.ld.datePublished, path)
		assert.equal(item.versioncreated, head.ld.dateModified, path)
		assert.equal(valueOf(item.altids, 'canonical'), head.canonical, path)
		assert.equal(item.renditions.find(form => form.name === 'page').href, base + path, path)
		assert.deepEqual(item.people?.filter(one => one.rel === 'author').map(one => one.uri) ?? [], head.meta['article:author'] ?? [], path)
		const languages = item.associations.filter(one => one.type === 'text').map(one => one.renditions.find(form => form.name === 'page').href)
		const others = Object.entries(head.alternates).filter(([code]) => code !== item.language && code !== 'x-default')
		assert.deepEqual(languages.sort(), others.map(([, url]) => url).sort(), path)
	}
})

test('an item is named for ever, its revision counted and provable', options, () => {
	const uris = new Set()
	for (const [path, { item }] of stories) {
		assert.match(item.uri, /^tag:northern-courier\.example,\d{4}-\d\d-\d\d:\w+$/, path)
		assert.match(item.version, /^[1-9]\d*$/, path)
		assert.match(valueOf(item.altids, 'manifest-sha256'), /^[0-9a-f]{64}$/, path)
		uris.add(item.uri)
	}
	assert.equal(uris.size, stories.size)
})

test('the languages of a story name each other as items', options, () => {
	const german = item('/de/2025/11/wie-man-eine-eiskarte-liest'), english = item('/2025/11/how-to-read-an-ice-chart')
	assert.deepEqual(german.associations.filter(one => one.type === 'text').map(one => [one.language, one.uri]), [['en', english.uri]])
	assert.deepEqual(english.associations.filter(one => one.type === 'text').map(one => [one.language, one.uri]), [['de', german.uri]])
})

test('only a picture that may be syndicated leaves, and no picture of the text does', options, () => {
	let free = 0, kept = 0
	for (const [path, { item }] of stories) {
		for (const picture of item.associations.filter(one => one.type === 'picture')) {
			assert.match(picture.uri, /^nih:sha-256;[0-9a-f]{64}$/)
			if (picture.renditions) free++
			else kept++
			assert.equal(picture.pubstatus, picture.renditions ? 'usable' : 'withheld', path)
			assert.ok(picture.usageterms, path)
		}
		for (const body of item.bodies) assert.doesNotMatch(body.value, /<img|<figure|\/media\//, path)
	}
	assert.ok(free > 0 && kept > 0, `${free} free, ${kept} kept`)
})

test('bodies are whole in both kinds and have no address that needs a page around it', options, () => {
	for (const [path, { item }] of stories) {
		const [html, plain] = ['text/html', 'text/plain'].map(type => item.bodies.find(body => body.contenttype === type))
		assert.ok(html.wordcount > 50 && html.wordcount === plain.wordcount, path)
		assert.equal(plain.charcount, [...plain.value].length, path)
		for (const [, href] of html.value.matchAll(/ href="([^"]*)"/g)) assert.match(href, /^(https?:|mailto:|tel:)/, path)
	}
})

test('what must be known of a text goes with it: corrections, notices, source, rights', options, () => {
	const corrected = item('/2025/11/hull-417-delayed-again')
	assert.match(valueOf(corrected.descriptions, 'correction'), /^Correction, \d+ November 2025: /)
	assert.match(valueOf(corrected.descriptions, 'permission'), /grants permission/)
	const carried = item('/2025/10/nineteen-men-and-a-generator')
	assert.equal(carried.copyrightholder, 'The Ravnik Post')
	assert.equal(carried.infosources[0].name, 'The Ravnik Post')
	assert.match(carried.infosources[0].role, /origcont$/)
	assert.match(carried.usageterms, /not to be republished without asking it/)
	assert.deepEqual(carried.trustindicators.map(one => one.role.replace(/.*\//, '')), ['correctionsPolicy', 'archive', 'partyInfo'])
})

test('regions are places, all else subjects, Media Topics by their own address', options, () => {
	const { places, subjects, genres } = item('/2025/11/the-first-ice')
	assert.deepEqual(places.map(one => one.name), ['North Shore', 'Keld Sea'])
	assert.deepEqual(subjects.map(one => one.uri), [
		'http://cv.iptc.org/newscodes/mediatopic/20000418',
		'http://cv.iptc.org/newscodes/mediatopic/20000343',
		`${base}/report/the-ice-season`,
		`${base}/tag/icebreakers`,
	])
	assert.equal(genres[0].uri, 'http://cv.iptc.org/newscodes/genre/Feature')
})

test('plain text fits a mail: no line over 72 columns, no markup, no white space at an end', options, () => {
	for (const [path, { text }] of stories) {
		for (const line of text.text.split('\n')) {
			// addresses stay whole, and so do the rows of a table
			if (!/https?:|mailto:|\t/.test(line)) assert.ok([...line.replace(/\p{M}/gu, '')].length <= 72, `${path}: ${line}`)
			assert.equal(line, line.trimEnd(), path)
		}
		assert.doesNotMatch(text.text, /<\/?[a-z]+[ >]|&(amp|lt|gt|quot|#\d+);/, path)
		assert.doesNotMatch(text.text, /\n\n\n/, path)
		assert.ok(text.text.endsWith('\n'), path)
	}
})

test('plain text names publication, title, byline, dates, source and address', options, () => {
	const page = text('/2025/10/nineteen-men-and-a-generator')
	assert.ok(page.startsWith('The Northern Courier\n\nNineteen Men and a Generator\n============================\n\n'))
	assert.match(page, /^By Mira Kostan$/m)
	assert.match(page, /^Published 17 October 2025/m)
	assert.match(page, /^First published by The Ravnik Post \[1\], 15 October 2025$/m)
	assert.match(page, /^© The Ravnik Post\nAll rights reserved\nhttps:\/\/northern-courier\.example\/2025\/10\/nineteen-men-and-a-generator$/m)
	assert.match(text('/2025/11/hull-417-delayed-again'), /^Correction, \d+ November 2025: /m)
})

test('links are notes with addresses that lead somewhere; footnotes keep their numbers', options, () => {
	for (const [path, { text: { text } }] of stories) {
		const notes = [...text.matchAll(/^\[(\d+)\] (.*)$/gm)]
		assert.deepEqual(notes.map(([, n]) => Number(n)), notes.map((_, i) => i + 1), path)
		for (const [, n, href] of notes) {
			assert.match(href, /^(https?:\/\/|mailto:|tel:)\S+$/, path)
			assert.ok(text.slice(0, text.indexOf(`\n[1] `)).includes(`[${n}]`), `${path}: [${n}] stands in the text`)
		}
	}
	assert.match(text('/2025/11/the-first-ice'), /cut for it\.¹\n/)
	assert.match(text('/2025/11/the-first-ice'), /^1\. The Ice Office says/m)
	assert.doesNotMatch(text('/2025/11/the-first-ice'), /\] mailto:rights@/, 'an address that stands in the text needs no note')
})

test('a story that never was has no form either', options, async () => {
	for (const ending of ['json', 'txt']) assert.equal((await site.get(`/2025/11/never-written.${ending}`)).status, 404)
})

test('an earlier address leads to the form at the new one; a withdrawn story is gone in every form', options, async () => {
	const folder = temporaryFolder()
	const write = head => writeFileSync(join(folder, 'a.md'), `---\ntitle: Ferry\nid: ferry-1\npublished: 2025-03-01\n${head}---\n\nIt sails.\n`)
	const load = async () => assert.equal((await run(['import', '--data', own.data, folder])).status, 0)
	const own = await startSite({})
	try {
		write('slug: old\n')
		await load()
		write('slug: new\n')
		await load()
		for (const ending of ['json', 'txt']) {
			await until(2, 'the new address', async () => (await own.get(`/2025/03/old.${ending}`)).status === 301)
			const moved = await own.get(`/2025/03/old.${ending}`)
			assert.deepEqual([moved.status, moved.headers.get('location')], [301, `/2025/03/new.${ending}`])
			assert.equal((await own.get(`/2025/03/new.${ending}`)).status, 200)
		}
		assert.equal(JSON.parse((await own.get('/2025/03/new.json')).text).version, '2')
		write('slug: new\nstatus: withdrawn\nreason: It never sailed.\n')
		await load()
		for (const ending of ['json', 'txt'])
			await until(2, 'the withdrawal', async () => (await own.get(`/2025/03/new.${ending}`)).status === 410)
	} finally {
		await own.stop()
		rmSync(folder, { recursive: true })
	}
})
