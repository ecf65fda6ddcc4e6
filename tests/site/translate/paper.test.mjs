// What the paper says of itself is translated passage by passage, as its stories are: notices, biographies, jobs, descriptions.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { makeNewsroom, missing, run, startSite, temporaryFolder, until } from '../../lib/site.mjs'

const options = { skip: missing }
const folder = temporaryFolder()
const notice = `---
slug: safety
kind: note
where: end
stories: all
title: For your safety
---

Stay off the ice.

Call the <em>pilots</em> first.
`
const author = job => `---
name: Mara Lindqvist
slug: mara-lindqvist
title: ${job}
---

She has written about the sea since 1998.

Born in Keld.
`
let data, site

const put = (name, text) => writeFileSync(join(folder, name), text)
const write = async () => {
	const done = await run(['import', '--data', data, folder])
	assert.equal(done.status, 0, done.stderr)
}

async function take(lang, pairs) {
	const file = join(temporaryFolder(), `${lang}.po`)
	const entries = pairs.map(([from, to]) => `msgid "${from}"\nmsgstr "${to}"\n`)
	writeFileSync(file, `msgid ""\nmsgstr "Language: ${lang}\\nX-Source-Language: en\\n"\n\n${entries.join('\n')}`)
	const { status, stdout, stderr } = await run(['translate', '--data', data, 'take', '--to', lang, '--from', 'en', file])
	assert.equal(status, 0, stderr)
	assert.match(stdout, new RegExp(`${pairs.length} new or changed, 0 of passages that no story has, 0 refused`))
}
const shows = (path, pattern) => until(3, `${path}: ${pattern}`, async () => {
	const { text } = await site.get(path)
	return pattern.test(text) && text
})

before(async () => {
	if (missing) return
	for (const name of ['stories', 'authors', 'notices']) mkdirSync(join(folder, name))
	put('settings.yml', 'name: Keld Test\nurl: https://keld.example\nlanguage: en\n')
	put('terms.yml', 'theme:\n  - slug: ice\n    name: {en: Ice, de: Eis}\n    section: 1\n    description: All that freezes.\n')
	put('authors/mara-lindqvist.md', author('Arctic correspondent'))
	put('notices/safety.md', notice)
	put('stories/ice.md', '---\ntitle: The ice\nslug: ice\ndate: 2025-11-14T09:00:00Z\nlanguage: en\n' +
		'author: Mara Lindqvist\nthemes: [ice]\n---\n\nIt was cold.\n')
	data = await makeNewsroom({ folder })
	await take('de', [['The ice', 'Das Eis'], ['It was cold.', 'Es war kalt.']])
	site = await startSite({ data })
})

after(async () => site?.stop())

test('without a translation all of it stands there as it was written, and says so', options, async () => {
	const { text } = await site.get('/de/2025/11/ice')
	assert.match(text, /<p class="job"><span lang="en" dir="ltr">Arctic correspondent<\/span><\/p>/)
	assert.match(text, /<div class="notice note" lang="en" dir="ltr">/)
	assert.match((await site.get('/de/theme/ice')).text, /<div class="description" lang="en" dir="ltr"><p>All that freezes\.<\/p>/)
})

test('all of it comes out for translators, once, with what it belongs to', options, async () => {
	const { stdout } = await run(['translate', '--data', data, 'give', '--to', 'de', '--from', 'en'])
	const all = ['For your safety', 'Stay off the ice.', 'Call the <em>pilots</em> first.', 'Arctic correspondent', 'All that freezes.']
	for (const text of all)
		assert.equal(stdout.split(`msgid "${text}"`).length, 2, text)
	assert.match(stdout, /msgctxt "person\/mara-lindqvist\/@job"\nmsgid "Arctic correspondent"/)
	assert.match(stdout, /msgctxt "notice\/safety\/@title"/)
	const xliff = await run(['translate', '--data', data, 'give', '--to', 'de', '--from', 'en', '--format', 'xliff'])
	assert.match(xliff.stdout, /Arctic correspondent/)
})

