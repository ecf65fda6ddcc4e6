// Sitemaps: that they name every page that an index should keep, once, with the languages that the page itself names, and nothing else;
// that a change reaches just the files it concerns; and the news of two days by the clock.

import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { crawl, headOf } from '../lib/head.mjs'
import { missing, run, startSite, temporaryFolder } from '../lib/site.mjs'
import { all, one, parse, textOf } from '../lib/xml.mjs'

const base = 'https://northern-courier.example'
const sitemaps = 'http://www.sitemaps.org/schemas/sitemap/0.9'
const options = { skip: missing }
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
let site, files, entries, pages

const local = (url, from = base) => {
	assert.ok(url.startsWith(`${from}/`), url)
	return url.slice(from.length)
}

async function read(from, path) {
	const { status, headers, text } = await from.get(path)
	assert.deepEqual([status, headers.get('content-type')], [200, 'application/xml'], path)
	assert.ok(Buffer.byteLength(text) < 50 * 1024 * 1024)
	const root = parse(text)
	assert.equal(root.uri, sitemaps)
	return root
}

async function index(from) {
	const files = all(await read(from, '/sitemap.xml'), 'sitemap')
	return files.map(file => ({ url: textOf(file, 'loc'), lastmod: textOf(file, 'lastmod') }))
}

