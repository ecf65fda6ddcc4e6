// Machine translation by the real Apertium: stories are translated when they are published, passage by passage, with their tags
// and names; what a person wrote stays; what cannot be done waits for a person.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { makeNewsroom, missing, run, startSite, temporaryFolder, until } from '../lib/site.mjs'

const apertium = existsSync('/usr/share/apertium/modes/eng-spa.mode')
const options = { skip: missing || (apertium ? false : 'there is no Apertium; script/setup installs it') }
const folder = temporaryFolder()
const story = (second, slug = 'ice', more = '') => `---
title: The old ship
slug: ${slug}
date: 2025-11-14T09:00:00Z
language: en
author: Mara Baker
summary: What the pilots asked for.
${more}---

The pilots met the *minister* of [transport](https://example.org/t). Mara Baker was there.

${second}
`
let data, site

const configure = text => appendFileSync(join(data, 'broadsheet.conf'), text)
const importStories = () => run(['import', '--data', data, join(folder, 'stories')])
const translate = (...args) => run(['translate', '--data', data, ...args])

before(async () => {
	if (options.skip) return
	mkdirSync(join(folder, 'stories'))
	data = await makeNewsroom()
	configure('\n[translate]\non_publish = es gl\n')
	site = await startSite({ data })
})

after(async () => site?.stop())

test('a story that is published beside the server is read in the languages of on_publish, marked as a machine\'s', options, async () => {
	writeFileSync(join(folder, 'stories/ice.md'), story('It was **very *cold*** in the harbour[^1].\n\n[^1]: The white ships sailed.'))
	await importStories()
	const page = await until(20, 'the translation', async () => {
		const page = await site.get('/es/2025/11/ice')
		return page.status === 200 && page.text.includes('El barco') && page
	})
	assert.match(page.text, /<html lang="es"/)
	assert.match(page.text, /<h1 class="headline">El barco viejo<\/h1>/)
	assert.match(page.text, /Los pilotos .* el <em>ministro<\/em> de <a href="https:\/\/example.org\/t"[^>]*>transporte<\/a>\. Mara Baker era allí\./)
	assert.match(page.text, /Era <strong>muy <em>frío<\/em><\/strong> en el puerto<sup>/)
	assert.match(page.text.match(/<p class="translation">(.*?)<\/p>/s)[1], /Apertium/)
	await until(20, 'the second language', async () => (await site.get('/gl/2025/11/ice')).text.includes('piloto'))
	assert.doesNotMatch(page.text, /\*/)
})
