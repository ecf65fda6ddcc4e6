// Searching in a language what was written in another: by the words of its translation, passage by passage.

import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { changeRows, makeNewsroom, missing, onPostgres, run, startSite, temporaryFolder, until } from '../../lib/site.mjs'

const options = { skip: missing }
const folder = temporaryFolder()

const story = (name, { title, summary, first, second, status = 'published', day = '14', reason = '' }) =>
	writeFileSync(
		join(folder, 'stories', `${name}.md`),
		`---\ntitle: ${title}\nslug: ${name}\ndate: 2025-11-${day}T09:00:00Z\nlanguage: en\nstatus: ${status}\n` +
			`reason: "${reason}"\nsummary: ${summary}\n---\n\n${first}\n\n${second}\n`,
	)
const ice = { title: 'Ice closes the port', summary: 'The pilots wait.', first: 'The old lighthouse is dark.', second: 'Nobody sails from Keld.' }
const tea = { title: 'Tea at the pier', summary: 'A kettle for all.', first: 'The harbour master pours it.', second: 'It is hot.', day: '12' }

// Of `ice` in order: title, summary, both paragraphs.
const said = {
	de: ['Eis sperrt den Hafen', 'Die Lotsen warten.', 'Der alte Leuchtturm ist dunkel.', 'Niemand läuft aus Keld aus.'],
	ar: ['الجليد يغلق الميناء', 'المرشدون ينتظرون.', 'المنارة القديمة مظلمة.', 'لا أحد يبحر من كيلد.'],
	'zh-Hans': ['冰封港口', '引航员在等待。', '古老的灯塔一片漆黑。', '没有人从凯尔德启航。'],
	th: ['น้ำแข็งปิดท่าเรือ', 'นักบินนำร่องกำลังรอ', 'ประภาคารเก่ามืดมิด', 'ไม่มีใครแล่นเรือออกจากเคลด์'],
}
const sources = [ice.title, ice.summary, ice.first, ice.second]
let data, site

async function take(lang, pairs, into = data) {
	const file = join(folder, `${lang}.po`)
	const entries = pairs.map(([from, to]) => `msgid "${from}"\nmsgstr "${to}"\n`)
	writeFileSync(file, `msgid ""\nmsgstr "Language: ${lang}\\nX-Source-Language: en\\n"\n\n${entries.join('\n')}`)
	const { status, stdout, stderr } = await run(['translate', '--data', into, 'take', '--to', lang, '--from', 'en', file])
	assert.equal(status, 0, stderr)
	return stdout
}
const write = async () => assert.equal((await run(['import', '--data', data, join(folder, 'stories')])).status, 0)
const ask = (lang, words) => site.get(`/${lang}/search?q=${encodeURIComponent(words)}`)
const found = text => [...text.matchAll(/<h2 class="headline"[^>]*><a href="([^"]*)"/g)].map(match => match[1])
const finds = async (lang, words) => found((await ask(lang, words)).text)

before(async () => {
	if (missing) return
	mkdirSync(join(folder, 'stories'))
	story('ice', ice)
	story('tea', tea)
	data = await makeNewsroom({ folder: join(folder, 'stories') })
	for (const [lang, words] of Object.entries(said)) await take(lang, sources.map((source, i) => [source, words[i]]))
	site = await startSite({ data })
})

after(async () => site?.stop())

test('a story is found by the words of its translation, and shown as a card of that language', options, async () => {
	for (const [lang, words, mark, passage] of [
		['de', 'Leuchttürme', 'Leuchtturm', 'Der alte <mark>Leuchtturm</mark> ist dunkel.'],
		['ar', 'المنارات', 'المنارة', '<mark>المنارة</mark> القديمة مظلمة.'],
		['zh-Hans', '灯塔', '灯塔', '古老的<mark>灯塔</mark>一片漆黑。'],
		['th', 'ประภาคาร', 'ประภาคาร', '<mark>ประภาคาร</mark>เก่ามืดมิด'],
	]) {
		const { status, text } = await ask(lang, words)
		assert.equal(status, 200, lang)
		assert.deepEqual(found(text), [`/${lang}/2025/11/ice`], `${lang}: ${words}`)
		assert.ok(text.includes(`<p class="standfirst">${passage}</p>`), `${lang} ${mark}: ${text}`)
		assert.ok(text.includes(said[lang][0]), `${lang}: the headline`)
	}
})

