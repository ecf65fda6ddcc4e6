// Working copies over HTTP, as the writing surface asks for them: kept, offered, brought back, discarded, gone with the save; who is here; the
// preview of what is not saved.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Browser, decode, formsOf, makeUser, noticeOf, signIn } from '../../lib/desk.mjs'
import { missing, startSite, until } from '../../lib/site.mjs'

if (missing)
	test('working copies', { skip: missing }, () => {})
else
	tests()

function tests() {
	let site, editor

	before(async () => {
		site = await startSite()
		editor = await signIn(site, await makeUser(site, { role: 'editor', name: 'Ed Marsh' }))
	})
	after(() => site.stop())

	const has = (form, name) => form.fields.some(([other]) => other === name)
	const storyForm = page => formsOf(page.text).find(form => has(form, 'copy') && has(form, 'title'))
	const fieldsOf = page => Object.fromEntries(storyForm(page).fields)
	const write = async (desk, fields, step = 'save') =>
		desk.submit(await desk.get('/desk/story/new'), fields, { do: step })
	const keep = async (desk, page, changes = {}) => {
		const answer = await desk.post('/desk/copy', { ...fieldsOf(page), ...changes }, { multipart: true })
		return { ...answer, json: answer.headers.get('content-type') === 'application/json' ? JSON.parse(answer.text) : null }
	}
	const here = async (desk, page, changes = {}) => {
		const { csrf, account, copy, 'public-id': id } = fieldsOf(page)
		return JSON.parse((await desk.post('/desk/copy/here', { csrf, account, copy, 'public-id': id, ...changes })).text)
	}
	const offers = page => [...page.text.matchAll(/href="(\?story=[^"]+)"/g)].map(([, href]) => decode(href))
	const pathOf = page => page.url.split('?')[0]

	test('what is kept is offered on the story’s page, brought back whole, and gone once it is saved', async () => {
		const draft = await write(editor, { title: 'Kept', body: 'Stored.' }), path = pathOf(draft)
		const typed = { title: 'Kept, and changed', body: '<p>Typed.</p>', format: 'html', tags: 'ice\nwater' }
		const kept = await keep(editor, draft, { ...typed, reason: '"quoted"\u2028' })
		assert.equal(kept.status, 200, kept.text)
		assert.equal(kept.json.turn, 1)
		assert.equal(kept.headers.get('cache-control'), 'no-store')
		const page = await editor.get(path)
		assert.equal(fieldsOf(page).body.trim(), 'Stored.', 'the form shows what is stored')
		assert.equal(offers(page).length, 1)
		const open = await editor.get(path + offers(page)[0])
		assert.match(noticeOf(open), /This is what you had written by/)
		const fields = fieldsOf(open)
		for (const [name, value] of Object.entries(typed))
			assert.equal(fields[name], value, name)
		assert.equal(offers(open).length, 0, 'what the page shows it does not offer')
		const saved = await editor.submit(open, {}, { action: storyForm(open).action }, { action: storyForm(open).action })
		assert.equal(saved.status, 400, 'a form without a step')
		const good = await editor.post(storyForm(open).action, { ...fields, do: 'save' }, { multipart: true })
		assert.equal(noticeOf(good), 'Saved.')
		assert.equal(fieldsOf(good).body.trim(), 'Typed.')
		assert.equal(offers(await editor.get(path)).length, 0)
	})

	test('the note of a correction is kept when its story is withdrawn meanwhile, on its form and behind a save, until it is cleared', async () => {
		const path = pathOf(await write(editor, { title: 'Nine ships', body: 'Nine.', authors: 'Ann Lee' }, 'publish'))
		const correct = await editor.get(`${path}/correct`)
		await keep(editor, correct, { body: 'Ten.', correction: 'clarification', note: 'We had counted nine.' })
		await editor.submit(await editor.get(path), { reason: 'Wrong.' }, { do: 'withdraw' })
		for (const tags of ['', 'ice']) {
			const page = await editor.get(path), open = await editor.get(path + offers(page)[0])
			const { note, body, ...fields } = fieldsOf(open)
			assert.deepEqual([note, body, fields.tags, fields.authors], ['We had counted nine.', 'Ten.', tags, 'Ann Lee'])
			assert.match(open.text, /publish the story again and put it into/)
			assert.equal((await keep(editor, open, { tags: 'ice' })).status, 200)
		}
		let open = await editor.get(path + offers(await editor.get(path))[0])
		await editor.post(path, { ...fieldsOf(open), do: 'save' }, { multipart: true })
		open = await editor.get(path + offers(await editor.get(path))[0])
		assert.equal(fieldsOf(open).note, 'We had counted nine.')
		await editor.post(path, { ...fieldsOf(open), base: fieldsOf(await editor.get(path)).base, note: '', tags: 'ice\nwater', do: 'save' },
			{ multipart: true })
		assert.equal(offers(await editor.get(path)).length, 0)
	})

	test('a story that was never saved is offered where new ones are begun, and becomes one story', async () => {
		const form = await editor.get('/desk/story/new')
		await keep(editor, form, { title: 'Never saved', body: 'Words.' })
		const page = await editor.get('/desk/story/new'), offer = offers(page).find(href => href.includes(fieldsOf(form)['public-id']))
		const open = await editor.get(`/desk/story/new${offer}`)
		assert.equal(fieldsOf(open).body, 'Words.')
		assert.equal(fieldsOf(open)['public-id'], fieldsOf(form)['public-id'])
		const saved = await editor.post('/desk/story/new', { ...fieldsOf(open), do: 'save' }, { multipart: true })
		assert.equal(noticeOf(saved), 'Saved.')
		const again = await editor.post('/desk/story/new', { ...fieldsOf(open), do: 'save' }, { multipart: true })
		assert.equal(pathOf(again), pathOf(saved), 'sent twice')
		assert.ok(!offers(await editor.get('/desk/story/new')).includes(offer))
	})

	test('what is discarded is gone, and what is gone is said to be', async () => {
		const draft = await write(editor, { title: 'Discarded', body: 'Stored.' }), path = pathOf(draft)
		await keep(editor, draft, { body: 'Typed.' })
		const page = await editor.get(path), [offer] = offers(page)
		const done = await editor.submit(page, {}, {}, { action: '/desk/copy/discard' })
		assert.equal(noticeOf(done), 'Discarded.')
		assert.equal(pathOf(done), path)
		assert.equal(offers(done).length, 0)
		assert.match(noticeOf(await editor.get(path + offer)), /no longer there/)
	})

	test('two pages that write to one copy: the second is told, and writes over nothing', async () => {
		const draft = await write(editor, { title: 'One copy', body: 'Stored.' })
		assert.deepEqual((await keep(editor, draft, { body: 'First.' })).json.forked, false)
		const second = await keep(editor, draft, { body: 'Second.' })
		assert.deepEqual([second.json.forked, second.json.turn], [true, 0])
		const own = await keep(editor, draft, { body: 'Second.', copy: '00112233aabbccdd' })
		assert.equal(own.json.forked, false)
		const bodies = []
		for (const offer of offers(await editor.get(pathOf(draft))))
			bodies.push(fieldsOf(await editor.get(pathOf(draft) + offer)).body)
		assert.deepEqual(bodies.sort(), ['First.', 'Second.'])
	})

	test('a copy made from an earlier revision shows both versions when it is saved', async () => {
		const draft = await write(editor, { title: 'Moved', body: 'Base.' }), path = pathOf(draft)
		const other = await signIn(site, await makeUser(site, { role: 'editor', name: 'Flo Kent' }))
		await other.submit(await other.get(path), { body: 'Theirs.' }, { do: 'save' })
		const kept = await keep(editor, draft, { body: '<p>Mine.</p>', format: 'html' })
		assert.deepEqual([kept.json.number, kept.json.who, kept.json.may], [2, 'Flo Kent', true])
		const open = await editor.get(path + offers(await editor.get(path))[0])
		const stopped = await editor.post(path, { ...fieldsOf(open), do: 'save' }, { multipart: true })
		assert.equal(stopped.status, 409)
		assert.match(stopped.text, /<del>Theirs\.<\/del>/)
		assert.match(stopped.text, /<ins>Mine\.<\/ins>/)
		assert.equal(fieldsOf(stopped).copy, fieldsOf(open).copy, 'it is still the same copy')
		assert.equal(noticeOf(await editor.post(path, { ...fieldsOf(stopped), do: 'save' }, { multipart: true })), 'Saved.')
	})

	test('nobody sees or touches another’s copy, and who may not see the story may not keep one', async () => {
		const draft = await write(editor, { title: 'Private', body: 'Stored.' }), path = pathOf(draft)
		await keep(editor, draft, { body: 'Secret.' })
		const [offer] = offers(await editor.get(path))
		const other = await signIn(site, await makeUser(site, { role: 'editor', name: 'Flo' }))
		assert.equal(offers(await other.get(path)).length, 0)
		assert.match(noticeOf(await other.get(path + offer)), /no longer there/)
		const preview = await other.get(`/desk/copy/preview${offer}`)
		assert.ok(preview.text.includes('Stored.') && !preview.text.includes('Secret.'))
		const theirs = await other.get(path)
		await other.post('/desk/copy/discard', { csrf: fieldsOf(theirs).csrf, 'public-id': fieldsOf(draft)['public-id'], copy: fieldsOf(draft).copy })
		assert.equal(offers(await editor.get(path)).length, 1)
		const outsider = await signIn(site, await makeUser(site, { role: 'contributor', name: 'Con' })), own = await outsider.get('/desk/story/new')
		assert.equal((await keep(outsider, own, { 'public-id': fieldsOf(draft)['public-id'] })).status, 403)
		assert.equal((await outsider.get(`/desk/copy/preview${offer}`)).status, 403)
		assert.equal((await outsider.get(`/desk/copy/events?story=${fieldsOf(draft)['public-id']}`)).status, 403)
		assert.equal((await keep(outsider, own, { body: 'Their own' })).json.turn, 1)
	})

	test('each address asks for a session, the token and our own pages; what comes without a session is kept sealed', async () => {
		const draft = await write(editor, { title: 'Doors' }), fields = fieldsOf(draft), nobody = new Browser(site)
		const foreign = { headers: { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' } }
		const paths = ['/desk/copy', '/desk/copy/here', '/desk/copy/hints', '/desk/copy/text', '/desk/copy/discard']
		for (const path of paths) {
			const shut = await nobody.post(path, fields)
			assert.equal(shut.status, 403, path)
			assert.match(shut.text, /action="\/desk\/sign-in"/)
			const stale = await editor.post(path, { ...fields, csrf: 'x' })
			assert.match(stale.text, /name="csrf" value="[^"]{20,}"/, `${path} gives the token that forms carry now`)
			assert.equal((await editor.post(path, fields, foreign)).status, 403)
			assert.equal((await editor.get(path)).status, 405, path)
		}
		for (const path of ['/desk/copy/events', '/desk/copy/preview', '/desk/picture/1'])
			assert.equal((await nobody.request('GET', path, { follow: false })).status, 303, path)
		const other = await editor.post('/desk/copy', { ...fields, account: '0000000000000000' })
		assert.deepEqual([other.status, JSON.parse(other.text)], [409, { other: true }])
		const ids = ['', 'no-such-story', 'x'.repeat(300)].map(id => ({ 'public-id': id }))
		for (const bad of [{ copy: '' }, { copy: 'x'.repeat(16) }, ...ids])
			assert.equal((await keep(editor, draft, bad)).status, 400, JSON.stringify(bad))
	})

	test('of one person a hundred copies are kept, and no more', async () => {
		const busy = await signIn(site, await makeUser(site, { role: 'author', name: 'Busy' })), form = await busy.get('/desk/story/new')
		for (let i = 0; i < 100; i++)
			assert.equal((await keep(busy, form, { copy: i.toString(16).padStart(16, '0') })).status, 200)
		assert.equal((await keep(busy, form)).status, 413)
		assert.equal((await keep(busy, form, { copy: '0'.repeat(16), turn: '1' })).json.turn, 2, 'those that there are go on')
	})

	test('who writes on a story is told to the others, until they leave', async () => {
		const draft = await write(editor, { title: 'Here' }), path = pathOf(draft)
		const ann = await signIn(site, await makeUser(site, { role: 'editor', name: 'Ann <b>' })), hers = await ann.get(path)
		assert.deepEqual((await here(editor, draft)).here, [])
		assert.deepEqual((await here(ann, hers)).here, ['Ed Marsh'])
		assert.deepEqual((await here(ann, await ann.get(path))).here, ['Ed Marsh'])
		assert.deepEqual((await here(editor, draft)).here, ['Ann <b>'], 'each once')
		const elsewhere = await write(editor, { title: 'Elsewhere' })
		assert.deepEqual((await here(editor, elsewhere)).here, [])
		await here(editor, draft, { leave: '1' })
		assert.deepEqual((await here(ann, hers)).here, [])
	})

	test('who may no longer save is told so, and their words are kept all the same', async () => {
		const author = await signIn(site, await makeUser(site, { role: 'author', name: 'Al' }))
		const draft = await write(author, { title: 'Taken', body: 'Mine.' }), path = pathOf(draft)
		const published = await editor.submit(await editor.get(path), {}, { do: 'publish' })
		await editor.submit(published, { reason: 'A mistake.' }, { do: 'withdraw' })
		const kept = await keep(author, draft, { body: 'More of mine.' })
		assert.deepEqual([kept.json.may, kept.json.status, kept.json.turn], [false, 'Withdrawn', 1])
		const page = await author.get(path)
		assert.equal(fieldsOf(await author.get(path + offers(page)[0])).body, 'More of mine.')
		assert.equal((await author.post(path, { ...fieldsOf(draft), body: 'More of mine.', do: 'save' }, { multipart: true })).status, 403)
		assert.equal(offers(await author.get(path)).length, 1, 'and stay after a save that was refused')
	})

	test('the preview is the page with what was kept, whatever is missing or wrong, and leaves nothing behind', async () => {
		const form = await editor.get('/desk/story/new'), { 'public-id': story, copy } = fieldsOf(form)
		const address = `/desk/copy/preview?story=${story}&copy=${copy}`
		assert.equal((await editor.get(address)).status, 404)
		await keep(editor, form, { title: '', body: 'Only a body.', slug: 'Not A Slug', authors: 'Somebody New', tags: 'brandnew' })
		const page = await editor.get(address)
		assert.equal(page.status, 200, page.text)
		for (const part of ['Only a body.', 'Somebody New', 'New story'])
			assert.ok(page.text.includes(part), part)
		assert.match(page.headers.get('content-security-policy'), /frame-ancestors 'self'/)
		assert.equal(page.headers.get('cache-control'), 'no-store')
		assert.ok(!(await editor.get('/desk/')).text.includes('Only a body'))
		assert.equal((await site.get('/tag/brandnew')).status, 404)
		assert.equal((await site.get('/author/somebody-new')).status, 404)
		const draft = await write(editor, { title: 'Stored', body: 'Stored body.' })
		await keep(editor, draft, { title: 'Kept', body: 'Kept body.' })
		const kept = await editor.get(`/desk/copy/preview?story=${fieldsOf(draft)['public-id']}&copy=${fieldsOf(draft).copy}`)
		assert.ok(kept.text.includes('Kept body.'))
		const after = await editor.get(pathOf(draft))
		assert.equal(fieldsOf(after).body.trim(), 'Stored body.')
		assert.match(after.text, /Revision 1,/)
	})

	test('a text is had in its other form, by way of the sanitiser', async () => {
		const { csrf } = fieldsOf(await editor.get('/desk/story/new')), sent = { multipart: true }
		const ask = (body, format, to) => editor.post('/desk/copy/text', { csrf, body, format, to, lang: 'en' }, sent)
		const convert = async (...text) => (await ask(...text)).text
		assert.equal(await convert('One *two*\n\n- a', 'markdown', 'html'), '<p>One <em>two</em></p>\n<ul>\n<li>a</li>\n</ul>\n')
		assert.equal(await convert('<p onclick="x()">One <script>alert(1)</script><b>two</b></p>', 'html', 'html'),
			'<p>One <strong>two</strong></p>\n')
		assert.equal(await convert('<p>One <b>two</b></p>', 'html', 'markdown'), 'One **two**\n')
		const long = 'Ледовая обстановка. '.repeat(200).concat('\n\n').repeat(650)
		assert.equal(await convert(await convert(long, 'markdown', 'html'), 'html', 'markdown'), await convert(long, 'markdown', 'markdown'))
		assert.equal((await ask('x'.repeat(9 * 1024 * 1024), 'markdown', 'html')).status, 413)
	})

	test('a copy of five megabytes is kept and comes back', async () => {
		const form = await editor.get('/desk/story/new'), body = 'Ледовая "обстановка".\n'.repeat(130000)
		assert.ok(new TextEncoder().encode(body).length > 5e6)
		assert.equal((await keep(editor, form, { title: 'Large copy', body })).json.turn, 1)
		const open = await editor.get(`/desk/story/new?story=${fieldsOf(form)['public-id']}&copy=${fieldsOf(form).copy}`)
		assert.equal(fieldsOf(open).body, body)
	})

	test('open pages are told of a save and of a copy of their own at once', async () => {
		const draft = await write(editor, { title: 'Told' }), { 'public-id': story, copy } = fieldsOf(draft)
		const cookie = [...editor.cookies].map(([name, value]) => `${name}=${value}`).join('; '), abort = new AbortController()
		const stream = await fetch(`${site.url}/desk/copy/events?story=${story}`, { headers: { Cookie: cookie }, signal: abort.signal })
		assert.equal(stream.headers.get('content-type'), 'text/event-stream')
		let heard = ''
		const listening = (async () => {
			for await (const part of stream.body.pipeThrough(new TextDecoderStream()))
				heard += part
		})().catch(() => {})
		await keep(editor, draft, { body: 'Typed.' })
		await until(5, 'the copy is told', () => heard.includes(`event: copy\ndata: ${copy}\n\n`))
		await editor.submit(await editor.get(pathOf(draft)), { body: 'Saved.' }, { do: 'save' }, { action: pathOf(draft) })
		await until(5, 'the save is told', () => heard.includes(`event: saved\ndata: ${story}\n\n`))
		abort.abort()
		await listening
	})
}
