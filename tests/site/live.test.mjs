// What is brought into a newsroom while it is served: shown at once, nothing made again that does not show it, nothing
// announced that a crash could take back.

import assert from 'node:assert/strict'
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { launch, makeNewsroom, missing, root, run, startSite, temporaryFolder } from '../lib/site.mjs'

const story = (slug, words) => `---\ntitle: ${words}\nslug: ${slug}\ndate: 2025-11-14T09:30:00Z\nsummary: ${words} in short\n`
	+ `authors: [Ann Aho]\nthemes: [ice]\n---\n\n${words}.\n`

async function metric(site, name) {
	const { text } = await site.get('/metrics')
	return Number(text.match(new RegExp(`^${name} (\\d+)$`, 'm'))[1])
}

// Ask again until the page says so; milliseconds since the question.
async function visible(site, path, words) {
	const began = performance.now()
	for (;;) {
		const { text } = await site.get(path)
		if (text.includes(words))
			return performance.now() - began
		assert.ok(performance.now() - began < 10000, `${path} does not show "${words}" after ten seconds`)
		await new Promise(again => setTimeout(again, 5))
	}
}

// A newsroom of one story, served, and the folder that it was imported from.
async function serveOne(t) {
	const data = await makeNewsroom()
	t.after(() => rmSync(dirname(data), { recursive: true }))
	const documents = join(dirname(data), 'documents')
	mkdirSync(documents)
	writeFileSync(join(documents, 'first.md'), story('first', 'The first ice'))
	assert.equal((await run(['import', '--data', data, documents])).status, 0)
	const site = await startSite({ data })
	t.after(() => site.stop())
	return { data, documents, site }
}

// As it is: what is measured here is not compression.
const plain = { headers: { 'accept-encoding': 'identity' } }

// Every address of the site, from the tree that an export writes.
async function addresses(data) {
	const folder = join(temporaryFolder(), 'tree')
	const done = await run(['export', '--data', data, folder])
	assert.equal(done.status, 0, done.stderr)
	const files = readdirSync(folder, { recursive: true }).filter(file => statSync(join(folder, file)).isFile())
	rmSync(dirname(folder), { recursive: true })
	return files.filter(file => /\.(html|xml|json|atom)$/.test(file) && !/^(404|media)/.test(file))
		.map(file => `/${file.replace(/(^|\/)index\.html$/, '$1').replace(/(.)\/$/, '$1')}`)
}

test('a story imported beside the server is shown at once, and only pages that show it are made again', { skip: missing }, async t => {
	const data = await makeNewsroom()
	t.after(() => rmSync(dirname(data), { recursive: true }))
	const documents = join(dirname(data), 'documents')
	cpSync(join(root, 'examples/harbour'), documents, { recursive: true })
	let done = await run(['import', '--data', data, documents])
	assert.equal(done.status, 0, done.stderr)
	const site = await startSite({ data })
	t.after(() => site.stop())
	const paths = await addresses(data)
	const before = new Map()
	for (const path of paths) {
		const { status, headers, text } = await site.get(path, plain)
		if (status !== 200 || headers.get('cache-control')?.includes('no-store')) continue
		before.set(path, { tags: (headers.get('cache-tag') ?? '').split(','), text })
	}
	assert.ok(before.size > 40, `${before.size} pages`)

	// Nothing is made twice while nothing changes.
	const first = await metric(site, 'broadsheet_page_rendered_total')
	for (const path of before.keys()) await site.get(path, plain)
	assert.equal(await metric(site, 'broadsheet_page_rendered_total'), first)

	const file = readdirSync(join(documents, 'stories')).find(name => name.endsWith('.md'))
	writeFileSync(join(documents, 'stories', file),
		`${readFileSync(join(documents, 'stories', file), 'utf8')}\nThe tide table was wrong by an hour.\n`)
	done = await run(['import', '--data', data, documents])
	assert.match(done.stdout, /0 stories new, 1 changed/)
	const shown = [...before.keys()].filter(path => before.get(path).tags.some(tag => tag.startsWith('story:')))
	const slug = readFileSync(join(documents, 'stories', file), 'utf8').match(/^slug: *(\S+)/m)?.[1] ?? file.replace(/\.md$/, '')
	const page = shown.find(path => path.endsWith(`/${slug}`))
	assert.ok(page, `a page of ${slug}`)
	await visible(site, page, 'wrong by an hour')
	const tag = (await site.get(page)).headers.get('cache-tag').split(',').find(each => each.startsWith('story:'))

	const again = await metric(site, 'broadsheet_page_rendered_total')
	for (const path of before.keys()) await site.get(path, plain)
	const made = await metric(site, 'broadsheet_page_rendered_total') - again
	// The story is named by its pages and lists, its month and the whole of all stories by what says when they changed: sitemaps.
	const touched = [tag, 'stories', `month:${page.slice(1, 5)}${page.slice(6, 8)}`]
	const stale = [...before.values()].filter(({ tags }) => tags.some(each => touched.includes(each))).length
	assert.equal(made, stale - 1, 'each page that names the story but its own, which was asked for already')
	assert.ok(stale < before.size / 2, `${stale} of ${before.size}`)
})