test('each language has its own words alone', options, async () => {
	assert.deepEqual(await finds('de', 'lighthouse'), [])
	assert.deepEqual(await finds('de', '灯塔'), [])
	assert.deepEqual(found((await site.get('/search?q=Leuchtturm')).text), [])
	assert.deepEqual(found((await site.get('/search?q=lighthouse')).text), ['/2025/11/ice'])
	assert.deepEqual(await finds('de', 'Hafen -Leuchtturm'), [])
	assert.deepEqual(await finds('de', '"alte Leuchtturm"'), ['/de/2025/11/ice'])
})

test('what stands first and what was meant follow the language too', options, async () => {
	await take('de', [
		[tea.title, 'Tee am Steg'], [tea.summary, 'Ein Kessel für alle.'],
		[tea.first, 'Der Hafenmeister wartet am Hafen.'], [tea.second, 'Er ist heiß.'],
	])
	await until(2, 'tea', async () => (await finds('de', 'Tee')).length === 1)
	assert.deepEqual(await finds('de', 'Hafen'), ['/de/2025/11/ice', '/de/2025/11/tea'])
	assert.match((await ask('de', 'Haffen')).text, /<p class="near"><a href="\/de\/search\?q=Hafen">/)
	assert.match((await site.get('/search?q=Leuchtturm')).text, /<a href="\/de\/search\?q=Leuchtturm" hreflang="de" lang="de" dir="ltr">/)
})

test('a translation that is changed is found by what it says now', options, async () => {
	await take('de', [[ice.first, 'Der alte Leuchtturm schweigt.']])
	await until(2, 'the change', async () => (await finds('de', 'schweigt')).length === 1)
	assert.deepEqual(await finds('de', 'dunkel'), [])
	assert.deepEqual(await finds('th', 'ประภาคาร'), ['/th/2025/11/ice'])
})

test('an edited passage is found by its own words until it is translated, and shown as what it is', options, async () => {
	story('ice', { ...ice, second: 'Only the icebreaker leaves.' })
	await write()
	const text = await until(2, 'the edit', async () => {
		const { text } = await ask('de', 'icebreaker')
		return found(text).length === 1 && text
	})
	assert.match(text, /<p class="standfirst"><span lang="en" dir="ltr">Only the <mark>icebreaker<\/mark> leaves\.<\/span><\/p>/)
	assert.deepEqual(await finds('de', 'Niemand'), [])
	await take('de', [['Only the icebreaker leaves.', 'Nur der Eisbrecher fährt.']])
	await until(2, 'its translation', async () => (await finds('de', 'Eisbrecher')).length === 1)
	assert.deepEqual(await finds('de', 'icebreaker'), [])
})

test('a language that is hardly begun does not find the story', options, async () => {
	await take('fr', [[ice.first, 'Le vieux phare est sombre.']])
	assert.deepEqual(await finds('fr', 'phare'), [])
})

test('the copy of a newsroom finds the same', options, async () => {
	const copy = join(temporaryFolder(), 'copy.db')
	const moved = await run(['migrate-store', '--from', data, '--to', copy])
	assert.equal(moved.status, 0, moved.stderr)
	const other = await makeNewsroom({})
	writeFileSync(join(other, 'broadsheet.conf'), `[store]\ndsn = ${copy}\n`)
	const there = await startSite({ data: other })
	try {
		assert.deepEqual(found((await there.get(`/th/search?q=${encodeURIComponent('ประภาคาร')}`)).text), ['/th/2025/11/ice'])
	} finally {
		await there.stop()
	}
})

