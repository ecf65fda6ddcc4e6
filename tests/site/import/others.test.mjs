// Folders and exports as other tools leave them: Jekyll, Hugo, Zola, WordPress, Ghost, and pages of the web.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importer } from '../../lib/import.mjs'
import { imported, terms, texts, wordpress, wordpressItem } from '../../lib/old-sites.mjs'
import { png } from '../../lib/png.mjs'
import { missing } from '../../lib/site.mjs'

test('a folder of Jekyll: posts by their names, categories in words, drafts, pages, no Liquid in the text', { skip: missing }, async () => {
	const site = await imported({
		'_config.yml': 'title: X\n',
		'index.html': '---\nlayout: home\n---\n{% for post in site.posts %}<h1>{{ post.title }}</h1>{% endfor %}\n',
		'_posts/2024-01-02-the-first-ice.md': '---\nlayout: post\ntitle: "The First Ice"\ndate: 2024-01-02 10:30:00 +0200\n' +
			'categories: shipping ice\ntags: [icebreakers, "North Shore"]\nauthor: Ann Moe\n---\n' +
			'See [the next]({% post_url 2024-01-03-next %}).\n\n' +
			'{% include figure.html src="/a.png" caption="A ship" %}\n\nMore {{ page.title }} text.\n',
		'_posts/2024-01-03-next.markdown': '---\ntitle: Next\ncategory: Open Sea\n---\nSecond.<!--more-->\n\nRest.\n',
		'_drafts/wip.md': '---\ntitle: Wip\n---\nDraft.\n',
		'about.md': '---\nlayout: page\ntitle: About\npermalink: /about/\n---\nAbout us.\n',
	})
	const ice = site.story('The First Ice')
	assert.equal(ice.path, '/2024/01/the-first-ice')
	assert.equal(ice.published, '2024-01-02T08:30:00Z')
	assert.deepEqual(terms(ice, 'theme').map(name => name.toLowerCase()), ['shipping', 'ice'])
	assert.equal(ice.citations[0][0], '/2024/01/next')
	assert.deepEqual(terms(site.story('Next'), 'theme'), ['Open Sea'])
	assert.equal(site.story('Wip').status, 'draft')
	assert.equal(site.story('About'), undefined, 'a page, which stands in no list')
	assert.match(site.stdout, /index\.html: skipped: a template of the site/)
	assert.doesNotMatch(site.text, /\{[{%]|[%}]\}/)
})

