// RSS 2.0, Atom and JSON Feed of every list in every language of the demo newsroom, read as a feed reader does: valid by itself, and
// the three saying the same. Then what is hostile, empty, or asked for again.

import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { crawl, headOf, tags } from '../lib/head.mjs'
import { missing, run, startSite, temporaryFolder } from '../lib/site.mjs'
import { all, one, parse, textOf } from '../lib/xml.mjs'

const base = 'https://northern-courier.example'
const atom = 'http://www.w3.org/2005/Atom'
const options = { skip: missing }
let site
const feeds = new Map() // '/de/theme/shipping' → { rss, atom, json, page } of that list; '' is the site's own

const local = url => {
	assert.ok(url.startsWith(`${base}/`), `${url} is absolute`)
	return url.slice(base.length)
}

before(async () => {
	if (missing) return
	site = await startSite({ folder: 'examples/harbour' })
	for (const [path, page] of await crawl(site, ['/', '/de/', '/es/', '/ar/'], path => /search|^\/media\//.test(path))) {
		if (!page.headers.get('content-type').startsWith('text/html')) continue
		const head = headOf(page.text)
		const own = head.links.find(link => link.type === 'application/rss+xml')?.href.replace(/\/feed\.xml$/, '')
		if (own === undefined || feeds.has(own)) continue
		const [rss, atomText, json] = await Promise.all(['xml', 'atom', 'json'].map(form => site.get(`${own}/feed.${form}`)))
		feeds.set(own, { rss: parse(rss.text), atom: parse(atomText.text), json: JSON.parse(json.text), lang: head.lang, path,
			types: [rss, atomText, json].map(answer => answer.headers.get('content-type')) })
	}
})

after(() => site?.stop())

const RFC822 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

function time(text, form) {
	assert.match(text, form)
	const ms = Date.parse(text)
	assert.ok(Number.isFinite(ms), text)
	if (form === RFC822) assert.equal(new Date(ms).toUTCString(), text, 'the day of the week is right')
	return ms / 1000
}

// HTML that stands alone: no address that needs a page around it, nothing that runs.
function standsAlone(html, where) {
	for (const name of ['a', 'img'])
		for (const { href, src } of tags(html, name))
			for (const address of [href, src].filter(address => address !== undefined))
				assert.match(address, /^(https?:\/\/|mailto:|tel:)/, `${where}: ${address}`)
	assert.doesNotMatch(html, /<(script|style|iframe|form|object)\b| on\w+=|javascript:/i, where)
	const open = []
	for (const [, end, name] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^>]*>/g)) {
		if (['img', 'br', 'hr', 'col', 'wbr'].includes(name)) continue
		if (!end) open.push(name)
		else assert.equal(open.pop(), name, `${where}: </${name}>`)
	}
	assert.deepEqual(open, [], where)
}

test('every list has feeds in its language, of the right types', options, () => {
	assert.ok(feeds.size > 50, `${feeds.size} lists`)
	assert.ok([...feeds.values()].filter(({ json }) => json.items.length > 0).length > 50, 'lists with stories')
	for (const [own, { types }] of feeds)
		assert.deepEqual(types, ['application/rss+xml', 'application/atom+xml', 'application/feed+json'], own)
	for (const list of ['', '/de', '/ar', '/theme/shipping', '/region/keld-sea', '/report/the-ice-season', '/author/ingrid-sorley'])
		assert.ok(feeds.has(list), list)
})

test('RSS has what a channel and an item must have', options, () => {
	for (const [own, { rss, lang }] of feeds) {
		const channel = one(rss, 'channel')
		assert.equal(rss.attributes.version, '2.0')
		for (const name of ['title', 'link', 'description', 'language']) assert.ok(textOf(channel, name), `${own}: ${name}`)
		assert.equal(textOf(channel, 'language'), lang, own)
		const self = one(channel, 'atom:link')
		assert.deepEqual([self.uri, self.attributes.rel, local(self.attributes.href)], [atom, 'self', `${own}/feed.xml`])
		const changes = all(channel, 'item').map(item => {
			const published = time(textOf(item, 'pubDate'), RFC822)
			const changed = textOf(item, 'dcterms:modified')
			return changed ? time(changed, RFC3339) : published
		})
		if (changes.length > 0) assert.equal(time(textOf(channel, 'lastBuildDate'), RFC822), Math.max(...changes), own)
	}
})

