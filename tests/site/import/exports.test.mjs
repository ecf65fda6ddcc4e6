// Exports of WordPress and Ghost: what was not for everybody stays closed, times, addresses, links, what an editor of theirs writes.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ghost, ghostPost, imported, texts, wordpress, wordpressDate, wordpressItem } from '../../lib/old-sites.mjs'
import { missing } from '../../lib/site.mjs'

const statuses = site => Object.fromEntries(site.stories.map(story => [story.fields.title, story.status]))

test('what only members of a Ghost site could read, or was only mailed, comes in as a draft, and each is told', { skip: missing }, async () => {
	const site = await imported({ 'ghost.json': ghost({
		posts: [
			ghostPost('open'), ghostPost('paid', { visibility: 'paid', html: '<p>Free</p><!--members-only--><p>Paid</p>' }),
			ghostPost('members', { visibility: 'members', status: 'scheduled' }), ghostPost('tiers', { visibility: 'tiers' }),
			ghostPost('sent', { status: 'sent' }), ghostPost('mailed'), ghostPost('odd', { status: 'archived' }),
			ghostPost('part', { html: '<!--kg-gated-block:begin nonMember:false memberSegment:"status:free" --><p>x</p><!--kg-gated-block:end-->' }),
			ghostPost('draft', { status: 'draft', visibility: 'paid' }),
		],
		posts_meta: [{ post_id: 'mailed', email_only: 1 }],
	}) })
	const { open, ...closed } = statuses(site)
	assert.equal(open, 'published')
	assert.deepEqual(new Set(Object.values(closed)), new Set(['draft']))
	for (const [name, why] of [['paid', 'for members alone'], ['members', 'for members alone'], ['tiers', 'for members alone'],
		['sent', 'only sent by mail'], ['mailed', 'only sent by mail'],
		['odd', 'neither published nor scheduled'], ['part', 'in part for members alone']])
		assert.match(site.stdout, new RegExp(`^${why}.*; comes in as a draft: '${name}' \\(`, 'm'))
	assert.doesNotMatch(site.stdout, /'(open|draft)'/)
})

test('posts of WordPress with a password, and private ones, come in as drafts, and each is told', { skip: missing }, async () => {
	const password = '<wp:post_password><![CDATA[hunter2]]></wp:post_password>'
	const site = await imported({ 'a.xml': wordpress([
		wordpressItem({ id: 1, title: 'Open', name: 'open', content: 'x', more: '<wp:post_password></wp:post_password>' }),
		wordpressItem({ id: 2, title: 'Secret', name: 'secret', content: 'x', more: password }),
		wordpressItem({ id: 3, title: 'Private', name: 'private', content: 'x', status: 'private' }),
	]) })
	assert.deepEqual(statuses(site), { Open: 'published', Secret: 'draft', Private: 'draft' })
	assert.match(site.stdout, /^behind a password on the old site; comes in as a draft: 'secret' \(.*a\.xml\)$/m)
	assert.match(site.stdout, /^private on the old site; comes in as a draft: 'private' \(/m)
	assert.doesNotMatch(site.text, /hunter2/)
})

test('a day that there is not is refused wherever it stands, and never becomes today', { skip: missing }, async () => {
	const files = await imported({
		'_posts/2024-02-30-bad.md': '---\ntitle: A\n---\n\nText.\n', 'posts/2024-02-31-b/index.md': '---\ntitle: B\n---\n\nText.\n',
		'yaml.md': '---\ntitle: C\ndate: 2024-02-30\n---\n\nText.\n', 'toml.md': '+++\ntitle = "D"\ndate = 2024-02-30\n+++\n\nText.\n',
		'json.md': '{\n"title": "E",\n"date": "2024-13-01"\n}\n\nText.\n',
		'1970-01-01-epoch.md': '---\ntitle: Epoch\n---\n\nText.\n', '2024-02-30-said.md': '---\ntitle: Said\ndate: 2024-02-29\n---\n\nText.\n',
	}, 3)
	assert.match(files.stderr, /2024-02-30-bad\.md: the file's name says 2024-02-30, a day that there is not/)
	assert.equal(files.stderr.trim().split('\n').length, 5, files.stderr)
	assert.deepEqual(files.stories.map(story => story.fields.title).sort(), ['Epoch', 'Said'])
	const exports = await imported({
		'a.xml': wordpress([wordpressItem({ id: 1, title: 'One', name: 'one', content: 'x', date: '2024-02-30 08:30:00' }),
			wordpressItem({ id: 2, title: 'Two', name: 'two', content: 'x', date: 'yesterday' }),
			wordpressItem({ id: 3, title: 'Old', name: 'old', content: 'x', date: '0000-00-00 00:00:00',
				more: wordpressDate('2009-03-04 05:06:07') })]),
		'ghost.json': ghost({ posts: [ghostPost('three', { published_at: '2024-02-30T08:09:10.000Z' }),
			ghostPost('figures', { published_at: 1400000000000 })] }),
	}, 3)
	assert.equal(exports.stderr.trim().split('\n').length, 3, exports.stderr)
	assert.deepEqual(exports.stories.map(story => [story.fields.title, story.published]).sort(),
		[['Old', '2009-03-04T05:06:07Z'], ['figures', '2014-05-13T16:53:20Z']])
})

test('slugs of WordPress in other letters than ASCII become what a title would give', { skip: missing }, async () => {
	const item = (id, title, name) => wordpressItem({ id, title, name, content: 'x' })
	const site = await imported({ 'a.xml': wordpress([
		item(1, 'Про лёд', '%d0%bf%d1%80%d0%be-%d0%bb%d1%91%d0%b4'), item(2, 'Fünf', 'f%C3%BCnf'), item(3, 'Half', 'half-%d0'),
	]).replace('<language>de-DE', '<language>ru-RU') })
	assert.deepEqual(site.stories.map(story => story.path).sort(), ['/2016/05/funf', '/2016/05/half-d0', '/2016/05/pro-lyod'])
})

test('what an editor of WordPress embeds becomes a link, as do addresses alone on their line', { skip: missing }, async () => {
	const content = ['[embed]https://youtu.be/one[/embed]', 'https://youtu.be/two', '<p>https://a.example/three</p>', 'A https://a.example/no b',
		'<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\nhttps://youtu.be/four\n</div></figure>',
		'<pre>\nhttps://a.example/program\n</pre>']
	const site = await imported({ 'a.xml': wordpress([wordpressItem({ id: 1, title: 'One', name: 'one', content: content.join('\r\n\r\n') })]) })
	assert.deepEqual(site.story('One').citations.map(([href]) => href),
		['https://youtu.be/one', 'https://youtu.be/two', 'https://a.example/three', 'https://youtu.be/four'])
	assert.doesNotMatch(site.text, /embed\]/)
})

test('the caption of a lead picture of Ghost is kept, biographies are told', { skip: missing }, async () => {
	const site = await imported({ 'ghost.json': ghost({ posts: [ghostPost('one', { feature_image: 'https://a.example/a.png' })],
		posts_meta: [{ post_id: 'one', feature_image_alt: 'Alt', feature_image_caption: 'Cap <b>x</b>' }],
		users: [{ id: 'u', name: 'Ann', bio: 'Bio' }] }) })
	assert.match(site.text, /Cap <strong>x<\/strong>/)
	assert.match(site.stdout, /^left out of the export: 1 × biography of an author \(/m)
})
