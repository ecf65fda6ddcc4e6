// Pictures in Markdown keep their captions and credits, wherever they stand.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { frontMatter } from '../../lib/import.mjs'
import { imported } from '../../lib/old-sites.mjs'
import { png } from '../../lib/png.mjs'
import { missing } from '../../lib/site.mjs'

const blocks = story => story.body.map(([path, , text]) => text === '' ? path : `${path}: ${text}`)

test('pictures among words become figures behind them, with caption and credit', { skip: missing }, async () => {
	const bodies = {
		among: 'Text ![mid](a.png "Cap — credit: Me") more.\n\nNext.', reference: 'See ![img][i] here.\n\n[i]: a.png "Cap — credit: Me"',
		html: 'Text ![mid](a.png "Cap — credit: Me") <b>more<i></b> x</i>.\n\nNext.', two: '![a](a.png "One") ![b](a.png "Two")',
		linked: 'A [![a](a.png "One")](https://a.example/) b.', item: '- One ![a](a.png "Cap") two\n- Three', plain: 'A ![a](a.png) b.',
		table: '| a | b |\n|---|---|\n| ![a](a.png "T") | x |',
	}
	const files = Object.entries(bodies).map(([name, body]) => [`${name}.md`, frontMatter({ title: name, published: '2024-01-02' }, body)])
	const site = await imported({ ...Object.fromEntries(files), 'a.png': png(60, 40) })
	const of = name => blocks(site.story(name))
	assert.deepEqual(of('among'), ['p: Text more.', 'figure/img: mid', 'figure/figcaption: Cap', 'figure/credit: Me', 'p: Next.'])
	assert.deepEqual(of('reference').slice(1), ['figure/img: img', 'figure/figcaption: Cap', 'figure/credit: Me'])
	assert.deepEqual(of('html').slice(1), ['figure/img: mid', 'figure/figcaption: Cap', 'figure/credit: Me', 'p: Next.'])
	assert.deepEqual(of('two'), ['figure/img: a', 'figure/figcaption: One', 'figure+/img: b', 'figure/figcaption: Two'])
	assert.match(of('linked')[2], /^figure\/figcaption: .*One/)
	assert.match(of('item').join('; '), /One two; ul\/li.*\/img: a; .*figcaption: Cap; .*Three/)
	assert.doesNotMatch(of('plain').join(), /figcaption/)
	assert.equal(site.refused.length, 0)
})

test('a picture within the text (data:) leaves its words, and is told with its line', { skip: missing }, async () => {
	const data = 'data:image/png;base64,iVBORw0KGgo='
	const page = (title, html) => `<title>${title}</title><article><h1>${title}</h1><p>Text.</p>${html}</article>`
	const told = 'picture: within the text \\(data:\\); left out, save it as a file beside it: data:image\\S+'
	const site = await imported({
		'alone.md': frontMatter({ title: 'alone', published: '2024-01-02' }, `Text.\n\n![A boat](${data})\n\nMore.`),
		'among.md': frontMatter({ title: 'among', published: '2024-01-02' }, `Text ![a boat](${data} "Cap") on, see [it](x.md).`),
		'page.html': page('page', `<figure><img src="${data}" alt="A boat"><figcaption>Cap</figcaption></figure>`),
		'late.html': page('late', `<img src="${data}" data-src="https://a.example/b.jpg" alt="A boat">`),
		'file.md': frontMatter({ title: 'file', published: '2024-01-02' }, '![A boat](file:///home/boat.png)'),
	})
	const of = name => blocks(site.story(name)).join('; ')
	assert.equal(of('alone'), 'p: Text.; p: A boat; p: More.')
	assert.match(of('among'), /^p: Text.* on, see .*; p: a boat.*Cap$/)
	assert.equal(of('page'), 'p: Text.; p: A boat<br>Cap')
	assert.equal(of('late'), 'p: Text.; figure/img: A boat')
	assert.equal(of('file'), 'p: A boat')
	assert.match(site.stdout, new RegExp(`${told} \\(3 times, first in \\S+alone\\.md:8\\)`))
	assert.match(site.stdout, /picture: no address that a page can have; left out: file:\/\/\/home\/boat\.png \(\S+file\.md:6\)/)
	assert.equal(site.refused.length, 0)
})