test('stories that were listed in a language before it was searched are found in it once the server has run', options, async () => {
	const names = Array.from({ length: 30 }, (_, i) => `ice-${i}`) // in four languages: more than one transaction indexes
	const older = temporaryFolder()
	mkdirSync(join(older, 'stories'))
	for (const name of names)
		writeFileSync(join(older, 'stories', `${name}.md`), `---\ntitle: ${ice.title}\nslug: ${name}\ndate: 2025-11-14T09:00:00Z\n` +
			`language: en\nstatus: published\nsummary: ${ice.summary}\n---\n\n${ice.first}\n\n${ice.second}\n`)
	const dir = await makeNewsroom({ folder: join(older, 'stories') })
	for (const [lang, words] of Object.entries(said)) await take(lang, sources.map((source, i) => [source, words[i]]), dir)
	// As the migration leaves a newsroom whose search knew but one language a story.
	changeRows(dir, "INSERT INTO search_due (story_id, lang) SELECT story_id, lang FROM story_translation WHERE listed = 1",
		...onPostgres ? ["DELETE FROM search WHERE key IN (SELECT key FROM search_terms WHERE lang <> 'en')"] : [],
		"DELETE FROM search_terms WHERE lang <> 'en'",
		...onPostgres ? [] : ["INSERT INTO search (search) VALUES ('rebuild')"])
	assert.equal(changeRows(dir, 'SELECT count(*) FROM search_due'), '120')
	const there = await startSite({ data: dir })
	try {
		assert.equal(found((await there.get('/search?q=lighthouse')).text).length, 20, 'the first page in their own language')
		for (const [lang, words] of [['de', 'Leuchtturm'], ['ar', 'المنارة'], ['zh-Hans', '灯塔'], ['th', 'ประภาคาร']])
			await until(30, lang, async () => {
				const pages = await Promise.all(['', '/page/2'].map(page => there.get(`/${lang}/search${page}?q=${encodeURIComponent(words)}`)))
				return pages.flatMap(page => found(page.text)).length === names.length
			})
	} finally {
		await there.stop()
	}
	assert.equal(changeRows(dir, 'SELECT count(*) FROM search_due'), '0')
})

test('terms that an older release folded in another way are made again', options, async () => {
	const older = temporaryFolder()
	mkdirSync(join(older, 'stories'))
	writeFileSync(join(older, 'stories', 'barf.md'), '---\ntitle: पहली बर्फ\u093C\nslug: barf\ndate: 2025-11-14T09:00:00Z\n' +
		'language: hi\nsummary: जहाज\u093C\n---\n\nसमुद्र जम गया।\n')
	const dir = await makeNewsroom({ folder: join(older, 'stories') })
	changeRows(dir, "INSERT INTO search_due (story_id, lang) SELECT story_id, lang FROM search_terms",
		"UPDATE search_terms SET title = replace(title, 'बर्फ', 'बर्फ\u093C')",
		...onPostgres
			? ["UPDATE search SET words = search_words(t.title, t.summary, t.body, t.lang) FROM search_terms t WHERE t.key = search.key"]
			: ["INSERT INTO search (search) VALUES ('rebuild')"])
	const there = await startSite({ data: dir })
	try {
		for (const words of ['बर्फ', 'बर्फ\u093C', 'जहाज', 'समुद्र'])
			await until(30, words, async () => found((await there.get(`/hi/search?q=${encodeURIComponent(words)}`)).text).length === 1)
	} finally {
		await there.stop()
	}
	assert.equal(changeRows(dir, "SELECT title || ' ' || (SELECT count(*) FROM search_due) FROM search_terms"), 'पहल बर्फ 0')
})

test('a story that is withdrawn is found in no language', options, async () => {
	story('ice', { ...ice, second: 'Only the icebreaker leaves.', status: 'withdrawn', reason: 'It was not so.' })
	await write()
	await until(2, 'the withdrawal', async () => (await finds('de', 'Leuchtturm')).length === 0)
	for (const [lang, words] of [['ar', 'المنارة'], ['zh-Hans', '灯塔'], ['th', 'ประภาคาร']])
		assert.deepEqual(await finds(lang, words), [], lang)
	assert.deepEqual(await finds('de', 'Tee'), ['/de/2025/11/tea'])
})