test('a folder of Hugo: TOML, bundles with pictures, taxonomies, references and shortcodes, unknown keys told once', { skip: missing }, async () => {
	const bundle = title => `+++\ntitle = "${title}"\ndate = 2024-03-01T10:00:00Z\ntags = ["ice"]\ncategories = ["Shipping"]\nweight = 10\n` +
		'[cover]\nimage = "cover.png"\nalt = "The cover"\n[params]\ncolor = "red"\n+++\nSee [the plain one]({{< ref "plain.md" >}}).\n\n' +
		'{{< figure src="inline.png" caption="A caption" >}}\n\n{{% notice warning %}}\nBeware.\n{{% /notice %}}\n\n{{< unknown a="b" />}}\n'
	const site = await imported({
		'content/_index.md': '+++\ntitle = "Home"\n+++\n',
		'content/posts/one/index.md': bundle('One'), 'content/posts/one/cover.png': png(60, 40), 'content/posts/one/inline.png': png(80, 40),
		'content/posts/two/index.md': bundle('Two'), 'content/posts/two/cover.png': png(60, 41), 'content/posts/two/inline.png': png(80, 41),
		'content/posts/plain.md': '+++\ntitle = "Plain"\ndate = 2024-03-02\n+++\nPlain text.\n',
		'content/posts/future.md': '+++\ntitle = "Future"\npublishDate = 2099-01-01\n+++\nLater.\n',
		'content/posts/draft.md': '+++\ntitle = "Draft"\ndraft = true\n+++\nNot yet.\n',
		'content/tags/ice/_index.md': '---\ntitle: On ice\n---\nAbout ice.\n',
	})
	const one = site.story('One')
	assert.equal(one.path, '/2024/03/one')
	assert.deepEqual(terms(one, 'tag'), ['On ice'])
	assert.deepEqual(terms(one, 'theme'), ['Shipping'])
	assert.equal(one.fields['image-alt'], 'The cover')
	assert.ok(texts(one).includes('figure/figcaption: A caption') && site.text.includes('Beware.'))
	assert.equal(site.media.length, 4, 'each bundle has its own pictures')
	assert.equal(site.story('Future').status, 'scheduled')
	assert.equal(site.story('Draft').status, 'draft')
	assert.equal(one.citations[0][0], '/2024/03/plain')
	assert.deepEqual(one.extra, { params: { color: 'red' }, weight: 10 })
	assert.equal(site.lines.filter(line => /unknown key, kept with the story: weight \(2 times, first in .*:6\)/.test(line)).length, 1)
	assert.doesNotMatch(site.text, /\{\{[<%]/)
})

test('a folder of Zola: taxonomies, links with @/, shortcodes', { skip: missing }, async () => {
	const site = await imported({
		'content/blog/2024-02-01-first.md': '+++\ntitle = "First"\ndate = 2024-02-01\nauthors = ["Ann Moe"]\n' +
			'[taxonomies]\ntags = ["ice", "sea"]\ncategories = ["Shipping"]\n[extra]\nlead = "x"\n+++\nSee [it](@/blog/other.md#x).\n' +
			'<!-- more -->\n{% quote(author="V") %}\nQuoted.\n{% end %}\n',
		'content/blog/other.md': '+++\ntitle = "Other"\ndate = 2024-02-02\nslug = "oth"\n+++\nOther.\n',
	})
	const first = site.story('First')
	assert.deepEqual(terms(first, 'tag').map(name => name.toLowerCase()), ['ice', 'sea'])
	assert.deepEqual(terms(first, 'theme'), ['Shipping'])
	assert.deepEqual(first.byline, [['author', 'Ann Moe']])
	assert.equal(first.citations[0][0], '/2024/02/oth#x')
	assert.ok(site.text.includes('Quoted.'))
	assert.doesNotMatch(site.text, /\{%/)
})

test('front matter in JSON, whatever characters are in it', { skip: missing }, async () => {
	const site = await imported({
		'a.md': '{\n  "title": "Snow \\ud83d\\ude00 \\u00e9 \\\\u0041",\n  "date": "2024-05-01",\n  "tags": ["a", "b"]\n}\n\nBody.\n',
	})
	assert.equal(site.stories[0].fields.title, 'Snow 😀 é \\u0041')
	assert.equal(site.stories[0].path, '/2024/05/a')
})

test('an export of WordPress: posts, pages, people, terms, pictures and links; comments and the rest counted', { skip: missing }, async () => {
	const classic = 'Erster *Absatz* mit <strong>Nachdruck</strong> [sic].\r\nZweite Zeile.\r\n\r\n' +
		'Siehe <a href="https://courier.example/2016/05/block/">den anderen</a>.\r\n\r\n' +
		'[caption id="x" align="left" width="80"]' +
		'<img src="https://courier.example/wp-content/uploads/2016/05/a.png" alt="Ein Schiff" /> Das Schiff[/caption]\r\n\r\n' +
		'[gallery ids="1,2"]\r\n\r\n# keine Überschrift\r\n\r\n[custom]Inhalt[/custom]'
	const block = '<!-- wp:paragraph -->\n<p>Ein Block &amp; mehr.</p>\n<!-- /wp:paragraph -->\n\n' +
		'<!-- wp:quote -->\n<blockquote class="wp-block-quote"><p>Zitat.</p></blockquote>' +
		'\n<!-- /wp:quote -->'
	const site = await imported({
		'courier.xml': wordpress([
			wordpressItem({ id: 7, title: 'Tom &amp; Jerry', name: 'klassisch', content: classic, more: `
<category domain="category" nicename="schifffahrt"><![CDATA[Schifffahrt]]></category>
<category domain="post_tag" nicename="eis"><![CDATA[Eis]]></category>
<wp:postmeta><wp:meta_key><![CDATA[_thumbnail_id]]></wp:meta_key><wp:meta_value><![CDATA[9]]></wp:meta_value></wp:postmeta>
<wp:comment><wp:comment_id>1</wp:comment_id><wp:comment_content><![CDATA[First!]]></wp:comment_content></wp:comment>
<wp:comment><wp:comment_id>2</wp:comment_id></wp:comment>` }),
			wordpressItem({ id: 8, title: 'Block', name: 'block', content: block, date: '2016-05-05 08:30:00' }),
			wordpressItem({ id: 9, title: 'a', name: 'a', type: 'attachment', status: 'inherit',
				more: '<wp:attachment_url><![CDATA[https://courier.example/wp-content/uploads/2016/05/a.png]]></wp:attachment_url>' }),
			wordpressItem({ id: 10, title: 'Entwurf', name: 'entwurf', content: 'x', status: 'draft' }),
			wordpressItem({ id: 11, title: 'Über uns', name: 'ueber-uns', content: 'Wir.', type: 'page' }),
			wordpressItem({ id: 12, title: 'menu', name: 'menu', type: 'nav_menu_item' }),
			wordpressItem({ id: 13, title: 'weg', name: 'weg', status: 'trash' }),
			wordpressItem({ id: 14, title: '', name: 'ohne', content: 'Ohne Titel.' }),
		]),
		'wp-content/uploads/2016/05/a.png': png(80, 60),
		'sitemap.xml': '<urlset/>', 'package.json': '{}',
	}, 3)
	const story = site.story('Tom &amp; Jerry')
	assert.equal(story.lang, 'de')
	assert.equal(story.path, '/2016/05/klassisch')
	assert.equal(story.published, '2016-05-04T08:30:00Z')
	assert.deepEqual(story.byline, [['author', 'Ann Moe']])
	assert.deepEqual([terms(story, 'theme'), terms(story, 'tag')], [['Schifffahrt'], ['Eis']])
	assert.ok(story.image > 0 && site.media.length === 1)
	assert.equal(texts(story)[0], 'p: Erster *Absatz* mit <strong>Nachdruck</strong> [sic].<br>Zweite Zeile.')
	assert.ok(texts(story).includes('figure/figcaption: Das Schiff'), texts(story).join('\n'))
	assert.ok(texts(story).includes('p: # keine Überschrift') && texts(story).includes('p: Inhalt'))
	assert.doesNotMatch(site.text, /\[(gallery|caption|custom)|https:..courier\.example/)
	assert.match(story.citations[0][0], /\/2016\/05\/block$/)
	assert.deepEqual(texts(site.story('Block')), ['p: Ein Block &amp; mehr.', 'blockquote/p: Zitat.'])
	assert.equal(site.story('Entwurf').status, 'draft')
	assert.equal(site.stories.length, 3)
	for (const line of [/2 × comment/, /1 × nav_menu_item/, /1 × post with the status 'trash'/, /shortcode: left out: gallery/])
		assert.match(site.stdout, line)
	assert.match(site.stderr, /^\S*courier\.xml:\d+: 'ohne': title: missing/)
})

test('an export again changes nothing; a cut or hostile one is refused by line, what stands before it imported', { skip: missing }, async () => {
	const room = await importer()
	const whole = wordpress([wordpressItem({ id: 1, title: 'One', name: 'one', content: 'Text.' }),
		wordpressItem({ id: 2, title: 'Two', name: 'two', content: 'Text.' })])
	assert.match((await room.import({ 'a.xml': whole })).stdout, /^2 stories new/m)
	assert.match((await room.import({ 'b.xml': whole })).stdout, /^0 stories new, 0 changed, 2 unchanged/m)
	room.end()
	const cut = await imported({ 'a.xml': whole.slice(0, whole.indexOf('Two')) }, 3)
	assert.match(cut.stderr, /a\.xml:\d+: the export is damaged here: .*; what stands before it is imported/)
	assert.ok(cut.story('One'))
	const bomb = whole.replace('<rss', '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><rss')
	assert.match((await imported({ 'a.xml': bomb }, 3)).stderr, /a\.xml:3: .*a document type/)
	const other = await imported({ 'feed.xml': '<rss/>', 'a.md': '---\ntitle: A\n---\n\nText.\n' }, 3,
		folder => [`${folder}/feed.xml`, `${folder}/a.md`])
	assert.match(other.stderr, /feed\.xml: neither an export of WordPress \(Tools, Export, All content\) nor of Ghost/)
})

test('an export of Ghost: posts, pages, people, tags, pictures', { skip: missing }, async () => {
	const post = (id, fields) => ({ id, title: id, slug: id, status: 'published', type: 'post', published_at: '2021-06-07T08:09:10.000Z', ...fields })
	const site = await imported({
		'ghost.json': JSON.stringify({ db: [{ meta: { exported_on: 1, version: '5.0.0' }, data: {
			posts: [
				post('p1', { title: 'A & B', html: '<p>Hello <a href="__GHOST_URL__/p2/">two</a>.</p>' +
					'<figure class="kg-card kg-image-card"><img src="__GHOST_URL__/content/images/a.png" alt="x">' +
					'<figcaption>Cap</figcaption></figure>',
					feature_image: '__GHOST_URL__/content/images/a.png', custom_excerpt: 'Short.' }),
				post('p2', { title: 'Later', html: '<p>Draft.</p>', status: 'draft', published_at: null }),
				post('p3', { title: 'About', html: '<p>Us.</p>', type: 'page' }),
				post('p4', { title: 'No text', html: null }),
			],
			posts_meta: [{ post_id: 'p1', feature_image_alt: 'A ship' }],
			tags: [{ id: 't1', name: 'Ice', slug: 'ice' }, { id: 't2', name: '#internal', slug: 'hash-internal' }],
			posts_tags: [{ post_id: 'p1', tag_id: 't1' }, { post_id: 'p1', tag_id: 't2' }],
			users: [{ id: 'u1', name: 'Ann Moe', slug: 'ann' }], posts_authors: [{ post_id: 'p1', author_id: 'u1' }],
		} }] }),
		'content/images/a.png': png(80, 60),
	})
	const story = site.story('A &amp; B')
	assert.equal(story.path, '/2021/06/p1')
	assert.deepEqual(story.byline, [['author', 'Ann Moe']])
	assert.deepEqual(terms(story, 'tag'), ['Ice'])
	assert.deepEqual([story.fields.summary, story.fields['image-alt']], ['Short.', 'A ship'])
	assert.ok(texts(story).includes('figure/figcaption: Cap'))
	assert.equal(site.media.length, 1)
	assert.equal(site.story('Later').status, 'draft')
	assert.match(site.stdout, /no HTML of it; its text is left out/)
	assert.doesNotMatch(site.text, /GHOST_URL/)
})
