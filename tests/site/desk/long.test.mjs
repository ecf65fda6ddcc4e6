// Names, titles and addresses as long as they may be: nothing of them is cut where it is more than a part of a message.

import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { decode, makeUser, noticeOf, signIn } from '../../lib/desk.mjs'
import { missing, run, startSite, temporaryFolder } from '../../lib/site.mjs'

const options = { skip: missing }
const words = 'the ice between the islands that nobody has ever crossed before the end of winter and lived'
const slug = `${words.replaceAll(' ', '-')}-a-long-way-from-home`
const title = `Over ${words}, and Back Again`
let site, folder, desk

before(async () => {
	if (missing)
		return
	folder = temporaryFolder()
	const stories = join(folder, 'stories')
	mkdirSync(stories)
	const write = (name, front, text) => {
		const fields = Object.entries({ published: '2026-03-01', themes: ['ice'], ...front })
		const head = fields.map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`).join('')
		writeFileSync(join(stories, `${name}.md`), `---\n${head}---\n\n${text}\n`)
	}
	write('long', { title, slug }, 'A long way.')
	const po = join(folder, 'de.po')
	writeFileSync(po, 'msgid ""\nmsgstr "X-Source-Language: en\\nLanguage: de\\n"\n\nmsgid "A long way."\nmsgstr "Ein langer Weg."\n')
	site = await startSite()
	assert.equal((await run(['import', '--data', site.data, stories])).status, 0)
	assert.equal((await run(['translate', '--data', site.data, 'take', po])).status, 0)
	desk = await signIn(site, await makeUser(site, { role: 'administrator' }))
})
after(async () => {
	await site?.stop()
	if (folder)
		rmSync(folder, { recursive: true, force: true })
})

test('a headline that is not translated is whole', options, async () => {
	const { text } = await site.get(`/de/2026/03/${slug}`)
	assert.match(text, /Ein langer Weg/)
	assert.ok(text.includes(`<span lang="en" dir="ltr">Over ${words}, and Back Again</span></h1>`), text.match(/Over[^\n]*/)?.[0])
})

test('the address of a channel is kept when settings are saved', options, async () => {
	const channel = `Mastodon https://social.example/${slug}`
	await desk.submit(await desk.get('/desk/paper/settings'), { channels: channel }, { do: 'save' })
	const page = await desk.get('/desk/paper/settings')
	assert.equal(decode(page.text.match(/name="channels"[^>]*>([^<]*)</)[1]), channel)
	assert.match(noticeOf(await desk.submit(page, { tagline: 'Long' }, { do: 'save' })), /Saved/)
	assert.ok((await run(['set', '--data', site.data, 'channels'])).stdout.includes(`/${slug}"`))
})

test('a menu leads to a long address by a long label', options, async () => {
	const label = 'Sehr '.repeat(20) + 'lang'
	await desk.submit(await desk.get('/desk/paper/menus'), { 'header-0-to': `/2026/03/${slug}`, 'header-0-labels': `de: ${label}` }, { do: 'save' })
	await desk.submit(await desk.get('/desk/paper/menus'), { 'footer-0-to': '/archive' }, { do: 'save' })
	assert.match((await site.get('/de')).text, new RegExp(`href="[^"]*/2026/03/${slug}"[^>]*>${label}<`))
})

test('two who change the far end of a long text do not overwrite each other', options, async () => {
	const open = async () => desk.get((await desk.get('/desk/paper/terms?of=theme')).text.match(/<a href="([^"]+)">[Ii]ce</)[1])
	await desk.submit(await open(), { description: `${words}. Yes.` }, { do: 'save' })
	const [first, second] = [await open(), await open()]
	await desk.submit(first, { description: `${words}. Not` }, { do: 'save' })
	await desk.submit(first, { description: `${words}. Noo.` }, { do: 'save' })
	await desk.submit(await open(), { description: `${words}. Not.` }, { do: 'save' })
	assert.equal((await desk.submit(second, { description: `${words}. May.` }, { do: 'save' })).status, 409)
})

test('a long address that has moved leads on, from the server and from an export', options, async () => {
	const now = `${slug.slice(0, 100)}-now`
	const list = await desk.get('/desk/')
	const story = await desk.get(decode(list.text.match(/<a href="(\/desk\/story\/\d+)"[^>]*>Over/)[1]))
	await desk.submit(story, { slug: now }, { do: 'save' })
	const answer = await site.get(`/2026/03/${slug}`, { redirect: 'manual' })
	assert.deepEqual([answer.status, answer.headers.get('location')], [301, `/2026/03/${now}`])
	const to = join(folder, 'tree')
	assert.equal((await run(['export', '--data', site.data, to])).status, 0)
	assert.ok(readFileSync(join(to, '_redirects'), 'utf8').includes(`/2026/03/${slug} /2026/03/${now} 301\n`))
	assert.match(readFileSync(join(to, `2026/03/${slug}/index.html`), 'utf8'), new RegExp(`url=/2026/03/${now}"`))
})