test('a published story is there within a second, its lists and feeds too', { skip: missing }, async t => {
	const { data, documents, site } = await serveOne(t)
	for (const path of ['/', '/theme/ice', '/feed.xml', '/archive/2025/11']) assert.match((await site.get(path)).text, /first ice/)
	writeFileSync(join(documents, 'second.md'), story('second', 'The second ice'))
	assert.equal((await run(['import', '--data', data, documents])).status, 0)
	for (const path of ['/2025/11/second', '/', '/theme/ice', '/feed.xml', '/archive/2025/11', '/author/ann-aho'])
		assert.ok(await visible(site, path, 'second ice') < 1000, path)
})

test('an entry of a feed is told anew in every feed and form when its story or the site changes', { skip: missing }, async t => {
	const { data, documents, site } = await serveOne(t)
	const feeds = ['', '/theme/ice', '/author/ann-aho'].flatMap(list => ['xml', 'atom', 'json'].map(form => `${list}/feed.${form}`))
	const all = async words => {
		for (const path of feeds) await visible(site, path, words)
	}
	await all('The first ice')
	writeFileSync(join(documents, 'first.md'), story('first', 'The thin ice'))
	assert.equal((await run(['import', '--data', data, documents])).status, 0)
	await all('The thin ice')
	assert.equal((await run(['set', '--data', data, 'url', 'https://elsewhere.example'])).status, 0)
	await all('https://elsewhere.example/2025/11/first')
})

test('what an import has told is stored, whenever it is killed', { skip: missing }, async t => {
	const data = await makeNewsroom()
	t.after(() => rmSync(dirname(data), { recursive: true }))
	const documents = join(dirname(data), 'documents')
	mkdirSync(documents)
	for (let i = 0; i < 700; i++) writeFileSync(join(documents, `story-${i}.md`), story(`story-${i}`, `Ice ${i}`))
	const { child, out, exited } = launch(['import', '--data', data, '--json', documents])
	const told = () => out.stdout.split('\n').filter(line => line.startsWith('{') && line.endsWith('}') && JSON.parse(line).event === 'added')
	while (told().length === 0 && child.exitCode === null) await new Promise(again => setTimeout(again, 10))
	child.kill('SIGKILL')
	await exited
	const stored = told().length
	assert.ok(stored > 0)
	const done = await run(['import', '--data', data, '--json', documents])
	assert.equal(done.status, 0, done.stderr)
	const kinds = new Map(done.stdout.trim().split('\n').map(line => JSON.parse(line)).filter(({ path }) => path)
		.map(({ path, event }) => [path, event]))
	for (const line of told()) assert.equal(kinds.get(JSON.parse(line).path), 'unchanged')
	assert.equal((await run(['verify', '--data', data])).status, 0)
})
