// Copies of a folder: the same file from another path is the same story.

import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { frontMatter, importer, writeFiles } from '../../lib/import.mjs'
import { missing } from '../../lib/site.mjs'

const files = text => ({
	'stories/t1.md': frontMatter({ title: 'T1', slug: 't1', published: '2024-01-02', language: 'en' }, text),
	'stories/named.md': frontMatter({ title: 'Named', published: '2024-01-02' }, text),
	'stories/t1.de.md': frontMatter({ title: 'T1 auf Deutsch', slug: 't1-de', language: 'de', translation_of: 't1' }, text),
	'drafts/wip.md': frontMatter({ title: 'Wip', status: 'draft' }, text),
	'pages/about.md': frontMatter({ title: 'About', kind: 'page' }, text),
})
const addresses = room => room.stories().map(story => story.path).sort()

test('a second clone of a folder is the same stories: unchanged, or new revisions, from whichever copy was edited', { skip: missing }, async () => {
	const room = await importer()
	const first = room.folder(files('One.')), second = room.folder(files('One.'))
	assert.match((await room.importPaths([first])).stdout, /^5 stories new/m)
	const before = addresses(room)
	assert.match((await room.importPaths([second])).stdout, /^0 stories new, 0 changed, 5 unchanged; 0 skipped, 0 refused/m)
	writeFiles(second, files('Two.'))
	assert.match((await room.importPaths([second])).stdout, /^0 stories new, 5 changed, 0 unchanged; 0 skipped, 0 refused/m)
	assert.deepEqual(addresses(room), before)
	assert.match((await room.importPaths([second])).stdout, /^0 stories new, 0 changed, 5 unchanged/m)
	assert.match((await room.importPaths([first])).stdout, /^0 stories new, 5 changed/m)
	assert.deepEqual(room.story('T1').body.map(block => block[2]), ['One.'])
	room.end()
})

test('a page that wants an address of the site itself is refused, with its line', { skip: missing }, async () => {
	const room = await importer()
	const run = await room.importPaths([room.folder({ 'pages/es.md': frontMatter({ title: 'Spain', slug: 'es', kind: 'page' }),
		'stories/es.md': frontMatter({ title: 'A Story', slug: 'es', published: '2024-01-02' }) })])
	assert.match(run.stdout, /^1 stories new/m)
	assert.match(run.stderr, /pages\/es\.md:3: slug: 'es' is an address of the site itself; give the page another/)
	room.end()
})

test('two files that want one address are refused in one run and beside each other', { skip: missing }, async () => {
	const room = await importer()
	const story = title => frontMatter({ title, slug: 'same', published: '2024-01-02' })
	const folder = room.folder({ 'a/one.md': story('One'), 'b/two.md': story('Two') })
	const run = await room.importPaths([folder])
	assert.match(run.stdout, /^1 stories new/m)
	assert.match(run.stderr, /b\/two\.md:3: slug: 'same' is that of \S*a\/one\.md already/)
	writeFiles(folder, { 'a/three.md': story('Three') })
	assert.match((await room.importPaths([join(folder, 'a/three.md')])).stderr,
		/three\.md:3: slug: 'same' is the address of a story of that month from \S*a\/one\.md/)
	rmSync(join(folder, 'a/one.md'))
	assert.match((await room.importPaths([join(folder, 'a/three.md')])).stdout, /^0 stories new, 1 changed/m)
	room.end()
})
