// What every page of the demo newsroom says of itself to machines, held against each other: canonical link, hreflang, Open Graph,
// JSON-LD are made of one graph and must never disagree.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { crawl, headOf } from '../lib/head.mjs'
import { missing, startSite } from '../lib/site.mjs'

const base = 'https://northern-courier.example'
const options = { skip: missing }
let site, pages

before(async () => {
	if (missing) return
	site = await startSite({ folder: 'examples/harbour' })
	pages = new Map()
	for (const [path, page] of await crawl(site, ['/', '/de/', '/es/', '/ar/'], path => /search|^\/media\//.test(path)))
		if (page.status === 200 && page.headers.get('content-type').startsWith('text/html')) pages.set(path, headOf(page.text))
})

after(() => site?.stop())

const stories = () => [...pages].filter(([path]) => /^(\/\w\w)?\/\d{4}\/\d\d\//.test(path))

test('the demo newsroom is walked whole', options, () => {
	assert.ok(pages.size > 100, `${pages.size} pages`)
	assert.ok(stories().length >= 28, `${stories().length} stories`)
})

test('canonical, Open Graph and JSON-LD name one address', options, () => {
	for (const [path, head] of pages) {
		assert.equal(head.meta['og:url'][0], head.canonical, path)
		assert.equal(head.ld.url, head.canonical, path)
		assert.equal(head.ld['@id'], head.canonical, path)
		if (head.ld.mainEntityOfPage) assert.equal(head.ld.mainEntityOfPage, head.canonical, path)
		if (head.canonical.startsWith(base)) assert.equal(head.canonical, base + path, path)
	}
})

test('title, description and language are the same wherever they stand', options, () => {
	for (const [path, head] of pages) {
		assert.equal(head.meta['og:title'][0], head.ld.headline ?? head.ld.name, path)
		assert.ok(head.title.startsWith(head.meta['og:title'][0]), path)
		assert.equal(head.meta['og:description']?.[0], head.meta.description?.[0], path)
		assert.equal(head.ld.description, head.meta.description?.[0], path)
		assert.equal(head.ld.inLanguage, head.lang, path)
	}
})

test('a story has its times, authors and picture alike in Open Graph and JSON-LD', options, () => {
	for (const [path, { meta, ld }] of stories()) {
		assert.equal(meta['og:type'][0], 'article', path)
		assert.match(ld['@type'], /NewsArticle$/)
		assert.equal(meta['article:published_time'][0], ld.datePublished, path)
		assert.equal(meta['article:modified_time']?.[0] ?? ld.datePublished, ld.dateModified, path)
		assert.deepEqual(meta['article:author'] ?? [], (ld.author ?? []).map(author => author.url), path)
		assert.equal(meta['og:image']?.[0], ld.image?.[0].url, path)
		assert.equal(meta['article:section']?.[0], ld.articleSection, path)
	}
})

test('text that was cut ends with a word', options, async () => {
	let cut = 0
	for (const path of ['/', '/ar/', '/de/', '/es/', '/theme/shipping']) {
		const { text } = await site.get(path)
		for (const [, before] of text.matchAll(/class="standfirst">[^<]*?(.)…</gu)) {
			assert.match(before, /[\p{L}\p{N}\p{M}%’”»)]/u, path)
			cut++
		}
	}
	assert.ok(cut > 1, `${cut} texts are cut`)
})

test('the other forms of a story name the page that they are of', options, async () => {
	for (const path of ['/2025/11/the-first-ice', '/ar/2025/11/daou-al-manara-tantafi', '/2025/10/nineteen-men-and-a-generator'])
		for (const ending of ['.txt', '.json'])
			assert.equal((await site.get(path + ending)).headers.get('link'), `<${pages.get(path).canonical}>; rel="canonical"`, path)
	assert.equal((await site.get('/2025/11/the-first-ice')).headers.get('link'), null)
})

test('whose all of it is stands in the footer once', options, async () => {
	assert.equal((await site.get('/')).text.split('©').length, 2)
	assert.match((await site.get('/ar/')).text, /class="rights">©/)
})

test('a correction counts as a change', options, () => {
	const { ld } = pages.get('/2025/11/port-ansel-sells-its-cranes')
	assert.equal(ld.dateModified, ld.correction.map(note => note.datePublished).sort().at(-1))
})

test('the day of first publication is the one that was given', options, async () => {
	assert.equal(pages.get('/2025/10/nineteen-men-and-a-generator').ld.isBasedOn.datePublished, '2025-10-15')
	const { contentcreated } = JSON.parse((await site.get('/2025/10/nineteen-men-and-a-generator.json')).text)
	assert.equal(contentcreated, '2025-10-15T00:00:00+03:00')
})

test('a page whose text has its home elsewhere says so and names no other language', options, () => {
	const head = pages.get('/2025/10/nineteen-men-and-a-generator')
	assert.equal(head.canonical, 'https://ravnik-post.example/2025/10/15/nineteen-men-and-a-generator')
	assert.deepEqual(head.alternates, {})
})

test('languages point at each other: every hreflang has its return, and all name one x-default', options, () => {
	let seen = 0
	for (const [path, { alternates, canonical, lang }] of pages) {
		if (Object.keys(alternates).length === 0) continue
		seen++
		assert.equal(alternates[lang], canonical, path)
		assert.ok(Object.keys(alternates).length > 2, path)
		for (const [code, url] of Object.entries(alternates)) {
			const other = pages.get(url.slice(base.length))
			assert.ok(other, `${path} → ${url} is a page`)
			assert.deepEqual(other.alternates, alternates, `${path} → ${code}`)
			if (code !== 'x-default') assert.equal(other.lang, code, `${path} → ${code}`)
		}
		assert.ok(Object.entries(alternates).some(([code, url]) => code !== 'x-default' && url === alternates['x-default']), path)
	}
	assert.ok(seen > 30, `${seen} pages have other languages`)
})

test('a list without a story in the language is there, but not for an index', options, () => {
	assert.equal(pages.get('/ar/theme/science').meta.robots[0], 'noindex')
	assert.equal(pages.get('/theme/science').meta.robots, undefined)
})

test('a page that an index shall not keep has neither canonical link nor graph', options, async () => {
	const head = headOf((await site.get('/2025/11/never-written')).text)
	assert.deepEqual([head.canonical, head.ld, head.meta['og:url']], [undefined, null, undefined])
	assert.equal(head.meta.robots[0], 'noindex')
})
