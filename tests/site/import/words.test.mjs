// What an import says of what it could not take: nothing is lost without a word, and no word says what is not so.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frontMatter } from '../../lib/import.mjs'
import { imported } from '../../lib/old-sites.mjs'
import { missing } from '../../lib/site.mjs'

const many = count => `[${Array.from({ length: count }, (_, i) => i).join(', ')}]`

test('keys that nothing reads are kept with all their values, or said to be left out', { skip: missing }, async () => {
	const anchors = 'a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\n' +
		'd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\nbomb: [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\n'
	const site = await imported({ 'big.md': frontMatter({ title: 'Big', list: many(20000), small: 'yes' }),
		'bomb.md': `---\ntitle: Bomb\n${anchors}last: kept\n---\n\nText.\n` })
	assert.equal(site.story('Big').extra.list.length, 20000)
	assert.equal(site.story('Big').extra.small, 'yes')
	assert.deepEqual(Object.keys(site.story('Bomb').extra), ['a', 'b', 'c', 'd', 'last'])
	assert.match(site.stdout, /^unknown key, left out: more than 50000 values are not kept: bomb \(\S*bomb\.md:7\)$/m)
	assert.doesNotMatch(site.stdout, /kept with the story: bomb/)
})

test('a fault of an entry in a list is told by the name of the list, once', { skip: missing }, async () => {
	const site = await imported({
		'a.md': '---\ntitle: A\ncorrections:\n  - {kind: update, note: x}\n---\n\nText.\n', 'b.md': '---\ntitle: B\nbyline:\n  - {role: author}\n---\n\nText.\n',
		'c.md': '---\ntitle: C\ncorrections:\n  - {date: 2024-02-30, note: x}\n---\n\nText.\n',
	}, 3)
	assert.match(site.stderr, /a\.md:4: corrections: `date` is missing/)
	assert.match(site.stderr, /b\.md:4: byline: `person` is missing/)
	assert.match(site.stderr, /c\.md:4: corrections\.date: /)
})

test('words for a picture that nobody names are told', { skip: missing }, async () => {
	const site = await imported({ 'a.md': frontMatter({ title: 'A', image: '{alt: A ship}' }), 'b.md': frontMatter({ title: 'B', cover: '{hidden: true}' }) })
	assert.match(site.stdout, /^picture: `file` is missing; what is said of the picture is seen nowhere: image \(\S*a\.md\)$/m)
})
