// The search page, over HTTP: what it finds and shows, in five scripts, and what it answers to searches that nobody would type.

import assert from 'node:assert/strict'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { missing, run, startSite, temporaryFolder, until } from '../lib/site.mjs'

const options = { skip: missing }
const filler = 'Nothing happened that day, and nobody minded. '.repeat(12)

const stories = {
	lighthouse: ['en', '2025-11-10', 'A Lighthouse Goes Dark', 'The keeper left.', 'The lamp is a museum piece now.'],
	ferry: [
		'en', '2025-11-12', 'Ferry Concord Returns', 'Back in port.',
		`${filler}\n\nShe was seen from the old lighthouse & <b>cheered</b>.\n\n${filler}`,
	],
	tide: ['en', '2025-11-11', 'High Tide', 'A lighthouse keeper explains it.', 'Water comes, water goes.'],
	manara: ['ar', '2025-11-10', 'دعوا المنارة تنطفئ', 'رأي', 'لا أحد يحتاج إلى المنارات القديمة على الساحل.'],
	todai: ['ja', '2025-11-10', '灯台が消える日', '港の人々', '古い灯台は博物館になる。'],
	pranakhan: ['th', '2025-11-10', 'ประภาคารดับแล้ว', 'ท่าเรือ', 'ผู้เฒ่าแห่งประภาคารเก่าเดินกลับบ้าน'],
}

let site

before(async () => {
	if (missing) return
	const folder = temporaryFolder()
	mkdirSync(join(folder, 'stories'), { recursive: true })
	writeFileSync(join(folder, 'settings.yml'), 'name: Keld Test\nurl: https://keld.example\nlanguage: en\n')
	const write = (slug, [language, day, title, subtitle, body]) =>
		writeFileSync(
			join(folder, 'stories', `${slug}.md`),
			`---\ntitle: ${title}\nsubtitle: ${subtitle}\nslug: ${slug}\nlanguage: ${language}\npublished: ${day}\n---\n\n${body}\n`,
		)
	for (const [slug, story] of Object.entries(stories)) write(slug, story)
	for (let i = 1; i <= 23; i++)
		write(`herring-${i}`, ['en', `2025-10-${String(i).padStart(2, '0')}`, `Herring Report ${i}`, 'Catches', 'Fish were landed.'])
	writeFileSync(
		join(folder, 'terms.yml'),
		'theme:\n  - {slug: waters, name: The Water}\nregion:\n  - {slug: waterside, name: Waterside}\n' +
			'report:\n  - {slug: herring, name: Herring}\ntag:\n  - {slug: todai, name: {en: Harbour lights, ja: 港の灯台}}\n',
	)
	const list = (slug, fields) =>
		writeFileSync(join(folder, 'stories', `${slug}.md`), `---\ntitle: ${slug}\npublished: 2025-09-01\n${fields}\n---\n\nNothing.\n`)
	list('quiet', 'byline: [Ingrid Sørley]\nthemes: waters\nregions: waterside\nreports: herring')
	list('shizuka', 'language: ja\ntags: todai')
	site = await startSite({ folder })
	rmSync(folder, { recursive: true, force: true })
})

after(() => site?.stop())

