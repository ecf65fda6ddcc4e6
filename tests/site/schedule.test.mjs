// Scheduled stories through the real program: unseen before their time, everywhere at it, with a server, with two, with none.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { makeNewsroom, missing, run, startSite, temporaryFolder } from '../lib/site.mjs'

const seconds = n => new Date(Math.floor(Date.now() / 1000 + n) * 1000).toISOString().replace('.000', '')
const pause = ms => new Promise(done => setTimeout(done, ms))
const forms = ['', '.json', '.txt']

function storyFile(folder, slug, title, published, more = '') {
	const path = join(folder, `${slug}.md`)
	writeFileSync(path, `---\ntitle: ${title}\nslug: ${slug}\npublished: ${published}\n${more}---\n\nThe words of ${title}.\n`)
	return path
}

async function importFile(data, path) {
	const done = await run(['import', '--data', data, path])
	assert.equal(done.status, 0, done.stderr)
}

// What a test leaves behind is stopped and removed when it ends, however that is.
const opened = []
const clean = async () => { while (opened.length > 0) await opened.pop()() }
after(clean)

const check = (name, fn) => test(name, { skip: missing }, async () => {
	try {
		await fn()
	} finally {
		await clean()
	}
})

async function serve(data) {
	const site = await startSite({ data })
	opened.push(site.stop)
	return site
}

// A newsroom with a story of yesterday.
async function newsroom() {
	const data = await makeNewsroom()
	const folder = join(dirname(data), 'stories')
	opened.push(() => rmSync(dirname(data), { recursive: true, force: true }))
	mkdirSync(folder)
	await importFile(data, storyFile(folder, 'yesterday', 'Old News', seconds(-86400), 'themes: [shipping]\n'))
	return { data, folder }
}

const address = (published, slug) => `/${published.slice(0, 4)}/${published.slice(5, 7)}/${slug}`

async function until(what, limit, done) {
	const end = Date.now() + limit * 1000
	while (!await done()) {
		assert.ok(Date.now() < end, `${what} did not happen within ${limit} seconds`)
		await pause(50)
	}
}

const counter = (text, name) => Number(text.match(new RegExp(`^${name}(?:{[^}]*})? (\\d+)`, 'm'))?.[1] ?? NaN)
const published = async site => counter((await site.get('/metrics')).text, 'broadsheet_queue_done_total(?={kind="publish"})')

check('an embargoed story leaks nothing before its time', async () => {
	const { data, folder } = await newsroom()
	const at = seconds(3600)
	await importFile(data, storyFile(folder, 'secret-merger', 'Secret Merger', at,
		'byline: [{person: hush-hush, role: author}]\nthemes: [shipping, secret-theme]\ntags: [secret-tag]\n' +
		'regions: [secret-region]\nreports: [secret-report]\n'))
	await importFile(data, storyFile(folder, 'geheim', 'Geheime Fusion', at, 'language: de\ntranslation_of: yesterday\n'))
	const site = await serve(data)
	const plain = text => text.replaceAll(/there-never-was-such-a-story|secret-merger/g, '')
	for (const form of forms) {
		const page = await site.get(address(at, 'secret-merger') + form)
		const nowhere = await site.get(address(at, 'there-never-was-such-a-story') + form)
		assert.deepEqual([page.status, nowhere.status], [404, 404], form)
		assert.equal(plain(page.text), plain(nowhere.text), 'a 404 tells the two apart')
		assert.equal(page.headers.get('cache-tag'), nowhere.headers.get('cache-tag'))
	}
	for (const path of ['/theme/secret-theme', '/tag/secret-tag', '/region/secret-region', '/report/secret-report', '/author/hush-hush',
		'/tag/secret-tag/feed.xml', '/author/hush-hush/feed.json', '/de', `/de${address(at, 'geheim')}`])
		assert.equal((await site.get(path)).status, 404, path)
	for (const path of ['/', '/theme/shipping', '/archive', `/archive/${at.slice(0, 7).replace('-', '/')}`, '/feed.xml', '/feed.atom', '/feed.json',
		'/theme/shipping/feed.xml', '/sitemap.xml', '/news-sitemap.xml', '/search?q=secret', '/search?q=merger', '/corrections',
		address(seconds(-86400), 'yesterday'), `${address(seconds(-86400), 'yesterday')}.json`]) {
		const { text } = await site.get(path)
		const told = text.replaceAll(/[?;&]q=\w+|value="\w+"/g, '').match(/secret.(merger|theme|tag|region|report)|hush|geheim/i)
		assert.equal(told?.[0], undefined, path)
	}
	const jobs = JSON.parse((await run(['jobs', '--data', data, '--json'])).stdout).jobs
	assert.deepEqual(jobs.map(job => [job.kind, job.state, job.at]), [['publish', 'waiting', at], ['publish', 'waiting', at]])
})