test('a notice is told in the language as far as it is translated, the rest is marked', options, async () => {
	await take('de', [['Stay off the ice.', 'Bleiben Sie vom Eis.']])
	const text = await shows('/de/2025/11/ice', /<p>Bleiben Sie vom Eis\.<\/p>/)
	assert.match(text, /<h2><span lang="en" dir="ltr">For your safety<\/span><\/h2>/)
	assert.match(text, /<p lang="en" dir="ltr">Call the <em>pilots<\/em> first\.<\/p>/)
	await take('de', [
		['For your safety', 'Zu Ihrer Sicherheit'],
		['Call the <em>pilots</em> first.', 'Rufen Sie erst die <em>Lotsen</em>.'],
	])
	assert.match(await shows('/de/2025/11/ice', /<h2>Zu Ihrer Sicherheit<\/h2>/), /<div class="notice note">/)
	assert.match((await site.get('/2025/11/ice')).text, /<h2>For your safety<\/h2>/)
})

test('a biography and a job follow, on the story and on the page of the author', options, async () => {
	await take('de', [
		['Arctic correspondent', 'Arktis-Korrespondentin'],
		['She has written about the sea since 1998.', 'Sie schreibt seit 1998 über das Meer.'],
	])
	for (const path of ['/de/2025/11/ice', '/de/author/mara-lindqvist']) {
		const text = await shows(path, /<p class="job">Arktis-Korrespondentin<\/p>/)
		assert.match(text, /<p>Sie schreibt seit 1998 über das Meer\.<\/p>/, path)
		assert.match(text, /<p lang="en" dir="ltr">Born in Keld\.<\/p>/, path)
	}
	assert.match((await site.get('/author/mara-lindqvist')).text, /<p class="job">Arctic correspondent<\/p>/)
})

test('a description follows', options, async () => {
	await take('de', [['All that freezes.', 'Alles, was gefriert.']])
	assert.match(await shows('/de/theme/ice', /Alles, was gefriert/), /<div class="description"><p>Alles, was gefriert\.<\/p>/)
})

test('a job that was changed is as it was written until it is translated', options, async () => {
	put('authors/mara-lindqvist.md', author('Editor of the sea'))
	await write()
	await shows('/de/author/mara-lindqvist', /<p class="job"><span lang="en" dir="ltr">Editor of the sea<\/span><\/p>/)
})

// A program that says each line in a language, and what broadsheet.conf says of it.
function engine(more = '') {
	const bin = temporaryFolder()
	writeFileSync(join(bin, 'say'), '#!/bin/sh\nwhile read -r line; do printf "%s\\n" "$2 $line"; done\n')
	execFileSync('chmod', ['-R', '755', bin])
	return `\n[translate]\nchain = own\n${more}\n[engine own]\nkind = command\ncommand = ${join(bin, 'say')} {from} {to}\n`
}

test('engines translate it with the stories', options, async () => {
	appendFileSync(join(data, 'broadsheet.conf'), engine())
	const done = await run(['translate', '--data', data, '--to', 'es'])
	assert.ok([0, 3].includes(done.status), done.stderr)
	await shows('/es/author/mara-lindqvist', /<p class="job">es /)
	assert.match((await site.get('/es/theme/ice')).text, /<div class="description"><p>es /)
	assert.match((await site.get('/es/2025/11/ice')).text, /<h2>es For your safety<\/h2>/)
})

test('engines translate it when stories are published', options, async () => {
	const other = await makeNewsroom({ folder })
	appendFileSync(join(other, 'broadsheet.conf'), engine('on_publish = fr'))
	const there = await startSite({ data: other })
	try {
		await until(10, 'the job', async () => /<p class="job">fr Editor/.test((await there.get('/fr/author/mara-lindqvist')).text))
		await until(10, 'the notice', async () => /<h2>fr For your safety<\/h2>/.test((await there.get('/fr/2025/11/ice')).text))
	} finally {
		await there.stop()
	}
})