test('Atom has what a feed and an entry must have', options, () => {
	for (const [own, { atom: feed, lang }] of feeds) {
		assert.deepEqual([feed.name, feed.uri, feed.attributes['xml:lang']], ['feed', atom, lang], own)
		assert.equal(all(feed, 'id').length + all(feed, 'title').length + all(feed, 'updated').length, 3, own)
		const link = rel => all(feed, 'link').filter(link => link.attributes.rel === rel).map(link => local(link.attributes.href))
		assert.deepEqual(link('self'), [`${own}/feed.atom`])
		assert.deepEqual(link('alternate').length, 1, own)
		const entries = all(feed, 'entry')
		assert.equal(time(textOf(feed, 'updated'), RFC3339), Math.max(0, ...entries.map(entry => time(textOf(entry, 'updated'), RFC3339))), own)
		for (const entry of entries) {
			const where = `${own}: ${textOf(entry, 'title')}`
			for (const name of ['id', 'title', 'published', 'updated', 'summary', 'content'])
				assert.equal(all(entry, name).length, 1, `${where}: ${name}`)
			assert.ok(time(textOf(entry, 'published'), RFC3339) <= time(textOf(entry, 'updated'), RFC3339), where)
			assert.ok(one(feed, 'author') && all(feed, 'author').concat(all(entry, 'author')).every(author => textOf(author, 'name')), where)
			const alternates = all(entry, 'link').filter(link => link.attributes.rel === 'alternate')
			const kinds = alternates.map(({ attributes }) => `${attributes.type} ${attributes.hreflang}`)
			assert.equal(new Set(kinds).size, kinds.length, `${where}: one alternate of a type and language`)
		}
	}
})

test('JSON Feed has what a feed and an item must have', options, () => {
	for (const [own, { json, lang }] of feeds) {
		assert.equal(json.version, 'https://jsonfeed.org/version/1.1')
		assert.deepEqual([local(json.feed_url), json.language], [`${own}/feed.json`, lang])
		assert.ok(json.title && Array.isArray(json.items) && json.authors[0].name, own)
		for (const item of json.items) {
			assert.ok(typeof item.id === 'string' && item.id && item.title && item.content_html && item.summary, own)
			time(item.date_published, RFC3339)
			if (item.date_modified) assert.ok(time(item.date_modified, RFC3339) > time(item.date_published, RFC3339))
			for (const author of item.authors ?? []) assert.ok(author.name, own)
			for (const file of item.attachments ?? []) assert.match(file.mime_type, /^image\//)
		}
	}
})

test('the three forms of a feed say the same', options, () => {
	for (const [own, { rss, atom: feed, json }] of feeds) {
		const channel = one(rss, 'channel')
		assert.ok(channel.children.length > 0)
		assert.equal(textOf(channel, 'title'), json.title)
		assert.equal(textOf(feed, 'title'), json.title)
		assert.equal(textOf(channel, 'link'), json.home_page_url)
		const items = all(channel, 'item')
		const entries = all(feed, 'entry')
		assert.ok(json.items.length <= 30, own)
		assert.deepEqual([items.length, entries.length], [json.items.length, json.items.length], own)
		for (const [i, item] of json.items.entries()) {
			assert.deepEqual([textOf(items[i], 'guid'), textOf(entries[i], 'id')], [item.id, item.id], own)
			assert.deepEqual([textOf(items[i], 'title'), textOf(entries[i], 'title')], [item.title, item.title], own)
			assert.deepEqual([textOf(items[i], 'content:encoded'), textOf(entries[i], 'content')], [item.content_html, item.content_html])
			assert.equal(one(entries[i], 'content').attributes.type, 'html')
			assert.equal(textOf(items[i], 'link'), item.url)
			assert.equal(time(textOf(items[i], 'pubDate'), RFC822), time(item.date_published, RFC3339))
			assert.equal(textOf(entries[i], 'published'), item.date_published)
			assert.equal(textOf(entries[i], 'updated'), item.date_modified ?? item.date_published)
			const authors = (item.authors ?? []).map(author => author.name)
			assert.deepEqual(all(items[i], 'dc:creator').map(author => author.text), authors)
			assert.deepEqual(all(entries[i], 'author').map(author => textOf(author, 'name')), authors)
		}
	}
})

test('an item keeps one id in all feeds, is in the language of its feed, newest first', options, () => {
	const ids = new Map()
	for (const [own, { json, lang }] of feeds) {
		assert.equal(new Set(json.items.map(item => item.id)).size, json.items.length, own)
		for (const item of json.items) {
			assert.match(item.id, /^tag:northern-courier\.example,\d{4}-\d\d-\d\d:\w+$/)
			assert.equal(ids.get(item.id) ?? item.url, item.url)
			ids.set(item.id, item.url)
			assert.equal(item.language, lang, own)
			assert.equal(/^\/(de|es|ar)\//.exec(local(item.url))?.[1] ?? 'en', lang)
		}
		const dates = json.items.map(item => item.date_published)
		assert.deepEqual(dates, [...dates].sort().reverse(), own)
	}
})

test('the whole text goes out, and stands alone', options, async () => {
	for (const item of feeds.get('').json.items) {
		standsAlone(item.content_html, item.url)
		const page = await site.get(local(item.url))
		assert.equal(page.status, 200, item.url)
		const last = page.text.match(/<div class="body">(.*?)<\/div>/s)?.[1].match(/<p[^>]*>([^<]{20,})/g)?.at(-1).replace(/<p[^>]*>/, '')
		if (last) assert.ok(item.content_html.includes(last), `${item.url} to its end`)
	}
	for (const lang of ['/de', '/es', '/ar']) for (const item of feeds.get(lang).json.items) standsAlone(item.content_html, item.url)
})

test('enclosures are the pictures that they say they are', options, async () => {
	let seen = 0
	for (const item of all(one(feeds.get('').rss, 'channel'), 'item')) {
		const enclosure = one(item, 'enclosure')?.attributes
		if (!enclosure) continue
		const answer = await fetch(site.url + local(enclosure.url))
		assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, enclosure.type])
		assert.equal((await answer.arrayBuffer()).byteLength, Number(enclosure.length), enclosure.url)
		seen++
	}
	assert.ok(seen > 5, `${seen} enclosures`)
})

