// What is looked at before a story is published: what stops it, what an editor confirms, what is only told; and where its links lead.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { decode, formsOf, makeUser, noticeOf, signIn } from '../../lib/desk.mjs'
import { missing, startSite, until } from '../../lib/site.mjs'

if (missing)
	test('the list before publishing', { skip: missing }, () => {})
else
	tests()

function tests() {
	let site, web, base, editor, author
	const asked = []

	before(async () => {
		web = createServer((request, answer) => {
			asked.push(`${request.method} ${request.url}`)
			const status = Number(request.url.match(/\d+/)?.[0] ?? 200)
			const refused = request.url.startsWith('/nohead') && request.method === 'HEAD' ? 405 : status
			answer.writeHead(refused, status === 301 ? { Location: 'http://10.0.0.1/' } : {}).end('x'.repeat(200000))
		})
		await new Promise(done => web.listen(0, '127.0.0.1', done))
		base = `http://127.0.0.1:${web.address().port}`
		site = await startSite()
		editor = await signIn(site, await makeUser(site, { role: 'editor', name: 'Ed Marsh' }))
		author = await signIn(site, await makeUser(site, { role: 'author', name: 'Ann Lee' }))
	})
	after(async () => {
		await site.stop()
		web.close()
	})

	const write = async (desk, fields, step = 'save') => desk.submit(await desk.get('/desk/story/new'), fields, { do: step })
	const reload = (desk, page) => desk.get(page.url.split('?')[0])
	const pointsOf = page => [...page.text.matchAll(/<li data-tone="(\w+)"><b>[^<]*<\/b> <span>([^<]*)/g)]
		.map(([, tone, text]) => `${tone}: ${decode(text)}`)
	const tokenOf = page => decode(page.text.match(/name="seen" value="([^"]*)"/)?.[1] ?? '')
	const fieldsOf = page => Object.fromEntries(formsOf(page.text).find(form => form.fields.some(([name]) => name === 'title')).fields)

	test('a picture without words or credit stops publishing and scheduling, for an editor too', async () => {
		const html = '<p>Text.</p><figure><img src="https://example.org/a.jpg" alt=""></figure>'
		const draft = await write(editor, { title: 'A Picture', format: 'html', body: html })
		assert.equal(noticeOf(draft), 'Saved.')
		for (const fields of [{ do: 'publish' }, { do: 'schedule', 'publish-at': '2099-01-01T10:00' }]) {
			const page = await editor.submit(draft, { ...fields, title: 'A Picture, Typed', seen: 'gone-0 target-0 notice-0 opinion-0' })
			assert.equal(page.status, 422)
			assert.match(noticeOf(page), /^Not published yet: see what is missing/)
			assert.deepEqual(pointsOf(page).filter(point => point.startsWith('bad')), [
				'bad: A picture needs words for those who do not see it.', 'bad: A picture needs a credit: who made it.'])
			assert.equal(fieldsOf(page).title, 'A Picture, Typed')
		}
		const good = '<figure><img src="https://example.org/a.jpg" alt="Ice">'
			+ '<figcaption>Ice <small class="credit">Ann Lee</small></figcaption></figure>'
		const mended = await editor.submit(await reload(editor, draft), { format: 'html', body: good }, { do: 'publish' })
		assert.equal(noticeOf(mended), 'Published.')
	})

	test('what is published cannot lose the words of a picture, by an update or by a correction', async () => {
		const draft = await write(editor, { title: 'Words Stay', body: 'Only text.' }, 'publish')
		assert.equal(noticeOf(draft), 'Published.')
		const html = '<p>Text.</p><figure><img src="https://example.org/a.jpg" alt=""></figure>'
		const saved = await editor.submit(draft, { format: 'html', body: html }, { do: 'save' })
		assert.equal(saved.status, 422)
		assert.match(noticeOf(saved), /^Not published yet/)
		const correcting = await editor.get(`${draft.url.split('?')[0]}/correct`)
		const corrected = await editor.submit(correcting, { format: 'html', body: html, correction: 'correction', note: 'A picture.' })
		assert.equal(corrected.status, 422)
		assert.match(corrected.text, /A picture in the text has no words/)
	})

	test('a link without a target asks; an editor who has seen it publishes, and the log says over what', async () => {
		const draft = await write(author, { title: 'A Lost Link', format: 'html', body: '<p>See <a>the report</a>.</p>' })
		const stopped = await author.submit(draft, {}, { do: 'publish' })
		assert.equal(stopped.status, 422)
		assert.match(noticeOf(stopped), /only an editor may confirm/)
		assert.equal(tokenOf(stopped), '')
		assert.equal((await author.submit(draft, { seen: 'gone-0 target-1 notice-0 opinion-0' }, { do: 'publish' })).status, 422)

		const page = await editor.submit(await reload(editor, draft), {}, { do: 'publish' })
		assert.equal(page.status, 422)
		assert.match(noticeOf(page), /points to confirm/)
		assert.ok(pointsOf(page).includes('warn: A link lost its address when the story came in.'))
		assert.match(page.text, /<q>the report<\/q>/)
		const more = await editor.submit(page, { format: 'html', body: '<p>See <a>the report</a>, <a>another</a>.</p>', seen: tokenOf(page) },
			{ do: 'publish' })
		assert.equal(more.status, 422, 'what was confirmed is not what is there now')
		const done = await editor.submit(page, { seen: tokenOf(page) }, { do: 'publish' })
		assert.equal(noticeOf(done), 'Published.')
		assert.match((await editor.get('/desk/audit')).text, /target-1/)
	})

	test('news that calls itself opinion is asked about, in the words of its language', async () => {
		const asks = async fields => pointsOf(await write(editor, { body: 'Text.', kind: 'news', ...fields }, 'publish'))
			.some(point => point.startsWith('warn: The story calls itself opinion'))
		assert.equal(await asks({ title: 'Opinion: The Ice Is Late' }), true)
		assert.equal(await asks({ title: 'Das Eis', subtitle: 'Meinung – zu spät', lang: 'de' }), true)
		assert.equal(await asks({ title: 'Tagged', tags: 'Opinion' }), true)
		assert.equal(await asks({ title: 'Opinion: Labelled', kind: 'opinion' }), false)
		assert.equal(await asks({ title: 'Opinion polls are late' }), false)
		assert.equal(await asks({ title: 'I think so' }), false)
	})

	test('links are looked at after a save, and what is found is told', async () => {
		const links = ['/ok', '/404', '/410', '/301', '/503', '/403', '/nohead/200', '/nohead/404'].map(path => `[${path}](${base}${path})`)
		const draft = await write(editor, { title: 'Where Links Lead',
			body: `${links.join(' ')} [out](http://192.0.2.1/out) [in](http://10.1.2.3/in)` })
		assert.ok(pointsOf(draft).some(point => point.startsWith('plain: Some links have not been looked at')))
		const page = await until(40, 'the links looked at', async () => {
			const page = await reload(editor, draft)
			return !pointsOf(page).some(point => point.includes('not been looked at')) && page
		})
		const found = text => [...page.text.matchAll(/<span>([^<]*)<\/span> <q>([^<]*)/g)]
			.filter(([, words]) => decode(words).includes(text)).map(([, , q]) => q)
		assert.deepEqual(found('leads nowhere'), ['/404', '/410', '/nohead/404'])
		assert.deepEqual(found('has moved'), ['/301'])
		assert.deepEqual(found('no clear answer'), ['/503', '/403', 'out', 'in'])
		assert.ok(asked.includes('HEAD /ok') && !asked.includes('GET /ok'), 'the head was enough')
		assert.equal((await editor.submit(page, {}, { do: 'publish' })).status, 422)
		const again = await editor.submit(page, { title: 'Where Links Lead Now' }, { do: 'save' })
		assert.deepEqual(pointsOf(again), pointsOf(page), 'a save forgets nothing of what was found')
	})
}