const ask = (words, path = '/search') => site.get(`${path}?q=${encodeURIComponent(words)}`)
const headlines = text => [...text.matchAll(/<h2 class="headline"[^>]*><a href="[^"]*\/([\w-]+)"/g)].map(found => found[1])

test('the best match stands first: title, then summary, then text', options, async () => {
	const { status, text } = await ask('lighthouses')
	assert.equal(status, 200)
	assert.deepEqual(headlines(text), ['lighthouse', 'tide', 'ferry'])
	assert.match(text, /<title>3 stories for “lighthouses” – Keld Test<\/title>/)
	assert.match(text, /<p class="found" role="status">3 stories for “lighthouses”<\/p>/)
})

test('the newest stands first where that is asked for', options, async () => {
	const { text } = await site.get('/search?q=lighthouse&order=date')
	assert.deepEqual(headlines(text), ['ferry', 'tide', 'lighthouse'])
	assert.match(text, /<a href="\/search\?q=lighthouse&amp;order=date" aria-current="true">Newest first<\/a>/)
})

test('a result shows and marks the passage that has the words, escaped', options, async () => {
	const { text } = await ask('lighthouse')
	assert.match(text, />A <mark>Lighthouse<\/mark> Goes Dark<\/a>/)
	assert.match(text, /<p class="standfirst">A <mark>lighthouse<\/mark> keeper explains it\.<\/p>/)
	assert.match(text, /She was seen from the old <mark>lighthouse<\/mark> &amp; cheered\.<\/p>/)
})

test('what readers look for is kept nowhere and found by no engine', options, async () => {
	const { text, headers } = await ask('tide')
	assert.equal(headers.get('cache-control'), 'no-store')
	assert.match(text, /<meta name="robots" content="noindex">/)
	assert.doesNotMatch(text, /rel="canonical"|hreflang="x-default"|property="og:/)
	assert.deepEqual(headlines((await ask('concord')).text), ['ferry'])
})

test('a long list comes in pages that keep the words', options, async () => {
	const one = await ask('herring catches')
	assert.equal(headlines(one.text).length, 20)
	assert.match(one.text, /<p>Page 1 of 2<\/p>/)
	assert.match(one.text, /rel="next" href="\/search\/page\/2\?q=herring%20catches">Next page</)
	const two = await site.get('/search/page/2?q=herring%20catches')
	assert.equal(headlines(two.text).length, 3)
	assert.match(two.text, /rel="prev" href="\/search\?q=herring%20catches"/)
	assert.equal((await site.get('/search/page/3?q=herring%20catches')).status, 404)
	assert.equal((await site.get('/search/page/2?q=tide')).status, 404)
	const again = await site.get('/search/page/1?q=herring%20catches')
	assert.equal(again.status, 301)
	assert.equal(again.headers.get('location'), '/search?q=herring%20catches')
})

test('each language is searched by itself, in its own script', options, async () => {
	for (const [path, words, slug, marked] of [
		['/ar/search', 'المنارات', 'manara', 'المنارة'],
		['/ja/search', '灯台', 'todai', '灯台'],
		['/th/search', 'ประภาคาร', 'pranakhan', 'ประภาคาร'],
	]) {
		const { status, text } = await ask(words, path)
		assert.equal(status, 200, path)
		assert.deepEqual(headlines(text), [slug], path)
		assert.ok(text.includes(`<mark>${marked}</mark>`), text)
		assert.ok(text.includes(`action="${path}"`), path)
	}
	assert.deepEqual(headlines((await ask('灯台')).text), [])
})

test('a search that finds nothing says what to do next', options, async () => {
	const { status, text } = await ask('lihgthouse')
	assert.equal(status, 200)
	assert.match(text, /Nothing was found for “lihgthouse”/)
	assert.match(text, /<p class="near"><a href="\/search\?q=Lighthouse">Did you mean “Lighthouse”\?<\/a><\/p>/)
	assert.match(text, /Try fewer words/)
	assert.match(text, /<section class="latest">/)
	assert.match(text, /<a href="\/archive">/)
	const arabic = (await ask('lighthouse', '/ar/search')).text
	assert.match(arabic, /<a href="\/search\?q=lighthouse" hreflang="en" lang="en" dir="ltr">3 stories for “lighthouse”<\/a>/)
})

const name = /<li class="(\w+)"><a href="([^"]+)">([^<]+)<\/a> <span>([^<]+)<\/span>/g
const named = text => [...text.matchAll(name)].map(found => found.slice(1).join(' | '))