check('at its time a story is everywhere, and nobody does anything', async () => {
	const { data, folder } = await newsroom()
	const site = await serve(data)
	const pages = ['/', '/theme/shipping', '/feed.xml', '/feed.atom', '/feed.json', '/archive', '/tag/ice']
	const at = seconds(5)
	const path = address(at, 'on-time')
	for (const page of pages)
		await site.get(page) // so that they are kept
	await importFile(data, storyFile(folder, 'on-time', 'Right On Time', at, 'themes: [shipping]\ntags: [ice]\n'))
	assert.equal((await site.get(path)).status, 404)
	assert.doesNotMatch((await site.get('/')).text, /Right On Time/)
	assert.ok(Date.now() < Date.parse(at), 'the machine was too slow for this test')
	await until('the story', 10, async () => (await site.get(path)).status === 200)
	assert.ok(Date.now() >= Date.parse(at))
	assert.ok(Date.now() < Date.parse(at) + 3000, `late by ${Date.now() - Date.parse(at)} ms`)
	await pause(100) // a change reaches the pages that are kept within 50 ms
	for (const page of pages.filter(page => page !== '/archive'))
		assert.match((await site.get(page)).text, /Right On Time/, page)
	for (const form of forms) // as the other one's, whatever forms there are
		assert.equal((await site.get(path + form)).status, (await site.get(address(seconds(-86400), 'yesterday') + form)).status)
	const metrics = (await site.get('/metrics')).text
	assert.match(metrics, /^broadsheet_queue_done_total\{kind="publish"\} 1$/m)
	assert.match(metrics, /^broadsheet_queue_jobs\{state="waiting"\} 0$/m)
	assert.match(metrics, /^broadsheet_queue_jobs\{state="failed"\} 0$/m)
	const verified = JSON.parse((await run(['verify', '--data', data, '--json'])).stdout)
	assert.deepEqual([verified.good, verified.revisions], [true, 2])
})

check('a story follows when its time is changed', async () => {
	const { data, folder } = await newsroom()
	const site = await serve(data)
	const at = seconds(4000)
	await importFile(data, storyFile(folder, 'moved', 'Moved Forward', at))
	assert.equal((await site.get(address(at, 'moved'))).status, 404)
	const soon = seconds(3)
	await importFile(data, storyFile(folder, 'moved', 'Moved Forward', soon))
	await until('the story', 10, async () => (await site.get(address(soon, 'moved'))).status === 200)
	assert.ok(Date.now() >= Date.parse(soon))
})

check('a server that was off at the time publishes when it comes back', async () => {
	const { data, folder } = await newsroom()
	const at = seconds(2)
	await importFile(data, storyFile(folder, 'missed', 'Missed Its Time', at))
	await pause(2500)
	const site = await serve(data)
	await until('the story', 5, async () => (await site.get('/')).text.includes('Missed Its Time'))
})

check('two servers on one newsroom publish once, and both show it', async () => {
	const { data, folder } = await newsroom()
	const sites = [await serve(data), await serve(data)]
	const at = seconds(8)
	for (const slug of ['one', 'two', 'three'])
		storyFile(folder, slug, `Twin ${slug}`, at)
	await importFile(data, folder)
	assert.ok(Date.now() < Date.parse(at), 'the machine was too slow for this test')
	for (const site of sites)
		await until('the story', 20, async () => (await site.get(address(at, 'three'))).status === 200)
	await until('all three', 5, async () => await published(sites[0]) + await published(sites[1]) >= 3)
	await pause(200)
	assert.equal(await published(sites[0]) + await published(sites[1]), 3)
	for (const site of sites) {
		assert.match((await site.get('/')).text, /Twin one/)
	}
})

check('without a server the command jobs publishes what is due, and export does so by itself', async () => {
	const { data, folder } = await newsroom()
	const at = seconds(2)
	await importFile(data, storyFile(folder, 'by-hand', 'Published By Hand', at))
	await importFile(data, storyFile(folder, 'tomorrow', 'Published Tomorrow', seconds(86400)))
	await pause(2500)
	const ran = await run(['jobs', '--data', data, 'run'])
	assert.equal(ran.status, 0, ran.stderr)
	assert.match(ran.stdout, /^1 done, 0 to be tried again, 0 failed\.$/m)
	assert.match((await run(['jobs', '--data', data])).stdout, /^ +\d+ {2}waiting .* publish \d+$/m)
	const soon = seconds(2)
	await importFile(data, storyFile(folder, 'for-export', 'Published For Export', soon))
	await pause(2500)
	const tree = join(temporaryFolder(), 'tree')
	const exported = await run(['export', '--data', data, tree])
	assert.equal(exported.status, 0, exported.stderr)
	const home = readFileSync(join(tree, 'index.html'), 'utf8')
	assert.match(home, /Published By Hand/)
	assert.match(home, /Published For Export/)
	assert.doesNotMatch(home, /Published Tomorrow/)
	rmSync(dirname(tree), { recursive: true, force: true })
})

check('jobs says how it is used, and what a number must be', async () => {
	const { data } = await newsroom()
	assert.equal((await run(['jobs', '--data', data, 'retry'])).status, 2)
	assert.equal((await run(['jobs', '--data', data, 'dance'])).status, 2)
	const retried = await run(['jobs', '--data', data, 'retry', '7'])
	assert.equal(retried.status, 1)
	assert.match(retried.stderr, /no job that failed has the number 7/)
	assert.match((await run(['jobs', '--data', data])).stdout, /Nothing waits/)
})