before(async () => {
	if (missing) return
	site = await startSite({ folder: 'examples/harbour' })
	files = await index(site)
	entries = new Map()
	for (const { url } of files)
		for (const entry of all(await read(site, local(url)), 'url')) {
			const path = local(textOf(entry, 'loc'))
			assert.ok(!entries.has(path), `${path} stands in one file only`)
			entries.set(path, { file: local(url), lastmod: textOf(entry, 'lastmod'),
				alternates: Object.fromEntries(all(entry, 'xhtml:link').map(({ attributes }) => [attributes.hreflang, attributes.href])) })
		}
	pages = new Map()
	for (const [path, page] of await crawl(site, ['/', '/de/', '/es/', '/ar/'], path => /search|^\/media\//.test(path)))
		if (page.status === 200 && page.headers.get('content-type').startsWith('text/html')) pages.set(path, headOf(page.text))
})

after(() => site?.stop())

test('the index names files that are there, stories by month, each below its language', options, () => {
	const paths = files.map(({ url }) => local(url))
	for (const path of ['/sitemap-2025-11.xml', '/de/sitemap-2025-11.xml', '/sitemap-pages.xml', '/sitemap-theme.xml', '/ar/sitemap-author.xml'])
		assert.ok(paths.includes(path), path)
	assert.equal(new Set(paths).size, paths.length)
	for (const { url, lastmod } of files) if (/-\d\d\.xml$/.test(url)) assert.match(lastmod, RFC3339, url)
	for (const [path, { file }] of entries) {
		const folder = file.slice(0, file.lastIndexOf('/') + 1)
		assert.ok(path.startsWith(folder), `${path} in ${file}: a sitemap is of what lies below it`)
		assert.equal(/^\/(de|es|ar)\//.exec(file)?.[1] ?? 'en', /^\/(de|es|ar)\//.exec(path)?.[1] ?? 'en', `${path} in ${file}`)
	}
})

test('what the sitemaps name is there, canonical, and for an index', options, async () => {
	assert.ok(entries.size > 100, `${entries.size} addresses`)
	for (const path of entries.keys()) {
		const head = pages.get(path) ?? headOf((await site.get(path)).text)
		assert.equal(head.canonical, base + path)
		assert.equal(head.meta.robots, undefined, path)
	}
})

test('every page that an index should keep is named, but further pages of a list', options, () => {
	for (const [path, head] of pages) {
		const kept = head.canonical === base + path && !head.meta.robots && !/\/page\/\d+$/.test(path)
		assert.equal(entries.has(path), kept, path)
	}
	assert.equal(entries.has('/2025/10/nineteen-men-and-a-generator'), false, 'its text has its home elsewhere')
})

test('sitemap and page name the same languages and the same time', options, () => {
	let languages = 0
	for (const [path, { alternates, lastmod }] of entries) {
		const head = pages.get(path)
		assert.deepEqual(alternates, head.alternates, path)
		languages += Object.keys(alternates).length > 0
		if (head.ld['@type'].endsWith('NewsArticle')) assert.equal(lastmod, head.ld.dateModified, path)
		if (lastmod) assert.match(lastmod, RFC3339, path)
	}
	assert.ok(languages > 30, `${languages} have other languages`)
})

test('what is no file of the index is not there', options, async () => {
	for (const path of ['/sitemap-2024-11.xml', '/sitemap-2025-11-1.xml', '/sitemap-2025-11-2.xml', '/sitemap-2025-13.xml', '/sitemap-theme-2.xml',
		'/fr/sitemap-2025-11.xml', '/es/sitemap-report.xml'])
		assert.equal((await site.get(path)).status, 404, path)
})

test('a static export has every file that the index names', options, async () => {
	const folder = join(temporaryFolder(), 'tree')
	const done = await run(['export', '--data', site.data, folder])
	assert.equal(done.status, 0, done.stderr)
	for (const { url } of files) assert.ok(existsSync(join(folder, local(url))), url)
	for (const path of entries.keys())
		assert.ok(existsSync(join(folder, path)) || existsSync(join(folder, path, 'index.html')), path)
	for (const name of ['sitemap.xml', 'news-sitemap.xml', 'robots.txt', 'opensearch.xml', 'manifest.webmanifest', 'icon.svg', 'favicon.ico'])
		assert.ok(existsSync(join(folder, name)), name)
	assert.equal(readFileSync(join(folder, 'sitemap.xml'), 'utf8'), (await site.get('/sitemap.xml')).text)
	rmSync(folder, { recursive: true })
})

// --- a newsroom that changes -------------------------------------------------------------------------------------------------

const story = (slug, { title = slug, day = '2025-03-01', text = 'Words.', more = '' } = {}) =>
	`---\ntitle: ${title}\nid: ${slug}\nslug: ${slug}\npublished: ${day}\n${more}---\n\n${text}\n`

async function withNewsroom(stories, use) {
	const folder = temporaryFolder()
	const put = (name, text) => writeFileSync(join(folder, `${name}.md`), text)
	mkdirSync(folder, { recursive: true })
	for (const [name, text] of Object.entries(stories)) put(name, text)
	const own = await startSite({})
	const load = async () => {
		const done = await run(['import', '--data', own.data, folder])
		assert.equal(done.status, 0, done.stderr)
		await new Promise(again => setTimeout(again, 300)) // the server follows changes within 50 ms
	}
	try {
		await load()
		await use({ own, put, load })
	} finally {
		await own.stop()
		rmSync(folder, { recursive: true })
	}
}

const locations = async (own, path) => all(await read(own, path), 'url').map(entry => textOf(entry, 'loc').replace(/^https?:\/\/[^/]*/, ''))

async function counted(own) {
	const { text } = await own.get('/metrics')
	return Number(text.match(/^broadsheet_page_rendered_total (\d+)/m)[1])
}

// Which of the paths the server makes anew, rather than having them ready.
async function madeAnew(own, paths) {
	const anew = []
	for (const path of paths) {
		const before = await counted(own)
		await own.get(path)
		if (await counted(own) > before) anew.push(path)
	}
	return anew
}

test('a month of more than a thousand stories is parts of a thousand, the full one left alone by what comes after', options, async () => {
	const stories = {}
	for (let i = 0; i < 1001; i++) {
		const minute = new Date(Date.UTC(2025, 2, 1) + i * 60_000).toISOString()
		stories[`s${i}`] = story(`s${String(i).padStart(4, '0')}`, { day: minute })
	}
	await withNewsroom(stories, async ({ own, put, load }) => {
		const names = (await index(own)).map(({ url }) => url.replace(/^.*\//, '')).filter(name => /2025/.test(name))
		assert.deepEqual(names, ['sitemap-2025-03.xml', 'sitemap-2025-03-2.xml'])
		const first = await locations(own, '/sitemap-2025-03.xml')
		assert.equal(first.length, 1000)
		assert.deepEqual([first[0], first[999]], ['/2025/03/s0000', '/2025/03/s0999'])
		assert.deepEqual(await locations(own, '/sitemap-2025-03-2.xml'), ['/2025/03/s1000'])
		put('new', story('s1001', { day: '2025-03-20' }))
		await load()
		assert.deepEqual(await locations(own, '/sitemap-2025-03-2.xml'), ['/2025/03/s1000', '/2025/03/s1001'])
		assert.deepEqual(await locations(own, '/sitemap-2025-03.xml'), first)
	})
})

test('an edit makes its month and the index anew, and no other month', options, async () => {
	const stories = { a: story('a', { day: '2025-01-05' }), b: story('b', { day: '2025-02-05' }), c: story('c', { day: '2025-03-05' }) }
	await withNewsroom(stories, async ({ own, put, load }) => {
		const paths = ['/sitemap.xml', '/sitemap-2025-01.xml', '/sitemap-2025-02.xml', '/sitemap-2025-03.xml']
		await madeAnew(own, paths)
		assert.deepEqual(await madeAnew(own, paths), [], 'all are kept')
		put('b', story('b', { day: '2025-02-05', text: 'Other words.', more: 'updated: 2025-02-06\n' }))
		const before = Object.fromEntries((await index(own)).map(({ url, lastmod }) => [url.replace(/^.*\//, ''), lastmod]))
		await new Promise(again => setTimeout(again, 1100)) // times are in seconds
		await load()
		assert.deepEqual(await madeAnew(own, paths), ['/sitemap.xml', '/sitemap-2025-02.xml'])
		const entry = one(await read(own, '/sitemap-2025-02.xml'), 'url')
		assert.equal(textOf(entry, 'lastmod'), '2025-02-06T00:00:00Z')
		for (const { url, lastmod } of await index(own)) {
			const name = url.replace(/^.*\//, '')
			if (/2025-0[13]/.test(name)) assert.equal(lastmod, before[name], name)
			if (/2025-02/.test(name)) assert.ok(lastmod > before[name], `${name}: ${lastmod}`)
		}
		put('b', story('b', { day: '2025-02-05', more: 'status: withdrawn\nreason: It was not so.\n' }))
		await load()
		assert.equal((await own.get('/sitemap-2025-02.xml')).status, 404)
		assert.equal((await index(own)).some(({ url }) => /2025-02/.test(url)), false)
	})
})

test('a translation in another month reaches the file of the original', options, async () => {
	const stories = { a: story('a', { day: '2025-01-05' }), b: story('b', { day: '2025-02-05', more: 'language: de\n' }) }
	await withNewsroom(stories, async ({ own, put, load }) => {
		await own.get('/sitemap-2025-01.xml')
		await own.get('/de/sitemap-2025-02.xml')
		put('c', story('c', { day: '2025-03-05', more: 'language: de\ntranslation_of: a\n' }))
		await load()
		const languages = async path => all(one(await read(own, path), 'url'), 'xhtml:link').map(({ attributes }) => attributes.hreflang)
		assert.deepEqual(await languages('/sitemap-2025-01.xml'), ['de', 'en', 'x-default'])
		assert.deepEqual(await languages('/de/sitemap-2025-03.xml'), ['de', 'en', 'x-default'])
		assert.deepEqual(await madeAnew(own, ['/de/sitemap-2025-02.xml']), [], 'another month of that language')
		put('c', story('c-new', { day: '2025-03-05', more: 'language: de\ntranslation_of: a\n' }).replace('id: c-new', 'id: c'))
		await load()
		const [link] = all(one(await read(own, '/sitemap-2025-01.xml'), 'url'), 'xhtml:link')
		assert.match(link.attributes.href, /\/de\/2025\/03\/c-new$/, 'a new address of the translation')
	})
})

test('a story whose passages are translated is named in each language, under a name of its own', options, async () => {
	await withNewsroom({ a: story('a', { day: '2025-01-05' }) }, async ({ own }) => {
		await own.get('/sitemap-2025-01.xml')
		const given = await run(['translate', '--data', own.data, 'give', '--to', 'ar', '--story', 'a'])
		const po = join(own.data, 'ar.po')
		writeFileSync(po, given.stdout.replace(/msgid "(.+)"\nmsgstr ""/g, 'msgid "$1"\nmsgstr "[ar] $1"'))
		assert.equal((await run(['translate', '--data', own.data, 'take', po])).status, 0)
		await new Promise(again => setTimeout(again, 300))
		assert.ok((await index(own)).some(({ url }) => url.endsWith('/ar/sitemap-2025-01.xml')))
		for (const path of ['/sitemap-2025-01.xml', '/ar/sitemap-2025-01.xml']) {
			const entry = one(await read(own, path), 'url')
			const links = all(entry, 'xhtml:link').map(({ attributes }) => [attributes.hreflang, attributes.href.replace(/^.*\/\/[^/]*/, '')])
			assert.deepEqual(links, [['ar', '/ar/2025/01/a'], ['en', '/2025/01/a'], ['x-default', '/2025/01/a']], path)
		}
		const names = []
		for (const prefix of ['', '/ar']) {
			const { uri, language, associations } = JSON.parse((await own.get(`${prefix}/2025/01/a.json`)).text)
			assert.equal(JSON.parse((await own.get(`${prefix}/feed.json`)).text).items[0].id, uri)
			names.push([uri, language, associations[0].uri])
		}
		assert.deepEqual(names.map(([, language]) => language), ['en', 'ar'])
		assert.deepEqual(names.map(([, , other]) => other), names.map(([uri]) => uri).reverse())
		assert.equal(names[1][0], `${names[0][0]}:ar`)
		assert.match((await own.get('/ar/2025/01/a.txt')).text, /^\[ar\] Words\.$/m)
	})
})

test('the news sitemap has the stories of two days, newest first, and lets them go by the clock', options, async () => {
	const ago = seconds => new Date(Date.now() - seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
	const two = 48 * 3600
	const stories = {
		fresh: story('fresh', { day: ago(60), title: 'Fish & Chips < 5' }),
		german: story('frisch', { day: ago(3600), more: 'language: de\n' }),
		elsewhere: story('elsewhere', { day: ago(120), more: 'canonical: https://other.example/a\n' }),
		leaving: story('leaving', { day: ago(two - 20) }),
		old: story('old', { day: ago(two + 60) }),
	}
	await withNewsroom(stories, async ({ own }) => {
		const root = await read(own, '/news-sitemap.xml')
		const slugs = list => list.map(entry => textOf(entry, 'loc').replace(/^.*\//, ''))
		const found = all(root, 'url')
		assert.deepEqual(slugs(found), ['fresh', 'frisch', 'leaving'])
		const news = one(found[0], 'news:news')
		assert.equal(news.uri, 'http://www.google.com/schemas/sitemap-news/0.9')
		assert.ok(textOf(one(news, 'news:publication'), 'news:name'))
		assert.deepEqual(found.map(entry => textOf(one(one(entry, 'news:news'), 'news:publication'), 'news:language')), ['en', 'de', 'en'])
		assert.equal(textOf(news, 'news:publication_date'), stories.fresh.match(/published: (.*)/)[1])
		assert.equal(textOf(news, 'news:title'), 'Fish & Chips < 5')
		assert.deepEqual(await madeAnew(own, ['/news-sitemap.xml']), [], 'kept while it is true')
		for (let tries = 0; tries < 60; tries++) {
			const now = slugs(all(await read(own, '/news-sitemap.xml'), 'url'))
			if (now.length === 2) {
				assert.deepEqual(now, ['fresh', 'frisch'])
				return
			}
			await new Promise(again => setTimeout(again, 1000))
		}
		assert.fail('the oldest story is two days old and still there')
	})
})

test('a newsroom without stories has an index of its pages and no news', options, async () => {
	const own = await startSite({})
	try {
		assert.deepEqual((await index(own)).map(({ url }) => url.replace(/^.*\//, '')), ['sitemap-pages.xml'])
		assert.deepEqual(all(await read(own, '/news-sitemap.xml'), 'url'), [])
		assert.ok((await locations(own, '/sitemap-pages.xml')).includes('/'))
	} finally {
		await own.stop()
	}
})
