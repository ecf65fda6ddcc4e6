// Names that documents give to tags and people become terms and people.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frontMatter, importer } from '../../lib/import.mjs'
import { missing } from '../../lib/site.mjs'

const tagged = tags => frontMatter({ title: 'T', published: '2024-01-02', tags })

test('tags whose names differ are different tags; capitals, spaces and punctuation make no difference', { skip: missing }, async () => {
	const room = await importer()
	await room.import({ 'a.md': tagged('[C, C++, "C#", c++, É, E, "The Ice Season", THE  ICE-SEASON, "#sea", Disney+]') })
	assert.deepEqual(room.stories()[0].terms.map(term => [term[1], term[2]]), [['c', 'C'], ['c-plus-plus', 'C++'], ['c-sharp', 'C#'], ['e', 'É'],
		['e-2', 'E'], ['the-ice-season', 'The Ice Season'], ['sea', '#sea'], ['disney-plus', 'Disney+']])
	await room.import({ 'b.md': tagged('["c#", "C+", Sea, é, e, E, "C Sharp"]').replace(': T', ': U') })
	assert.deepEqual(room.story('U').terms.map(term => term[1]), ['c-sharp', 'c-plus', 'sea', 'e', 'e-2'])
	await room.import({ 'terms.yml': 'tag:\n  - {slug: climate, name: Climate & Ice}\n',
		'c.md': tagged('[Climate, Č, Café, Cafe]').replace(': T', ': V') })
	assert.deepEqual(room.story('V').terms.map(term => term[1]), ['climate', 'c-2', 'cafe', 'cafe-2'])
	room.end()
})

test('a word that could be a slug is a name of its own where another name has made that slug', { skip: missing }, async () => {
	const room = await importer()
	const slugs = title => room.story(title).terms.map(term => term[1])
	await room.import({ 'a.md': tagged('[marché, péché]'), 'b.md': tagged('[marche, peche]').replace(': T', ': U'),
		'terms.yml': 'tag:\n  - {slug: ete, name: Été}\n', 'c.md': tagged('[ete, cote, côte]').replace(': T', ': V') })
	assert.deepEqual(slugs('T'), ['marche', 'peche'])
	assert.deepEqual(room.story('U').terms.map(term => [term[1], term[2]]), [['marche-2', 'marche'], ['peche-2', 'peche']])
	assert.deepEqual(slugs('V'), ['ete', 'cote', 'cote-2'])
	await room.import({ 'd.md': tagged('[marche, marché, ete]').replace(': T', ': W') })
	assert.deepEqual(slugs('W'), ['marche-2', 'marche', 'ete'])
	room.end()
})
