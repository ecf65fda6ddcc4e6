// Files of translators' tools: out, through the tools that people use, and in again, with nothing lost; broken ones refused whole.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { makeNewsroom, missing, run, temporaryFolder } from '../../lib/site.mjs'

const options = { skip: missing }
const toolkit = { skip: missing || (existsSync('/usr/bin/po2xliff') ? false : 'there is no translate-toolkit') }
const folder = temporaryFolder()
const text = `---
title: Ice & <wind>
slug: ice
date: 2025-11-14T09:00:00Z
language: en
author: Mara Lindqvist
---

The *minister* of [transport](https://example.org/t?a=1&b=2) said "no"[^1], and AT&T **agreed *twice***.

Five < six.

[^1]: A note, with \`code <b>\` in it.
`
let data, id

const tool = (dir, ...args) => run(['translate', '--data', dir, ...args])
const give = async (dir, format, ...args) => {
	const done = await tool(dir, 'give', '--format', format, ...args)
	assert.equal(done.status, 0, done.stderr)
	return done.stdout
}
async function take(dir, name, content) {
	const path = join(temporaryFolder(), name)
	writeFileSync(path, content)
	return tool(dir, 'take', path)
}
async function newsroom() {
	const dir = await makeNewsroom({ folder: join(folder, 'stories') })
	return dir
}
// Says each passage as [lang] …, in a PO file.
const translated = (po, lang) => po.replace(/msgid "(.+)"\nmsgstr ""/g, (all, source) => `msgid "${source}"\nmsgstr "[${lang}] ${source}"`)

before(async () => {
	if (missing) return
	mkdirSync(join(folder, 'stories'))
	writeFileSync(join(folder, 'stories/ice.md'), text)
	data = await newsroom()
	const { stdout } = await run(['import', '--data', data, '--json', join(folder, 'stories')])
	id = JSON.parse(stdout.split('\n').find(line => line.includes('"id"'))).id
	const taken = await take(data, 'de.po', translated(await give(data, 'po', '--to', 'de', '--story', id), 'de'))
	assert.match(taken.stdout, /^4 translations: 4 new/, taken.stderr)
})

for (const [format, name] of [['po', 'all.po'], ['xliff', 'all.xlf'], ['tmx', 'all.tmx']])
	test(`${format}: what one newsroom gives, another takes, and gives out the same`, options, async () => {
		const given = await give(data, format, '--to', 'de', '--from', 'en')
		const other = await newsroom()
		const taken = await take(other, name, given)
		assert.match(taken.stdout, /^4 translations: 4 new or changed, 0 of passages that no story has, 0 refused/, taken.stderr)
		assert.equal(await give(other, format, '--to', 'de', '--from', 'en'), given)
		assert.equal(await give(other, 'po', '--to', 'de', '--from', 'en'), await give(data, 'po', '--to', 'de', '--from', 'en'))
	})

test('xliff is valid in form, and its tags are codes that tools protect', options, async () => {
	const xliff = await give(data, 'xliff', '--to', 'de', '--story', id)
	assert.match(xliff, /<xliff xmlns="urn:oasis:names:tc:xliff:document:2\.0" version="2\.1" srcLang="en" trgLang="de">/)
	assert.match(xliff, /<source>The <pc id="1" dataRefStart="d1" dataRefEnd="e1">minister<\/pc> of <pc id="2"/)
	assert.match(xliff, /<data id="d2">&lt;a href=&quot;https:\/\/example\.org\/t\?a=1&amp;amp;b=2&quot;&gt;<\/data>/)
	assert.match(xliff, /AT&amp;T <pc/)
})

test('a memory brings passages that no story has yet, and they are there when a story says them', options, async () => {
	const empty = await makeNewsroom()
	const taken = await take(empty, 'all.tmx', await give(data, 'tmx', '--to', 'de', '--from', 'en'))
	assert.match(taken.stdout, /4 new or changed, 0 of passages that no story has/)
	await run(['import', '--data', empty, join(folder, 'stories')])
	assert.equal(await give(empty, 'po', '--to', 'de', '--from', 'en'), await give(data, 'po', '--to', 'de', '--from', 'en'))
})

test('files that Translate Toolkit makes are taken: XLIFF 1.2, TMX', toolkit, async () => {
	const at = temporaryFolder(), po = join(at, 'de.po')
	writeFileSync(po, await give(data, 'po', '--to', 'de', '--story', id))
	execFileSync('po2xliff', ['--progress=none', po, join(at, 'de.xlf')])
	execFileSync('po2tmx', ['--progress=none', '-l', 'de', '--source-language=en', po, join(at, 'de.tmx')])
	for (const name of ['de.xlf', 'de.tmx']) {
		const other = await newsroom()
		const args = name === 'de.xlf' ? ['--to', 'de', '--from', 'en'] : []
		const taken = await tool(other, 'take', ...args, join(at, name))
		assert.match(taken.stdout, /^4 translations: 4 new or changed, 0 of passages that no story has, 0 refused/m, `${name} ${taken.stderr}`)
		assert.equal(await give(other, 'po', '--to', 'de', '--from', 'en'), readFileSync(po, 'utf8'), name)
	}
})

