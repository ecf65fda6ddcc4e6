// The house style: rules are kept, and stories that have the words get a hint.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { decode, makeUser, noticeOf, signIn } from '../../lib/desk.mjs'
import { missing, startSite } from '../../lib/site.mjs'

if (missing)
	test('house style', { skip: missing }, () => {})
else
	tests()

function tests() {
	let site, editor, author

	before(async () => {
		site = await startSite()
		editor = await signIn(site, await makeUser(site, { role: 'editor' }))
		author = await signIn(site, await makeUser(site, { role: 'author' }))
	})
	after(() => site.stop())

	const rule = async fields => editor.submit(await editor.get('/desk/style'), fields, {}, { action: '/desk/style' })
	const write = async (desk, fields) => desk.submit(await desk.get('/desk/story/new'), fields, { do: 'save' })
	const hintsOf = page => [...page.text.matchAll(/<mark>([^<]*)<\/mark>[\s\S]*?<p>(?:<b>([^<]*)<\/b>)?/g)].map(([, words, instead]) =>
		`${decode(words)} > ${decode(instead ?? '')}`)

	test('a rule gives hints for whole words, with the suggestion, the reason and a link to the passage', async () => {
		assert.match(noticeOf(await rule({ pattern: 'utilis*', suggestion: 'use', reason: 'Shorter.' })), /^The rule is kept/)
		await rule({ pattern: 'Internet', suggestion: 'internet' })
		await rule({ pattern: 'art', suggestion: 'craft' })
		await rule({ pattern: 'in order to', suggestion: 'to' })
		const page = await write(author, { title: 'Utilise It',
			body: 'The start is art, *in order to* utilising it.\n\nThe Internet and an internet.' })
		assert.deepEqual(hintsOf(page), ['Utilise > Use', 'art > craft', 'in order to > to', 'utilising > use', 'Internet > internet'])
		assert.match(page.text, /Shorter\./)
		assert.match(page.text, /href="\/desk\/story\/\d+\/preview#p-2"/)
	})

	test('the writing surface asks for hints in passages, and is told where they stand as scripts count', async () => {
		const csrf = (await author.get('/desk/story/new')).text.match(/name="csrf" value="([^"]+)/)[1]
		const ask = async (text, lang = 'en') => JSON.parse((await author.post('/desk/copy/hints', { csrf, text, lang })).text)
		const lines = ['Nothing here.', '', '\u{1F9CA} Čaša: utilised art, Utilise <b>']
		const { rules, hints } = await ask(lines.join('\n'))
		assert.equal(rules, 4)
		assert.deepEqual(hints.map(({ line, at, length, with: instead, reason }) => [lines[line].slice(at, at + length), instead, reason]),
			[['art', 'craft', ''], ['utilised', 'use', 'Shorter.'], ['Utilise', 'Use', 'Shorter.']])
		assert.deepEqual(await ask(''), { hints: [], rules: 4 })
		assert.equal((await ask('art\n'.repeat(500))).hints.length, 100)
	})

	test('a rule of one language is for stories in it, and words need no spaces where its script has none', async () => {
		await rule({ pattern: '電腦', suggestion: '電子計算機', lang: '' })
		assert.deepEqual(hintsOf(await write(author, { title: '用電腦寫', lang: 'ja' })), ['電腦 > 電子計算機'])
	})

	test('a rule is changed and removed; the same words again change the rule that there is', async () => {
		await rule({ pattern: 'whilst', suggestion: 'while' })
		const changed = await rule({ pattern: 'whilst', suggestion: 'as', reason: 'Now.' })
		assert.equal(changed.text.split('>whilst<').length, 2)
		assert.match(changed.text, /whilst<[\s\S]*?<td>as<\/td><td>Now\./)
		const id = changed.text.match(/rule=(\d+)"[^>]*>whilst/)[1]
		const form = await editor.get(`/desk/style?rule=${id}`)
		assert.equal((await editor.submit(form, { pattern: 'art' }, {}, { action: '/desk/style' })).status, 422)
		const csrf = form.text.match(/name="csrf" value="([^"]+)/)[1]
		const removed = await editor.post('/desk/style', { csrf, rule: id, pattern: 'whilst', do: 'remove' })
		assert.doesNotMatch(removed.text, />whilst</)
		assert.match((await editor.get('/desk/audit')).text, /Rule of the house style removed/)
	})

	test('what cannot be a rule is refused, and authors cannot change the house style', async () => {
		assert.equal((await rule({ pattern: ' * ' })).status, 422)
		assert.equal((await rule({ pattern: 'x'.repeat(101) })).status, 422)
		assert.equal((await author.get('/desk/style')).status, 403)
	})

	test('hundreds of rules over a long story leave the form quick', async () => {
		for (let i = 0; i < 60; i++)
			await rule({ pattern: `${'a'.repeat(90)}${i}*` })
		const page = await write(author, { title: 'Long', body: `${'a'.repeat(2000)} `.repeat(60) })
		const began = Date.now()
		assert.equal((await author.get(page.url)).status, 200)
		assert.ok(Date.now() - began < 15000)
	})
}
