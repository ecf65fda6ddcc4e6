// Stories in other languages, passage by passage: taken in from files, read on the site, stale where they were edited.

import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { makeNewsroom, missing, run, startSite, temporaryFolder, until } from '../../lib/site.mjs'

const options = { skip: missing }
const folder = temporaryFolder()
const story = (second, slug = 'ice') => `---
title: The ice & the port
slug: ${slug}
date: 2025-11-14T09:00:00Z
language: en
author: Mara Lindqvist
summary: What the pilots asked for.
---

The pilots met the *minister* of [transport](https://example.org/t).

${second}
`
let data, site

// Says each passage of a PO file as [LANG] …, but those that `but` names.
function translated(po, lang, but = () => false) {
	return po.replace(/msgid "(.+)"\nmsgstr ""/g, (all, id) => (but(id) ? all : `msgid "${id}"\nmsgstr "[${lang}] ${id}"`))
}

async function publicId() {
	const { stdout } = await run(['import', '--data', data, '--json', join(folder, 'stories')])
	return JSON.parse(stdout.split('\n').find(line => line.includes('"id"'))).id
}

before(async () => {
	if (missing) return
	mkdirSync(join(folder, 'stories'))
	writeFileSync(join(folder, 'stories/ice.md'), story('It was cold.'))
	data = await makeNewsroom({ folder: join(folder, 'stories') })
	site = await startSite({ data })
})

after(async () => site?.stop())

test('a file of passages comes out and goes in', options, async () => {
	const id = await publicId()
	const given = await run(['translate', '--data', data, 'give', '--to', 'ar', '--story', id])
	assert.equal(given.status, 0, given.stderr)
	assert.match(given.stdout, /msgid "The pilots met the <em>minister<\/em> of <a href=\\"https:\/\/example.org\/t\\">transport<\/a>\."/)
	writeFileSync(join(folder, 'ar.po'), translated(given.stdout, 'ar'))
	const taken = await run(['translate', '--data', data, 'take', join(folder, 'ar.po')])
	assert.equal(taken.status, 0, taken.stderr)
	assert.match(taken.stdout, /^4 translations: 4 new or changed, 0 of passages that no story has, 0 refused/)
	const again = await run(['translate', '--data', data, 'take', join(folder, 'ar.po')])
	assert.match(again.stdout, /^4 translations: 0 new or changed/)
})

test('the story is there in the language at once: text, cards, feeds, menus, hreflang both ways', options, async () => {
	await until(2, 'the story', async () => (await site.get('/ar/2025/11/ice')).status === 200)
	const page = await site.get('/ar/2025/11/ice')
	assert.match(page.text, /<html lang="ar" dir="rtl">/)
	assert.match(page.text, /<h1 class="headline">\[ar\] The ice &amp; the port<\/h1>/)
	assert.match(page.text, /\[ar\] It was cold\./)
	assert.doesNotMatch(page.text, /name="robots" content="noindex/)
	for (const path of ['/2025/11/ice', '/ar/2025/11/ice']) {
		const { text } = await site.get(path)
		for (const lang of ['en', 'ar', 'x-default']) assert.match(text, new RegExp(`hreflang="${lang}"`), `${path} ${lang}`)
	}
	const counted = async path => JSON.parse((await site.get(path)).text.match(/ld\+json">(.*?)<\/script>/)[1]).wordCount
	assert.deepEqual([await counted('/2025/11/ice'), await counted('/ar/2025/11/ice')], [10, 12], 'each language counts its own words')
	const home = await site.get('/ar/')
	assert.match(home.text, /href="\/ar\/2025\/11\/ice"[^>]*>\[ar\] The ice/)
	assert.match((await site.get('/ar/feed.xml')).text, /\[ar\] The ice/)
	assert.match((await site.get('/ar/author/mara-lindqvist')).text, /\[ar\] The ice/)
})

test('an edited paragraph alone is shown in the original, marked, and the reader is told', options, async () => {
	writeFileSync(join(folder, 'stories/ice.md'), story('It was very cold.'))
	await publicId()
	const text = await until(2, 'the edit', async () => {
		const { text } = await site.get('/ar/2025/11/ice')
		return text.includes('<p lang="en" dir="ltr">It was very cold.</p>') && text
	})
	assert.match(text, /\[ar\] The pilots met/)
	const line = text.match(/<p class="translation">(.*?)<\/p>/)[1]
	assert.match(line, /href="\/2025\/11\/ice"/)
	assert.match(line, /<br>/)
})

test('a language that is hardly begun is neither listed nor offered', options, async () => {
	const id = await publicId()
	const { stdout } = await run(['translate', '--data', data, 'give', '--to', 'de', '--story', id])
	writeFileSync(join(folder, 'de.po'), translated(stdout, 'de', id => !id.startsWith('The ice')))
	await run(['translate', '--data', data, 'take', join(folder, 'de.po')])
	assert.equal((await site.get('/de/')).status, 404)
	assert.doesNotMatch((await site.get('/2025/11/ice')).text, /hreflang="de"/)
})

test('a translation that lost its link is refused with its line, the rest is taken', options, async () => {
	const id = await publicId()
	const { stdout } = await run(['translate', '--data', data, 'give', '--to', 'fr', '--story', id])
	const broken = translated(stdout, 'fr').replace(/(msgstr "\[fr\] The pilots.*?)<a href=.*?>transport<\/a>/, '$1transport')
	writeFileSync(join(folder, 'fr.po'), broken)
	const taken = await run(['translate', '--data', data, 'take', join(folder, 'fr.po')])
	assert.equal(taken.status, 3)
	assert.match(taken.stderr, /fr\.po:\d+: its tags and links are not those of the passage/)
	assert.match(taken.stdout, /3 new or changed, 0 of passages that no story has, 1 refused/)
})

test('what cannot be taken says why and where', options, async () => {
	const cases = {
		'no-language.po': ['msgid "a"\nmsgstr "b"\n', /the file does not say its language/],
		'plural.po': ['msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n', /line 2: a plural entry/],
		'klingon.po': ['msgid ""\nmsgstr ""\n"Language: tlh\\n"\n', /'tlh', the language, is no language/],
		'picture.po': ['\x89PNG\r\n', /line 1|not UTF-8/],
	}
	for (const [name, [text, reason]] of Object.entries(cases)) {
		writeFileSync(join(folder, name), text)
		const taken = await run(['translate', '--data', data, 'take', join(folder, name)])
		assert.equal(taken.status, 3, name)
		assert.match(taken.stderr, reason, name)
	}
	assert.equal((await run(['translate', '--data', data, 'take', join(folder, 'nowhere.po')])).status, 3)
	assert.equal((await run(['translate', '--data', data, 'sing'])).status, 2)
})
