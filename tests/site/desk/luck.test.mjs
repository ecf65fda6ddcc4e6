// Bad luck at the desk: two who publish in one instant, a time that has passed meanwhile, a disk that is full. Each has a clear answer and loses no
// word.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { formsOf, makeUser, noticeOf, signIn } from '../../lib/desk.mjs'
import { missing, onPostgres, run, startSite, temporaryFolder, until } from '../../lib/site.mjs'

if (missing)
	test('bad luck at the desk', { skip: missing }, () => {})
else
	tests()

function tests() {
	let site, one, two

	before(async () => {
		site = await startSite()
		one = await signIn(site, await makeUser(site, { role: 'editor', name: 'Ed Marsh' }))
		two = await signIn(site, await makeUser(site, { role: 'editor', name: 'Ann Lee' }))
	})
	after(() => site.stop())

	const write = async (desk, fields, step = 'save') => desk.submit(await desk.get('/desk/story/new'), fields, { do: step })
	const fieldsOf = page => Object.fromEntries(formsOf(page.text).find(form => form.fields.some(([name]) => name === 'title')).fields)
	const local = time => new Date(time).toISOString().slice(0, 16)

	test('two who publish different words in one instant: one is published, the other is shown both', async () => {
		const path = (await write(one, { title: 'At Once', body: 'Nobody’s words.' })).url.split('?')[0]
		const forms = await Promise.all([one.get(path), two.get(path)])
		const answers = await Promise.all([one.submit(forms[0], { body: 'The words of one.' }, { do: 'publish' }),
			two.submit(forms[1], { body: 'The words of two.' }, { do: 'publish' })])
		assert.deepEqual(answers.map(answer => answer.status).sort(), [200, 409])
		const late = answers.find(answer => answer.status === 409)
		assert.match(fieldsOf(late).body, answers[0] === late ? /The words of one/ : /The words of two/)
		assert.match(late.text, /<ins>/)
	})

	test('two who publish the same words in one instant both hear that it is published, once', async () => {
		const path = (await write(one, { title: 'Agreed', body: 'Words.' })).url.split('?')[0]
		const forms = await Promise.all([one.get(path), two.get(path)])
		const answers = await Promise.all([one.submit(forms[0], {}, { do: 'publish' }), two.submit(forms[1], {}, { do: 'publish' })])
		for (const answer of answers)
			assert.equal(answer.status, 200, noticeOf(answer))
		assert.match((await one.get(path)).text, /Revision<\/?[^>]*>? ?2|Revision 2/)
	})

	test('a time that has passed when the form arrives is refused with what was typed, and one to the minute is kept', async () => {
		const draft = await write(one, { title: 'In Time', body: 'Words.' })
		const late = await one.submit(draft, { body: 'Later words.', 'publish-at': local(Date.now() - 60000) }, { do: 'schedule' })
		assert.equal(late.status, 422)
		assert.match(fieldsOf(late).body, /Later words/)
		const at = local(Date.now() + 3600000)
		const kept = await one.submit(late, { 'publish-at': at }, { do: 'schedule' })
		assert.equal(fieldsOf(kept)['publish-at'], at)
	})

	const canMount = !onPostgres && process.getuid() === 0
	test('a full disk: nothing is half saved, what was typed stays in the page, and is saved when there is room again',
		{ skip: !canMount }, async () => {
		const folder = temporaryFolder(), disk = join(folder, 'disk')
		mkdirSync(disk)
		try {
			execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', disk], { stdio: 'pipe' })
		} catch {
			rmSync(folder, { recursive: true })
			return // a container that may not mount
		}
		let full
		try {
			const data = join(disk, 'newsroom'), filler = join(disk, 'filler')
			assert.equal((await run(['init', '--data', data])).status, 0)
			full = await startSite({ data })
			const desk = await signIn(full, await makeUser(full, { role: 'editor' }))
			const draft = await write(desk, { title: 'On a Full Disk', body: 'First words.' })
			const form = await desk.get(draft.url.split('?')[0])
			for (let size = 8 << 20, made = 0; size >= 4096; size >>= 1) {
				try {
					writeFileSync(`${filler}-${made++}`, Buffer.alloc(size))
				} catch { /* that much there is not */ }
			}
			const words = 'Words that must not be lost. '.repeat(4000)
			const answer = await desk.submit(form, { body: words }, { do: 'save' })
			assert.ok(answer.status === 503 || answer.status === 507, `status ${answer.status}`)
			assert.match(answer.text, /Words that must not be lost\./)
			assert.match(fieldsOf(await desk.get(draft.url.split('?')[0])).body, /First words/)
			for (let i = 0; i < 20; i++)
				rmSync(`${filler}-${i}`, { force: true })
			const again = await until(20, 'room', async () => {
				const page = await desk.submit(form, { body: words }, { do: 'save' })
				return page.status === 200 && page
			})
			assert.match(fieldsOf(again).body, /Words that must not be lost\./)
		} finally {
			await full?.stop()
			execFileSync('umount', ['-l', disk])
			rmSync(folder, { recursive: true, force: true })
		}
	})
}
