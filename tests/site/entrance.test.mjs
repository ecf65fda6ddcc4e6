// What programs ask a site for before anything else: robots.txt, OpenSearch, manifest, icons; and that whatever a page's head links
// to is there.

import assert from 'node:assert/strict'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { crc32, inflateSync } from '../lib/png.mjs'
import { crawl, headOf } from '../lib/head.mjs'
import { missing, run, startSite, temporaryFolder } from '../lib/site.mjs'
import { all, parse, textOf } from '../lib/xml.mjs'

const base = 'https://northern-courier.example'
const options = { skip: missing }
let site

before(async () => {
	if (!missing) site = await startSite({ folder: 'examples/harbour' })
})

after(() => site?.stop())

const bytes = async (path, from = site) => Buffer.from(await (await fetch(from.url + path)).arrayBuffer())

test('whatever the head of any page links to is there, as what it says it is', options, async () => {
	const links = new Map()
	for (const [path, page] of await crawl(site, ['/', '/de/', '/ar/'], path => /search|^\/media\//.test(path))) {
		if (page.status !== 200 || !page.headers.get('content-type').startsWith('text/html')) continue
		for (const { href, imagesrcset, type, rel } of headOf(page.text).links)
			for (const at of href ? [href] : imagesrcset.split(',').map(part => part.trim().split(' ')[0]))
				links.set(at.replace(base, ''), { type, rel, path })
	}
	assert.ok(links.size > 150, `${links.size} links`)
	for (const [href, { type, rel, path }] of links) {
		if (/^https:/.test(href)) continue // a text that has its home elsewhere
		const { status, headers } = await site.get(href)
		assert.equal(status, 200, `${path}: ${rel} ${href}`)
		if (type) assert.equal(headers.get('content-type').split(';')[0], type, href)
	}
})

test('robots may read all but searches, and learn of the sitemaps', options, async () => {
	const { text, headers } = await site.get('/robots.txt')
	assert.match(headers.get('content-type'), /^text\/plain/)
	assert.equal(text, ['User-agent: *', 'Disallow: /search', 'Disallow: /ar/search', 'Disallow: /de/search', 'Disallow: /es/search', '',
		`Sitemap: ${base}/sitemap.xml`, `Sitemap: ${base}/news-sitemap.xml`, ''].join('\n'))
})

test('browsers can search the site, in the language of the page', options, async () => {
	for (const [prefix, lang] of [['', 'en'], ['/ar', 'ar']]) {
		const { headers, text } = await site.get(`${prefix}/opensearch.xml`)
		const description = parse(text)
		assert.match(headers.get('content-type'), /^application\/opensearchdescription\+xml/)
		assert.equal(description.uri, 'http://a9.com/-/spec/opensearch/1.1/')
		assert.ok([...textOf(description, 'ShortName')].length <= 16)
		assert.equal(textOf(description, 'LongName'), 'The Northern Courier')
		assert.equal(textOf(description, 'Language'), lang)
		const urls = Object.fromEntries(all(description, 'Url').map(({ attributes }) => [attributes.rel, attributes.template]))
		assert.deepEqual(urls, { results: `${base}${prefix}/search?q={searchTerms}`, self: `${base}${prefix}/opensearch.xml` })
		for (const image of all(description, 'Image')) assert.equal((await site.get(image.text.slice(base.length))).status, 200)
	}
})

test('the manifest names the paper in its language and icons that are there', options, async () => {
	const { headers, text } = await site.get('/ar/manifest.webmanifest')
	const manifest = JSON.parse(text)
	assert.equal(headers.get('content-type'), 'application/manifest+json')
	assert.deepEqual([manifest.start_url, manifest.lang, manifest.dir], ['/ar/', 'ar', 'rtl'])
	for (const { src, sizes, type } of manifest.icons) {
		const icon = await fetch(site.url + src)
		assert.equal(icon.headers.get('content-type'), type)
		if (type === 'image/png') assert.equal(sizes, `${sizeOf(await bytes(src))}x${sizeOf(await bytes(src))}`)
	}
})

// Width of a PNG that is whole: its signature, every checksum, and as many pixels as it says.
function sizeOf(file) {
	assert.equal(file.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n')
	const chunks = []
	for (let at = 8; at < file.length;) {
		const length = file.readUInt32BE(at)
		const body = file.subarray(at + 4, at + 8 + length)
		assert.equal(file.readUInt32BE(at + 8 + length), crc32(body))
		chunks.push([body.subarray(0, 4).toString(), body.subarray(4)])
		at += 12 + length
	}
	assert.deepEqual(chunks.map(([type]) => type), ['IHDR', 'IDAT', 'IEND'])
	const [width, height] = [chunks[0][1].readUInt32BE(0), chunks[0][1].readUInt32BE(4)]
	assert.equal(inflateSync(chunks[1][1]).length, (3 * width + 1) * height)
	assert.equal(width, height)
	return width
}

test('icons are drawn in every form that browsers and telephones ask for', options, async () => {
	const svg = parse((await site.get('/icon.svg')).text)
	assert.equal(svg.uri, 'http://www.w3.org/2000/svg')
	assert.equal(textOf(svg, 'title'), 'The Northern Courier')
	assert.equal(all(svg, 'path').at(-1).attributes.fill, '#8cc5d0', 'the colour of the first section')
	for (const [path, size] of [['/apple-touch-icon.png', 180], ['/icon-192.png', 192], ['/icon-512.png', 512]])
		assert.equal(sizeOf(await bytes(path)), size)
	const ico = await bytes('/favicon.ico')
	assert.deepEqual([ico.readUInt16LE(2), ico.readUInt16LE(4)], [1, 3])
	for (const [i, size] of [16, 32, 48].entries()) {
		const entry = ico.subarray(6 + 16 * i, 22 + 16 * i)
		assert.equal(entry[0], size)
		assert.equal(sizeOf(ico.subarray(entry.readUInt32LE(12), entry.readUInt32LE(12) + entry.readUInt32LE(8))), size)
	}
})

test('an icon shows the initial of the name, else a newspaper; a new name a new icon', options, async () => {
	const outline = async () => all(parse((await own.get('/icon.svg')).text), 'path')[1].attributes.d
	const named = async name => {
		assert.equal((await run(['set', '--data', own.data, 'name', name])).status, 0)
		for (let tries = 0; tries < 100; tries++) {
			if (textOf(parse((await own.get('/icon.svg')).text), 'title') === name) return outline()
			await new Promise(again => setTimeout(again, 20))
		}
		throw new Error('the new name did not arrive')
	}
	const own = await startSite({})
	try {
		const latin = await named('Ost')
		assert.equal(await named('Øst') === latin, false)
		assert.equal(await named('Östersund'), latin, 'a mark on a letter')
		assert.equal(await named('Обзор'), latin, 'a letter that looks the same')
		assert.equal(await named('ост'), latin, 'a small letter')
		assert.equal(await named('日报'), await named('صحيفة'), 'scripts without outlines')
	} finally {
		await own.stop()
	}
})

test("files of the theme's folder take the place of what is drawn", options, async () => {
	const folder = temporaryFolder()
	mkdirSync(join(folder, 'theme'))
	writeFileSync(join(folder, 'theme/icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
	writeFileSync(join(folder, 'theme/robots.txt'), 'User-agent: *\nDisallow: /\n')
	const data = join(folder, 'newsroom')
	assert.equal((await run(['init', '--data', data])).status, 0)
	writeFileSync(join(data, 'broadsheet.conf'), `[theme]\nfolder = ${join(folder, 'theme')}\n`)
	const own = await startSite({ data })
	try {
		assert.equal((await own.get('/icon.svg')).text, '<svg xmlns="http://www.w3.org/2000/svg"/>')
		assert.equal((await own.get('/robots.txt')).text, 'User-agent: *\nDisallow: /\n')
		assert.equal(sizeOf(await bytes('/icon-192.png', own)), 192)
	} finally {
		await own.stop()
		rmSync(folder, { recursive: true })
	}
})