const csv = 'en,es,note\r\nice chart,carta de hielos,\r\nKeld Sea,,"a sea, invented"\r\n"the ""pilots""",prácticos,\r\n'

test('a glossary goes out as CSV and TBX, and in again the same', options, async () => {
	const taken = await take(data, 'terms.csv', csv)
	assert.match(taken.stdout, /^3 terms/, taken.stderr)
	const given = await give(data, 'csv', '--from', 'en', '--to', 'es')
	assert.deepEqual(given.split('\r\n').sort(), csv.split('\r\n').sort())
	const tbx = await give(data, 'tbx', '--from', 'en', '--to', 'es')
	assert.match(tbx, /<tbx style="dct" type="TBX-Basic"/)
	const other = await newsroom()
	assert.match((await take(other, 'terms.tbx', tbx)).stdout, /^3 terms/)
	assert.equal(await give(other, 'csv', '--from', 'en', '--to', 'es'), given)
})

test('a glossary of Translate Toolkit is taken', toolkit, async () => {
	const at = temporaryFolder()
	writeFileSync(join(at, 'terms.csv'), '"comment","ice chart","carta de hielos"\n')
	execFileSync('csv2tbx', ['--progress=none', join(at, 'terms.csv'), join(at, 'terms.tbx')])
	const tbx = readFileSync(join(at, 'terms.tbx'), 'utf8').replace(/xml:lang="xx"/g, 'xml:lang="es"')
	const other = await newsroom()
	const taken = await take(other, 'terms.tbx', tbx)
	assert.match(taken.stdout, /^1 terms/, taken.stderr + tbx)
})

test('a broken file is refused whole, with line and reason', options, async () => {
	const xliff = await give(data, 'xliff', '--to', 'de', '--story', id)
	const bomb = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "aaaa">\n<!ENTITY b "&a;&a;">]>\n<tmx version="1.4"><body>&b;</body></tmx>'
	const outside = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<tmx version="1.4"><body>&a;</body></tmx>'
	const cases = {
		'cut.xlf': [xliff.slice(0, xliff.length / 2), /cut\.xlf: line \d+: this is not XML/],
		'code.xlf': [xliff.replace('dataRefStart="d1"', 'dataRefStart="d77"'), /line \d+: <pc> does not say which tag it stands for/],
		'version.xlf': ['<xliff version="7"/>', /line 1: XLIFF of version '7'; 2\.1, 2\.0 and 1\.2 are read/],
		'bomb.tmx': [bomb, /line 2: it declares entities/],
		'outside.tmx': [outside, /line 2: it declares entities/],
		'seg.tmx': ['<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>a</seg></tuv>\n' +
			'<tuv xml:lang="de"/></tu></body></tmx>',
			/line 2: a <tuv> without a <seg>/],
		'page.xml': ['<html/>', /line 1: <html> is neither XLIFF, TMX nor TBX/],
		'open.csv': ['en,es,note\nice,"hielo,\n', /line \d: a quote is not closed/],
		'tongue.csv': ['en,tlh\nice,chuch\n', /line 1: 'tlh' is no language/],
		'wide.csv': ['en,es,note\na,b,c,d\n', /line 2: more than 3 columns/],
	}
	const before = await give(data, 'po', '--to', 'de', '--story', id)
	for (const [name, [content, reason]] of Object.entries(cases)) {
		const taken = await take(data, name, content)
		assert.equal(taken.status, 3, name)
		assert.match(taken.stderr, reason, name)
	}
	assert.equal(await give(data, 'po', '--to', 'de', '--story', id), before)
})

test('what an engine made goes out as to be looked at, and does not become a person\'s word by coming back', options, async () => {
	if (!existsSync('/usr/share/apertium/modes/eng-spa.mode')) return
	await tool(data, '--to', 'es')
	const po = await give(data, 'po', '--to', 'es', '--story', id)
	assert.match(po, /#, fuzzy\nmsg/)
	assert.match((await take(data, 'es.po', po)).stdout, /^0 translations: 0 new/)
	const xliff = await give(data, 'xliff', '--to', 'es', '--story', id)
	assert.match(xliff, /<segment state="initial">\n<source>.*<\/source>\n<target>/)
	assert.match((await take(data, 'es.xlf', xliff)).stdout, /^0 translations: 0 new/)
	const other = await newsroom()
	await take(other, 'es.tmx', await give(data, 'tmx', '--from', 'en', '--to', 'es'))
	assert.equal(await give(other, 'po', '--to', 'es', '--from', 'en'), po)
})
