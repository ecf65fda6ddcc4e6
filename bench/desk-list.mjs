#!/usr/bin/env node
// The desk's list of stories and its grid of translations with 100,000 stories: milliseconds from request to whole answer, of each kind of
// question. Stories are in all states, most of them in several languages.
//
//   bench/desk-list.mjs [STORIES [ROUNDS [postgres]]]     100000 stories, 15 rounds; `postgres`: on PostgreSQL, by turns with SQLite
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { storyOf, word } from './content.mjs'
import { byTurns, figure, machine, median, row } from './lib/measure.mjs'
import { move, newsroom, postgresCluster, program, root } from './lib/newsroom.mjs'

process.env.BS_BIN ??= program
const { startSite } = await import('../tests/lib/site.mjs')
const { makeUser, signIn } = await import('../tests/lib/desk.mjs')

const [count = 100000, rounds = 15] = process.argv.slice(2, 4).map(Number)
const beside = process.argv[4] === 'postgres'
const LIMIT = 50 // ms
const day = i => storyOf(i, count).day.toISOString().slice(0, 10)

// One story in fifty is a draft, one in a hundred in review, one in two hundred withdrawn; [language, one in so many has it].
const LANGUAGES = [['de', 1], ['es', 1], ['pt', 1], ['fr', 2], ['ar', 3], ['ja', 5], ['sw', 10], ['th', 20]]
const states = `CASE (s.id + at) % 9 WHEN 0 THEN 'human' WHEN 1 THEN 'partly' WHEN 2 THEN CASE WHEN s.id % 200 < 2 THEN 'stale' ELSE 'approved' END
	ELSE 'machine' END`
const hands = "CASE (s.id + at) % 9 WHEN 0 THEN 12 WHEN 1 THEN 6 WHEN 2 THEN 12 ELSE 0 END"
const FILL = `
UPDATE story SET status = CASE WHEN id % 50 = 7 THEN 'draft' WHEN id % 100 = 33 THEN 'review' ELSE 'withdrawn' END
	WHERE id % 50 = 7 OR id % 100 = 33 OR id % 200 = 91;
INSERT INTO story_translation (story_id, lang, passages, done, by_person, makers, number, listed, updated_at, state, hands, approved, stale)
SELECT s.id, l.lang, 12, 12, ${hands}, 'Apertium', 1, 1, 1700000000 + s.id * 3 + at, ${states}, ${hands}, 0, 0
FROM story s JOIN (${LANGUAGES.map(([lang, oneIn], i) => `SELECT '${lang}' AS lang, ${oneIn} AS one_in, ${i} AS at`).join(' UNION ALL ')}) l
ON s.id % one_in = 0;`

function fill(data) {
	execFileSync('python3', ['-c', 'import sqlite3, sys\nsqlite3.connect(sys.argv[1]).executescript("BEGIN;" + sys.argv[2] + "COMMIT;")',
		join(data, 'broadsheet.db'), FILL])
}

const questions = {
	'all': '/desk/', 'the second page': '', 'drafts': '/desk/?state=draft', 'withdrawn': '/desk/?state=withdrawn',
	'published': '/desk/?state=published',
	'language': '/desk/?lang=en', 'author': '/desk/?author=author-7', 'author, drafts': '/desk/?author=author-7&state=draft',
	'theme': '/desk/?term=theme-1',
	'theme, author': '/desk/?term=theme-1&author=author-7', 'region, author': '/desk/?term=region-1&author=author-11',
	'theme, language, drafts': '/desk/?term=theme-1&lang=en&state=draft',
	'a month': `/desk/?from=${day(count / 3)}&to=${day(count / 3 + count / 180)}`,
	'ten years, author': `/desk/?from=${day(count / 8)}&to=${day(count * 7 / 8)}&author=author-7`,
	'a very common word': `/desk/?q=${word(1)}`, 'a common word': `/desk/?q=${word(100)}`,
	'a rare word': `/desk/?q=${word(50000)}`,
	'two words': `/desk/?q=${word(40)}+${word(41)}`,
	'no story\'s word': '/desk/?q=xylophone', 'word, author': `/desk/?q=${word(100)}&author=author-7`,
	'word, drafts': `/desk/?q=${word(3)}&state=draft`,
	'grid: all': '/desk/translations', 'grid: the second page': '', 'grid: into German': '/desk/translations?lang=de',
	'grid: by people': '/desk/translations?state=human', 'grid: by people, in a theme': '/desk/translations?state=human&term=theme-1',
	'grid: not begun in Thai': '/desk/translations?lang=th&state=none', 'grid: not begun in German (none)': '/desk/translations?lang=de&state=none',
	'grid: German, approved': '/desk/translations?lang=de&state=approved',
	'grid: Swahili, out of date': '/desk/translations?lang=sw&state=stale',
	'grid: German, approved, in a theme': '/desk/translations?lang=de&state=approved&term=theme-2',
	'grid: a theme': '/desk/translations?term=theme-1',
}

async function open(data) {
	const site = await startSite({ data })
	const desk = await signIn(site, await makeUser(site, { role: 'editor', email: `bench-${Date.now()}@example.org` }))
	const next = async path => (await desk.get(path)).text.match(/href="([^"]+)" rel="next"/)[1].replaceAll('&amp;', '&')
	return { site, desk, paths: { ...questions, 'the second page': await next('/desk/'), 'grid: the second page': await next('/desk/translations') } }
}

async function took({ desk, paths }, name) {
	const begun = performance.now()
	const page = await desk.get(paths[name])
	return { ms: performance.now() - begun, rows: page.text.split('<th scope="row">').length - 1 }
}

async function measure(opened) {
	for (const name of Object.keys(questions)) {
		const subjects = Object.fromEntries(Object.entries(opened).map(([database, each]) => [database, () => took(each, name)]))
		await byTurns(1, subjects) // statements are prepared
		const found = await byTurns(rounds, subjects)
		const [ours, theirs] = Object.values(found).map(list => list.map(each => each.ms))
		row(`${name}, ${found.sqlite[0].rows} rows`, figure(ours, 'ms'), theirs ? figure(theirs, 'ms') : '', theirs && median(theirs) / median(ours),
			`${LIMIT} ms at most`, median(ours) <= LIMIT && (!theirs || median(theirs) <= LIMIT))
	}
}

const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
const cluster = join(folder, 'cluster')
const opened = {}
try {
	console.log(`${machine()}. Broadsheet on SQLite${beside ? '; the peer is Broadsheet on PostgreSQL' : ''}`)
	const sqlite = newsroom(count, { name: `newsroom-desk-${count}`, sources: [join(root, 'bench/desk-list.mjs')], more: fill })
	opened.sqlite = await open(sqlite)
	if (beside) {
		chmodSync(folder, 0o711)
		opened.postgres = await open(move(sqlite, postgresCluster('start', cluster), join(folder, 'postgres')).data)
	}
	await measure(opened)
} finally {
	await Promise.all(Object.values(opened).map(({ site }) => site.stop()))
	if (beside)
		postgresCluster('stop', cluster)
	rmSync(folder, { recursive: true, force: true })
}
