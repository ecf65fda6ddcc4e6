// Links between the stories of an old site lead to the stories here, however they were written; those that lead nowhere are told.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frontMatter, importer } from '../../lib/import.mjs'
import { ghost, ghostPost, imported, wordpress, wordpressItem } from '../../lib/old-sites.mjs'
import { missing } from '../../lib/site.mjs'

const targets = story => Object.fromEntries(story.citations.map(([href, title]) => [title, href]))
const post = (title, day, more = {}, body = 'Text.') => frontMatter({ title, date: `2024-01-0${day}`, ...more }, body)

const links = {
	absolute: ['/posts/b/', '/2024/01/b'], bare: ['/posts/b', '/2024/01/b'], up: ['../b/', '/2024/01/b'], beside: ['b.md', '/2024/01/b'],
	whole: ['https://hl.example/posts/b/', '/2024/01/b'], numbered: ['/news/2024-c/', '/2024/01/2024-c'],
	fragment: ['/posts/b/#sec', '/2024/01/b#sec'],
	named: ['/custom/url/', '/2024/01/url'], content: ['posts/b.md', '/2024/01/b'], rooted: ['/posts/b.md', '/2024/01/b'],
	ref: ['{{< relref "/posts/b.md" >}}', '/2024/01/b'], alias: ['/old/alias/', '/2024/01/b'], slugged: ['/posts/other/', '/2024/01/other'],
	nowhere: ['/posts/nothere/', '/posts/nothere/'], gone: ['https://hl.example/gone/', 'https://hl.example/gone/'],
	plain: ['http://hl.example/posts/b/', '/2024/01/b'],
	either: ['//HL.example/posts/b/?utm_source=x', '/2024/01/b'],
	both: ['/posts/b.md?x=1#A&(b)', '/2024/01/b#A%26%28b%29'],
	here: ['/2024/01/b/', '/2024/01/b'], moved: ['https://hl.example/2024/01/b/#x', '/2024/01/b#x'],
	foreign: ['https://hl.example.org/posts/b/', 'https://hl.example.org/posts/b/'],
}
const hugo = {
	'hugo.toml': 'baseURL = "https://hl.example/"\n',
	'content/posts/a.md': post('A', 1, {}, Object.entries(links).map(([name, [href]]) => `[${name}](${href})`).join(' and ')),
	'content/posts/b.md': post('B', 2, { aliases: '[/old/alias/]' }),
	'content/posts/named-otherwise.md': post('Other', 3, { slug: 'other' }),
	'content/news/2024-c.md': post('C', 2), 'content/news/d.md': post('D', 2, { url: '/custom/url/' }),
}
const wanted = Object.fromEntries(Object.entries(links).map(([name, [, href]]) => [name, href]))

test('links within a whole site of Hugo hold; into its own site and nowhere they are told', { skip: missing }, async () => {
	const site = await imported(hugo)
	assert.deepEqual(targets(site.story('A')), wanted)
	assert.match(site.stdout, /^reference: neither among the documents nor .*; the link stays as it is: \/posts\/nothere\/ \(2 times/m)
})

test('and when its content alone is imported', { skip: missing }, async () => {
	const site = await imported(hugo, 0, folder => [`${folder}/content`])
	const kept = Object.fromEntries(['whole', 'plain', 'moved'].map(name => [name, links[name][0]]))
	assert.deepEqual(targets(site.story('A')), { ...wanted, ...kept, either: 'https://hl.example/posts/b/?utm_source=x' })
})

test('links to what the newsroom has are not told', { skip: missing }, async () => {
	const room = await importer()
	await room.import({ 'stories/ice.md': post('Ice', 1, { themes: '[sea]', byline: '[Ann Moe]' }),
		'pages/about.md': frontMatter({ title: 'About', kind: 'page' }) })
	const done = await room.import({
		'stories/next.md': post('Next', 2, {}, '[a](/2024/01/ice) [b](/about) [c](/theme/sea) ' +
			'[d](/author/ann-moe) [e](/2024/01/self) [f](/2024/01/none)'),
		'stories/self.md': post('Self', 3),
	})
	assert.match(done.stdout, /the link stays as it is: \/2024\/01\/none \(\S*next\.md\)/)
	room.end()
})

test('links within exports of Ghost and WordPress, by slug and by number', { skip: missing }, async () => {
	const site = await imported({
		'ghost.json': ghost({ posts: [ghostPost('two'), ghostPost('one', {
			 html: '<p><a href="__GHOST_URL__/two/">two</a> and <a href="__GHOST_URL__/gone/">gone</a></p>' })] }),
		'a.xml': wordpress([
			wordpressItem({ id: 5, title: 'Five', name: 'five',
				content: '<p><a href="https://courier.example/?p=6">six</a> and <a href="/?page_id=6">page</a></p>' }),
			wordpressItem({ id: 6, title: 'Six', name: 'six', content: 'x' }),
		]).replace(/<wp:base.*\n/, ''),
	})
	assert.deepEqual(targets(site.story('one')), { two: '/2021/06/two', gone: '/gone/' })
	assert.deepEqual(targets(site.story('Five')), { six: '/de/2016/05/six', page: '/de/2016/05/six' })
})

test('the site that WordPress exports is known by either scheme and in any letters, but not within other addresses', { skip: missing }, async () => {
	const hrefs = {
		plain: 'http://courier.example/2016/05/six/', number: 'http://courier.example?p=6&x=1', neither: '//courier.example/2016/05/six/#part',
		letters: 'https://Courier.Example/2016/05/six/?utm_source=x', other: 'https://courier.example.org/2016/05/six/',
		within: 'https://share.example/?u=https://courier.example/2016/05/six/',
	}
	const site = await imported({ 'a.xml': wordpress([
		wordpressItem({ id: 5, title: 'Five', name: 'five',
			content: `<p>${Object.entries(hrefs).map(([name, href]) => `<a href="${href.replace('&', '&amp;')}">${name}</a>`).join(' and ')}</p>` }),
		wordpressItem({ id: 6, title: 'Six', name: 'six', content: 'x' }),
	]) })
	const six = '/de/2016/05/six'
	assert.deepEqual(targets(site.story('Five')), { ...hrefs, plain: six, number: six, neither: `${six}#part`, letters: six })
	assert.doesNotMatch(site.stdout, /the link stays/)
})

test('links to where Jekyll shows its posts unless told otherwise', { skip: missing }, async () => {
	const site = await imported({
		'_config.yml': 'url: https://j.example\n',
		'_posts/2024-05-06-a.md': frontMatter({ title: 'A' }, '[plain](/2024/05/07/next.html) [below](/news/local/2024/05/07/next.html#x) ' +
			'[whole](http://j.example/2024/05/07/next.html) [none](/2024/05/08/next.html)'),
		'_posts/2024-05-07-next.md': frontMatter({ title: 'Next' }),
	})
	const next = '/2024/05/next'
	assert.deepEqual(targets(site.story('A')), { plain: next, below: `${next}#x`, whole: next, none: '/2024/05/08/next.html' })
})