test('categories lead to the lists they name', options, async () => {
	const item = all(one(feeds.get('').rss, 'channel'), 'item').find(item => textOf(item, 'title') === 'The First Ice')
	const categories = all(item, 'category')
	const names = ['North Shore', 'Keld Sea', 'Climate & Ice', 'Shipping', 'The Ice Season', 'Icebreakers']
	assert.deepEqual(categories.map(category => category.text), names)
	for (const { attributes } of categories) assert.equal((await site.get(local(attributes.domain))).status, 200)
})

test('a reader that asks again gets nothing new, and a feed may be shown by any site', options, async () => {
	for (const path of ['/feed.xml', '/feed.atom', '/feed.json']) {
		const first = await site.get(path)
		const again = await site.get(path, { headers: { 'if-none-match': first.headers.get('etag') } })
		assert.deepEqual([again.status, again.text], [304, ''], path)
		assert.equal(first.headers.get('cross-origin-resource-policy'), 'cross-origin')
	}
	assert.equal((await site.get('/theme/no-such-theme/feed.xml')).status, 404)
	assert.equal((await site.get('/author/nobody/feed.json')).status, 404)
})

test('what looks like markup stays what it is, in every form', options, async () => {
	const folder = temporaryFolder()
	const title = 'Fish & <b>Chips</b> ]]> "at" \'sea\' &amp; 5 < 6 😀'
	const summary = 'He wrote `<script>alert(1)</script>` & ]]>'
	writeFileSync(join(folder, 'a.md'), `---\ntitle: ${JSON.stringify(title)}\nsummary: ${JSON.stringify(summary)}\npublished: 2025-03-01\n`
		+ `byline: [{name: "A & <i>B</i>"}]\n---\n\nA \`]]>\` & [here](../about?a=1&b=2).\n`)
	const own = await startSite({})
	try {
		assert.equal((await run(['import', '--data', own.data, folder])).status, 0)
		const [rss, feed, json] = await Promise.all(['xml', 'atom', 'json'].map(async form => (await own.get(`/feed.${form}`)).text))
		const item = JSON.parse(json).items[0]
		const [xml, entry] = [one(one(parse(rss), 'channel'), 'item'), one(parse(feed), 'entry')]
		const plain = item.title
		assert.match(plain, /^Fish & .*5 < 6 😀$/)
		assert.deepEqual([textOf(xml, 'title'), textOf(entry, 'title')], [plain, plain])
		assert.deepEqual([textOf(xml, 'content:encoded'), textOf(entry, 'content')], [item.content_html, item.content_html])
		assert.match(item.content_html, /<code>\]\]&gt;<\/code>/)
		assert.deepEqual([textOf(xml, 'dc:creator'), textOf(one(entry, 'author'), 'name')], [item.authors[0].name, item.authors[0].name])
		assert.equal(item.summary, 'He wrote <script>alert(1)</script> & ]]>')
		assert.equal(textOf(entry, 'summary'), item.summary, 'plain text')
		assert.equal(textOf(xml, 'description'), 'He wrote &lt;script&gt;alert(1)&lt;/script&gt; &amp; ]]&gt;', 'HTML, as readers take it for')
	} finally {
		await own.stop()
		rmSync(folder, { recursive: true })
	}
})

test('a newsroom without stories has feeds all the same', options, async () => {
	const own = await startSite({})
	try {
		assert.equal(all(one(parse((await own.get('/feed.xml')).text), 'channel'), 'item').length, 0)
		assert.match(textOf(parse((await own.get('/feed.atom')).text), 'updated'), RFC3339)
		assert.deepEqual(JSON.parse((await own.get('/feed.json')).text).items, [])
	} finally {
		await own.stop()
	}
})
