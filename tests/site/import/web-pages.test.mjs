// Pages of the web as sites really have them: several articles on one, faults in what they say of themselves, pictures elsewhere.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importer } from '../../lib/import.mjs'
import { png } from '../../lib/png.mjs'
import { missing } from '../../lib/site.mjs'

const page = (body, head = '') => `<!DOCTYPE html>\n<html lang="en"><head><title>T</title>${head}</head><body>${body}</body></html>\n`
const ld = (data, type = 'application/ld+json') => `<script type="${type}">${typeof data === 'string' ? data : JSON.stringify(data)}</script>`
const article = fields => ({ '@context': 'https://schema.org', '@type': 'NewsArticle', headline: 'Head', datePublished: '2024-05-06', ...fields })
const paragraphs = story => story.body.filter(([path]) => path === 'p').map(([, , text]) => text)

// What an import of these pages made: title → story; and what it said.
async function imported(files, status = 0) {
	const room = await importer()
	const done = await room.import(files)
	assert.equal(done.status, status, done.stdout + done.stderr)
	const read = room.read()
	room.end()
	return { ...done, ...read, story: title => read.stories.find(story => story.fields.title === title) }
}

const teaser = '<article><h3><a href="/o">Other one</a></h3>' +
	'<p>Teaser that is far longer than the story, so long that it might be mistaken for it.</p></article>'

test('the article with the headline is the story, however long the teasers beside it are', { skip: missing }, async () => {
	const site = await imported({
		'h1.html': page(`<article><h1>Own</h1><p>Short story.</p><p>Another.</p></article><section>${teaser}${teaser}</section>`),
		'ld.html': page(`${teaser}<article><h2>By its data</h2><p>The told story.</p></article>`, ld(article({ headline: 'By its data' }))),
		'content.html': page('<header><h1>The Site</h1></header><article><h1>Within</h1><div class="entry-content"><p>Short.</p></div></article>' +
			'<article><h1>More</h1><div class="entry-content"><p>A teaser with a class, and more of it.</p></div></article>'),
		'main.html': page(`<main><h1>Of main</h1><p>Lead.</p><section><h2>S</h2><p>In section.</p></section>${teaser}</main>`),
		'body.html': page(`<main><h1>Beside</h1><article><p>The text.</p></article>${teaser}</main>`),
	})
	assert.deepEqual(paragraphs(site.story('Own')), ['Short story.', 'Another.'])
	assert.deepEqual(paragraphs(site.story('By its data')), ['The told story.'])
	assert.deepEqual(paragraphs(site.story('Within')), ['Short.'])
	assert.deepEqual(paragraphs(site.story('Of main')).slice(0, 2), ['Lead.', 'In section.'])
	assert.deepEqual(paragraphs(site.story('Beside')), ['The text.'])
})

test('of two articles with a heading each the first is the story, and that there is another is said', { skip: missing }, async () => {
	const two = page('<article><h1>First</h1><p>One.</p></article><article><h1>Second</h1><p>Two, longer.</p></article>')
	const site = await imported({ 'two.html': two })
	assert.deepEqual(paragraphs(site.story('First')), ['One.'])
	assert.match(site.stdout, /1 more on the page, left out: a page is one story.*two\.html/)
})
