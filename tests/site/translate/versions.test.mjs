// A story that can be read in several languages, told anew and translated passage by passage: which one is the original, and which of
// them an index shall keep when the text has its home elsewhere.

import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { headOf } from '../../lib/head.mjs'
import { makeNewsroom, missing, run, startSite, temporaryFolder } from '../../lib/site.mjs'

const options = { skip: missing }
const folder = temporaryFolder()
const home = 'https://pilot.example/a?b=1&c=%3C2%3E'
const told = (slug, lang, more = '') =>
	`---\ntitle: The ${slug}\nslug: ${slug}\ndate: 2025-11-14T09:00:00Z\nlanguage: ${lang}\n${more}---\n\nIt was cold.\n`
let site, url

async function head(path) {
	const page = await site.get(path)
	assert.equal(page.status, 200, path)
	return { ...headOf(page.text), text: page.text }
}

before(async () => {
	if (missing) return
	const stories = join(folder, 'stories')
	mkdirSync(stories)
	writeFileSync(join(stories, 'ice.md'), told('ice', 'en'))
	writeFileSync(join(stories, 'hielo.md'), told('hielo', 'es', 'translation_of: ice\n'))
	writeFileSync(join(stories, 'elsewhere.md'), told('elsewhere', 'en', 'canonical: "https://pilot.example/a?b=1&c=<2>"\n'))
	const data = await makeNewsroom({ folder: stories })
	for (const lang of ['ar', 'de']) {
		const { stdout } = await run(['translate', '--data', data, 'give', '--to', lang, '--from', 'en'])
		const po = join(folder, `${lang}.po`)
		writeFileSync(po, stdout.replace(/msgid "(.+)"\nmsgstr ""/g, `msgid "$1"\nmsgstr "[${lang}] $1"`))
		assert.equal((await run(['translate', '--data', data, 'take', po])).status, 0)
	}
	site = await startSite({ data })
	url = (await head('/2025/11/ice')).canonical.replace('/2025/11/ice', '')
})

after(() => site?.stop())

test('the original of a story is the one in the language that it was written in', options, async () => {
	for (const path of ['/es/2025/11/hielo', '/ar/2025/11/ice', '/de/2025/11/ice'])
		assert.match((await head(path)).text.match(/<p class="translation">(.*?)<\/p>/s)[1], /href="\/2025\/11\/ice" hreflang="en"/, path)
})

test('a text with its home elsewhere names that one address everywhere, and no language of its own', options, async () => {
	const { canonical, meta, ld, alternates, text } = await head('/2025/11/elsewhere')
	for (const address of [canonical, meta['og:url'][0], ld.url, ld['@id'], ld.mainEntityOfPage]) assert.equal(address, home)
	assert.deepEqual([alternates, meta['og:locale:alternate']], [{}, undefined])
	assert.match(text, /c=%3C2%3E"/)
})

test('its translations are no copies: they have their home here, and name each other', options, async () => {
	for (const lang of ['ar', 'de']) {
		const { canonical, alternates, meta, ld } = await head(`/${lang}/2025/11/elsewhere`)
		assert.equal(canonical, `${url}/${lang}/2025/11/elsewhere`)
		assert.equal(ld.url, canonical)
		assert.deepEqual(Object.keys(alternates).sort(), ['ar', 'de', 'x-default'])
		assert.equal(meta['og:locale:alternate'].length, 1)
	}
})

test('front page and archive are described without a tagline, too', options, async () => {
	assert.match((await head('/')).meta.description[0], /^The (ice|elsewhere) · The (ice|elsewhere)$/)
	assert.match((await head('/archive')).meta.description[0], /2/)
})

test('a sitemap has what has its home here', options, async () => {
	assert.doesNotMatch((await site.get('/sitemap-2025-11.xml')).text, /elsewhere/)
	const { text } = await site.get('/ar/sitemap-2025-11.xml')
	assert.match(text, /<loc>[^<]*\/ar\/2025\/11\/elsewhere</)
	assert.match(text, /hreflang="de" href="[^"]*\/de\/2025\/11\/elsewhere"/)
	assert.doesNotMatch(text, /hreflang="en" href="[^"]*elsewhere"/)
})
