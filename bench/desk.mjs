#!/usr/bin/env node
// What an editor waits for: saving a story of 1,500 words, from the form that is sent until the answer says that it is on the disk, beside the file
// system's own fsync of as many bytes on the same disk, by turns; and publishing, from the form until readers get the story's page with it.
//
//   bench/desk.mjs [ROUNDS [STORIES]]     40 rounds in a newsroom of 1,000 stories
import { closeSync, cpSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { anyWord, generator } from './content.mjs'
import { byTurns, figure, machine, median, row } from './lib/measure.mjs'
import { bench, newsroom, program } from './lib/newsroom.mjs'

process.env.BS_BIN ??= program
const { startSite } = await import('../tests/lib/site.mjs')
const { formsOf, makeUser, signIn } = await import('../tests/lib/desk.mjs')

const [rounds = 40, count = 1000] = process.argv.slice(2).map(Number)
const WORDS = 1500

function textOf(seed) {
	const random = generator(seed + 1)
	return Array.from({ length: WORDS / 100 }, () => Array.from({ length: 100 }, () => anyWord(random)).join(' ')).join('\n\n')
}

const storyForm = page => formsOf(page.text).find(form => form.fields.some(([name]) => name === 'title'))
const timed = async act => {
	const begun = performance.now()
	await act()
	return performance.now() - begun
}

const folder = mkdtempSync(join(bench, 'desk-')), data = join(folder, 'newsroom')
cpSync(newsroom(count), data, { recursive: true })
const site = await startSite({ data }), file = openSync(join(folder, 'fsync'), 'w')
try {
	console.log(machine())
	const desk = await signIn(site, await makeUser(site, { role: 'editor' }))
	let page = await desk.submit(await desk.get('/desk/story/new'), { title: 'Measured', body: textOf(0) }, { do: 'save' })
	const path = page.url.split('?')[0], bytes = Buffer.alloc(64 * 1024, 'x')
	const { saved, synced } = await byTurns(rounds, {
		saved: async i => {
			page = await desk.get(path)
			const fields = { ...Object.fromEntries(storyForm(page).fields), body: textOf(i + 1) }
			return timed(() => desk.submit(page, fields, { do: 'save' }, { follow: false }))
		},
		synced: () => timed(() => {
			writeSync(file, bytes)
			fsyncSync(file)
		}),
	})
	row(`a story of ${WORDS.toLocaleString('en')} words saved, beside fsync of 64 KB`, figure(saved, 'ms'), figure(synced, 'ms'),
		median(saved) / median(synced))
	const { published } = await byTurns(rounds, {
		published: async i => {
			const draft = await desk.submit(await desk.get('/desk/story/new'), { title: `Published ${i}`, body: textOf(i) }, { do: 'save' })
			return timed(async () => {
				const done = await desk.submit(await desk.get(draft.url.split('?')[0]), {}, { do: 'publish' })
				const address = done.text.match(/href="([^"]*\/published-[^"]*)"/)[1]
				const seen = await site.get(new URL(address, site.url).pathname)
				if (seen.status !== 200)
					throw new Error(`${address}: ${seen.status}`)
			})
		},
	})
	row('published, from opening its form until a reader has the page', figure(published, 'ms'))
} finally {
	closeSync(file)
	await site.stop()
	rmSync(folder, { recursive: true, force: true })
}
