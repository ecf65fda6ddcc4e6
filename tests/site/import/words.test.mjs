// What an import says of what it could not take: nothing is lost without a word, and no word says what is not so.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frontMatter } from '../../lib/import.mjs'
import { imported } from '../../lib/old-sites.mjs'
import { missing } from '../../lib/site.mjs'

const many = count => `[${Array.from({ length: count }, (_, i) => i).join(', ')}]`

test('keys that nothing reads are kept with all their values, or said to be left out', { skip: missing }, async () => {
	const anchors = 'a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n' +
		'c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n' +
		'bomb: [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\n'
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
		'a.md': '---\ntitle: A\ncorrections:\n  - {kind: update, note: x}\n---\n\nText.\n',
		'b.md': '---\ntitle: B\nbyline:\n  - {role: author}\n---\n\nText.\n',
		'c.md': '---\ntitle: C\ncorrections:\n  - {date: 2024-02-30, note: x}\n---\n\nText.\n',
	}, 3)
	assert.match(site.stderr, /a\.md:4: corrections: `date` is missing/)
	assert.match(site.stderr, /b\.md:4: byline: `person` is missing/)
	assert.match(site.stderr, /c\.md:4: corrections\.date: /)
})

test('words for a picture that nobody names are told', { skip: missing }, async () => {
	const site = await imported({ 'a.md': frontMatter({ title: 'A', image: '{alt: A ship}' }),
		'b.md': frontMatter({ title: 'B', cover: '{hidden: true}' }), 'c.md': frontMatter({ title: 'C', image: '{credit: The harbour}' }) })
	assert.doesNotMatch(site.stdout, /^picture: .*[bc]\.md/m)
	assert.match(site.stdout, /^picture: `file` is missing; what is said of the picture is seen nowhere: image \(\S*a\.md\)$/m)
})

test('documents that are not read are told in one line, pictures and programs are not', { skip: missing }, async () => {
	const site = await imported({ 'a.md': frontMatter({ title: 'A' }),
		'b.docx': 'x', 'c/d.DOCX': 'x', 'c/e.rst': 'x', 'f.js': '', 'g.css': '', 'h.svg': '' })
	assert.match(site.stdout, /^documents that are not read; save them as Markdown, HTML or plain text: 2 × \.docx, 1 × \.rst \(\S*b\.docx\)$/m)
})

test('escaped shortcodes are shown, and both branches of a condition told', { skip: missing }, async () => {
	const site = await imported({ 'a.md': frontMatter({ title: 'A' }, 'Write {{</* youtube id */>}}.\n\n{% if x %}yes{% else %}no{% endif %}') })
	assert.equal(site.story('A').body[0][2], 'Write {{&lt; youtube id &gt;}}.')
	assert.match(site.stdout, /^shortcode: the text of each branch is kept: else \(\S*a\.md:/m)
})

test('line ends of old editors, headers without fences, JSON in one line or broken, and lists of tasks', { skip: missing }, async () => {
	const site = await imported({
		'cr.md': '---\rtitle: CR only\rdate: 2024-01-02\r---\r\rOne.\r\rTwo.\r',
		'pelican.md': 'Title: Pelican\nDate: 2010-12-03 10:20\nTags: a, b\nSlug: my-post\n\nText.\n',
		'prose.md': '# Prose\n\nText.\n', 'note.md': 'Note: this is no header.\nBut prose.\n\n# Note\n',
		'json.md': '{"title": "One line", "date": "2024-01-02", "params": {"a": "}"}}\n\nText.\n',
		'open.md': '{\n"title": "Open",\n"date": "2024-01-02"\n\nText.\n', 'cut.md': '{"title": "Cut\n\nText.\n',
		'tasks.md': frontMatter({ title: 'Tasks' }, '- [ ] todo\n- [x] *done*\n- [link](https://a.example/) [ ] no'),
	}, 3)
	assert.deepEqual(site.story('CR only').body.map(block => block[2]), ['One.', 'Two.'])
	assert.equal(site.story('Pelican').path, '/2010/12/my-post')
	assert.ok(site.story('Prose') && site.story('One line'))
	assert.deepEqual(site.story('One line').extra, { params: { a: '}' } })
	assert.match(site.stderr, /open\.md:1: front matter begins here and never ends; close it with a line \}/)
	assert.match(site.stderr, /note\.md:1: title: missing/)
	assert.match(site.stderr, /cut\.md:1: front matter in JSON begins here and never ends/)
	assert.deepEqual(site.story('Tasks').body.map(block => block[2].slice(0, 12)), ['☐ todo', '☑ <em>done</', '<a href="htt'])
})
