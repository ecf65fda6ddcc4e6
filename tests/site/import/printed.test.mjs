// Printed pages through the program: each item of each page in tests/golden/import/printed lands in a field of its own, and
// readers see it on the story's page.

import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { importer, words } from '../../lib/import.mjs'
import { missing, root, startSite } from '../../lib/site.mjs'

const golden = join(root, 'tests/golden/import/printed')
const pages = readdirSync(golden).filter(name => name.endsWith('.txt')).map(name => name.slice(0, -4))
const expected = name => JSON.parse(readFileSync(join(golden, `${name}.json`), 'utf8'))

// Markdown of one paragraph as words: without its marks, link targets and escapes.
const plain = markdown =>
	markdown
		.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
		.replace(/(^|\n)(#+ |[-*] |> |\d+\. )/g, '$1')
		.replace(/\*\*|\\|(?<=^|\s)[*_]|[*_](?=\s|$)/g, '')
		.replace(/\s+/g, ' ')
		.trim()

let room, site, stories

before(async () => {
	if (missing) return
	room = await importer()
	const done = await room.importPaths([golden], ['--format', 'printed'])
	assert.equal(done.status, 0, done.stderr)
	stories = room.stories()
	site = await startSite({ data: room.data })
})

after(async () => {
	await site?.stop()
	room?.end()
})

const addressOf = (story, own) => (story.lang === own ? '' : `/${story.lang}`) + story.path

for (const name of pages) {
	test(`readers see every item of ${name}`, { skip: missing }, async () => {
		const want = expected(name)
		const story = stories.find(story => words(story.fields.title) === plain(want.title))
		assert.ok(story, `no story is called ${want.title}`)
		const answer = await site.get(addressOf(story, room.read().settings.language ?? 'en'))
		assert.equal(answer.status, 200)
		const page = words(answer.text)
		const sees = (what, text) => assert.ok(page.includes(plain(text)), `${what}: ${plain(text)}`)

		assert.deepEqual(story.byline, want.people.flatMap(({ url, ...person }) => Object.entries(person)))
		want.people.forEach(person => sees('byline', person.author ?? person.translator ?? person.photographer ?? person.editor))
		for (const [key, vocabulary] of [['regions', 'region'], ['themes', 'theme'], ['reports', 'report'], ['tags', 'tag']]) {
			assert.deepEqual(story.terms.filter(term => term[0] === vocabulary).map(term => term[2].toLowerCase()),
				(want[key] ?? []).map(term => term.toLowerCase()))
			for (const term of want[key] ?? []) assert.ok(page.toLowerCase().includes(term.toLowerCase()), term)
		}
		if (want.published) assert.equal(story.published, `${want.published}T00:00:00Z`)
		// A page of another house comes from there, and the paper may say from which address.
		if (want['source-url'] || story.source.name !== want.publication) assert.equal(story.source.url ?? '', want['source-url'] ?? '')
		if (want.source) assert.equal(story.source.name, want.source)
		if (want['source-date']) assert.equal(story.source.published, `${want['source-date']}T00:00:00Z`)
		if (story.source.name) sees('source', story.source.name)
		for (const key of ['subtitle', 'author-line', 'note', 'disclaimer', 'permission', 'fair-use', 'copyright'])
			for (const paragraph of (want[key] ?? '').split('\n\n').filter(Boolean)) sees(key, paragraph)
		for (const correction of want.corrections ?? []) sees('correction', correction.note)
		if (want['image-credit']) sees('credit', want['image-credit'])
		for (const paragraph of want.body.filter(text => text !== '---' && !text.startsWith('![')))
			for (const line of paragraph.split('\n')) sees('text', line)
		if (want['media-contact']?.includes('@')) sees('media contact', want['media-contact'])
		assert.ok(!answer.text.includes('href="#"'), 'a lost link leads nowhere')
		assert.ok(!/00:00<\/time>/.test(answer.text), 'a day has no hour')
	})
}

test('lost links are citations of an unknown target', { skip: missing }, () => {
	const story = stories.find(story => story.fields.title.startsWith('Who Owns the River'))
	assert.deepEqual(story.citations, [['https://inland-ledger.example/krava', 'the sluices at Krava'], ['', 'says the auditor']])
})

test('the page of a publication gives a newsroom without a name its name, language, contacts and channels', { skip: missing }, async () => {
	const own = await importer()
	await own.importPaths([join(golden, 'german-two.txt')])
	assert.deepEqual(own.read().settings, {
		name: 'Der Marschbote',
		language: 'de',
		'contact.media': 'presse@marschbote.example',
		'contact.permissions': 'rechte@marschbote.example',
	})
	assert.equal(own.stories()[0].lang, 'de')
	own.end()
})

test('the format is told from the text, and a second import changes nothing', { skip: missing }, async () => {
	const own = await importer()
	const path = join(golden, 'three-authors-no-source.txt')
	assert.match((await own.importPaths([path])).stdout, /^1 stories new/m)
	assert.deepEqual(own.stories()[0].byline.map(credit => credit[1]), ['Tomasz Wielgosz', 'Dr. Adaeze Okafor', 'Lin Mei-hua'])
	const again = await own.importPaths([path])
	assert.match(again.stdout, /^0 stories new, 0 changed, 1 unchanged/m)
	assert.equal(own.read().revisions, 1)
	own.end()
})

test('a page of another house that says where it stood leads back there', { skip: missing }, () => {
	const story = stories.find(story => story.fields.title === 'The Last Chandler')
	assert.deepEqual([story.source.name, story.source.url], ['Breakwater Magazine', 'https://breakwater.example/2025/11/the-last-chandler'])
})

test('what a story has no field for is told', { skip: missing }, async () => {
	const own = await importer()
	const page = readFileSync(join(golden, 'three-authors-no-source.txt'), 'utf8')
	const done = await own.import({ 'page.txt': page.replace(/^(The Inland Ledger, .*)$/m, '$1\n\nFirst published on March 3, 2022') })
	assert.equal(done.status, 0, done.stderr)
	assert.match(done.stdout + done.stderr, /has no field for this.*: First published on March 3, 2022 .*page\.txt:\d+/)
	own.end()
})

test('a day that does not exist refuses the page, with its line', { skip: missing }, async () => {
	const own = await importer()
	const page = readFileSync(join(golden, 'three-authors-no-source.txt'), 'utf8')
	const line = page.split('\n').findIndex(line => line.startsWith('The Inland Ledger, ')) + 1
	const done = await own.import({ 'no-such-day.txt': page.replace(/^The Inland Ledger, .*$/m, 'The Inland Ledger, November 31, 2025') })
	assert.notEqual(done.status, 0)
	assert.match(done.stderr, new RegExp(`no-such-day\\.txt:${line}:.*"November 31, 2025": there is no such day`))
	assert.equal(own.stories().length, 0)
	own.end()
})