test('people and terms are found by their names, or how these begin, also where no story has the words', options, async () => {
	for (const words of ['Sørley', 'ingrid sorley', 'SORL ing', 'I. Sørley']) {
		const { text } = await ask(words)
		assert.deepEqual(named(text), ['author | /author/ingrid-sorley | Ingrid Sørley | Author'], words)
		assert.doesNotMatch(text, /Nothing was found|Try fewer words|class="near"/, words)
		assert.ok(text.includes(`<title>${words} – Keld Test</title>`), words)
	}
	for (const words of ['s', 'orley', 'ingrid tavland', '-ingrid sorley', 'ingrid tide'])
		assert.deepEqual(named((await ask(words)).text), [], words)
	assert.deepEqual(named((await ask('water')).text), [
		'theme | /theme/waters | The Water | Theme',
		'region | /region/waterside | Waterside | Region',
	])
	assert.deepEqual(named((await ask('灯台', '/ja/search')).text), ['tag | /ja/tag/todai | 港の灯台 | タグ'])
	assert.deepEqual(named((await ask('灯台')).text), [])
})

test('names stand above the stories, on the first page alone', options, async () => {
	const { text } = await ask('herring')
	assert.deepEqual(named(text), ['report | /report/herring | Herring | In-depth report'])
	assert.ok(text.indexOf('class="named"') < text.indexOf('class="found"'))
	assert.deepEqual(named((await site.get('/search/page/2?q=herring')).text), [])
})

test('a name that changes is found by the new one from then on', options, async () => {
	const folder = temporaryFolder()
	const rename = async name => {
		mkdirSync(join(folder, 'authors'), { recursive: true })
		writeFileSync(join(folder, 'authors', 'ingrid-sorley.md'), `---\nname: ${name}\n---\n`)
		assert.equal((await run(['import', '--data', site.data, folder])).status, 0)
	}
	await rename('Ingrid Vestergaard')
	await until(10, 'the new name', async () => named((await ask('vestergaard')).text).length === 1)
	assert.deepEqual(named((await ask('sorley')).text), [])
	await rename('Ingrid Sørley')
	await until(10, 'the old name', async () => named((await ask('sorley')).text).length === 1)
	rmSync(folder, { recursive: true, force: true })
})

test('a misspelt name is offered although no story has it', options, async () => {
	assert.match((await ask('ingrid sorlye')).text, /Did you mean “Ingrid Sørley”\?/i)
})

test('without words there is the form, help, and what is new', options, async () => {
	for (const path of ['/search', '/search?q=', '/search?q=%20%20']) {
		const { status, text } = await site.get(path)
		assert.equal(status, 200, path)
		assert.match(text, /<input id="q" type="search" name="q" value=""/)
		assert.doesNotMatch(text, /role="status"/)
		assert.match(text, /<section class="latest">/)
	}
})

test('signs without a word are told of', options, async () => {
	for (const words of ['.,;!', '"', '""', '-', '-tide', '***', '( )', '٪', '\u{1F9CA}']) {
		const { status, text } = await ask(words)
		assert.equal(status, 200, words)
		assert.equal(text.match(/role="status">([^<]*)</)?.[1], 'Type at least one whole word to look for.', words)
	}
})

test('what looks like a query language or markup is words', options, async () => {
	for (const words of [
		'tide AND', 'tide" OR "ferry', 'NEAR(tide ferry)', 'title:tide', "'; DROP TABLE story; --", '<script>alert(1)</script>',
		'{title} : tide',
		'\u202e\u2066tide', '%_', '\\', 'tide*', '-tide ferry',
	]) {
		const { status, text } = await ask(words)
		assert.equal(status, 200, words)
		assert.doesNotMatch(text, /<script>alert/, words)
	}
	assert.match((await ask('"><b>x')).text, /value="&quot;&gt;&lt;b&gt;x"/)
})

test('a search that is too long or no text is refused and told why', options, async () => {
	assert.equal((await ask('tide '.repeat(400))).status, 200)
	for (const [length, status] of [[5_000, 414], [10_000, 431]]) {
		const long = await ask('x'.repeat(length))
		assert.equal(long.status, status)
		assert.match(long.text, /^4\d\d .* (Long|Large)\n$/)
	}
	const broken = await site.get('/search?q=%FF%FE')
	assert.equal(broken.status, 400)
	assert.match(broken.text, /<h1/)
	assert.equal((await site.get('/search?q=%00')).status, 400)
})
