// Whose byline an account writes under: who may say so, and what somebody may see and work on because of it.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { decode, formsOf, makeUser, noticeOf, signIn } from '../../lib/desk.mjs'
import { missing, run, startSite } from '../../lib/site.mjs'

if (missing)
	test('bylines of accounts', { skip: missing }, () => {})
else
	tests()

function tests() {
	let site, admin, editor

	before(async () => {
		site = await startSite()
		admin = await signIn(site, await makeUser(site, { role: 'administrator' }))
		editor = await signIn(site, await makeUser(site, { role: 'editor' }))
		for (const slug of ['jo-hart', 'jo-hart-2'])
			await editor.submit(await editor.get('/desk/paper/people/new'), { name: 'Jo Hart', slug }, { do: 'save' })
	})
	after(() => site.stop())

	const storyBy = async (title, authors) => {
		const page = await editor.submit(await editor.get('/desk/story/new'), { title, authors }, { do: 'save' })
		assert.match(page.url, /^\/desk\/story\/\d+/)
		return page.url.split('?')[0]
	}
	const pageOf = async user => {
		const list = await admin.get('/desk/accounts')
		return admin.get(list.text.match(new RegExp(`href="(/desk/accounts/[^"]+)">${user.email.split('@')[0]}<`))[1])
	}
	const fieldOf = (page, name) => Object.fromEntries(formsOf(page.text).flatMap(form => form.fields))[name]
	const user = (...args) => run(['user', ...args, '--data', site.data])
	const listed = async email => JSON.parse((await user('list', '--json')).stdout).users.find(user => user.email === email)

	test('an administrator says it by name, and from then on the stories of that person are the contributor’s own', async () => {
		const story = await storyBy('Under the Ice', 'Mia Frost'), contributor = await makeUser(site, { role: 'contributor' })
		const desk = await signIn(site, contributor)
		assert.equal((await desk.get(story)).status, 403)
		assert.doesNotMatch((await desk.get('/desk/')).text, /Under the Ice/)

		const done = await admin.submit(await pageOf(contributor), { byline: ' Mia Frost ' }, { do: 'save' })
		assert.match(noticeOf(done), /Saved/)
		assert.equal(fieldOf(done, 'byline'), 'Mia Frost')
		assert.match((await admin.get('/desk/accounts')).text, /<td>Mia Frost<\/td>/)
		assert.match((await editor.get('/desk/paper/people')).text, new RegExp(`Mia Frost[\\s\\S]*${contributor.email.split('@')[0]}`))
		assert.match((await desk.get('/desk/')).text, /Under the Ice/)
		const page = await desk.get(story)
		assert.equal(page.status, 200)
		const saved = await desk.submit(page, { subtitle: 'By its author' }, { do: 'save' })
		assert.equal(saved.status, 200, noticeOf(saved))
		assert.match((await editor.get(story)).text, /By its author/)
		assert.doesNotMatch(page.text, /value="publish"/, 'and may do no more with them than a contributor may')

		await admin.submit(await pageOf(contributor), { byline: '' }, { do: 'save' })
		assert.equal((await desk.get(story)).status, 403)
		assert.doesNotMatch((await desk.get('/desk/')).text, /Under the Ice/)
	})

	test('an author publishes what stands under their byline, and nothing else', async () => {
		const author = await makeUser(site, { role: 'author' })
		const own = await storyBy('Thaw', 'Kai Berg'), other = await storyBy('Frost', 'Somebody Else')
		const desk = await signIn(site, author)
		assert.equal((await user('byline', author.email, 'kai-berg')).status, 0)
		const page = await desk.submit(await desk.get(own), {}, { do: 'publish' })
		assert.equal(page.status, 200, noticeOf(page))
		assert.match(page.text, /published/i)
		const { fields } = formsOf((await editor.get(other)).text).find(form => form.fields.some(([name]) => name === 'title'))
		const forged = { ...Object.fromEntries(fields), csrf: fieldOf(await desk.get('/desk/me'), 'csrf'), do: 'publish' }
		assert.equal((await desk.post(other, forged, { multipart: true })).status, 403)
	})

	test('nobody who is not there, and no name that several have, is taken; what was typed stays', async () => {
		const author = await makeUser(site, { role: 'author' })
		const nobody = await admin.submit(await pageOf(author), { name: 'Renamed', byline: 'Nobody Here' }, { do: 'save' })
		assert.equal(nobody.status, 422)
		assert.match(nobody.text, /nobody of this name yet/)
		assert.deepEqual([fieldOf(nobody, 'byline'), fieldOf(nobody, 'name')], ['Nobody Here', 'Renamed'])
		assert.notEqual((await listed(author.email)).name, 'Renamed')
		const several = await admin.submit(nobody, { byline: 'Jo Hart' }, { do: 'save' })
		assert.equal(several.status, 422)
		assert.match(decode(several.text), /Several people have this name.*jo-hart/)
		const done = await admin.submit(several, { byline: 'jo-hart-2' }, { do: 'save' })
		assert.match(noticeOf(done), /Saved/)
		assert.equal((await listed(author.email)).byline, 'jo-hart-2')
		const shown = await admin.get(done.url)
		assert.equal(fieldOf(shown, 'byline'), 'jo-hart-2', 'which of them it is can be seen')
	})

	test('who reaches every story says it of themselves; others read it, and a form that says more changes nothing', async () => {
		const me = await makeUser(site, { role: 'editor' })
		const desk = await signIn(site, me)
		const wrong = await desk.submit(await desk.get('/desk/me'), { byline: 'Nobody Here' }, {}, { action: '/desk/me' })
		assert.equal(wrong.status, 422)
		assert.equal(fieldOf(wrong, 'byline'), 'Nobody Here')
		const done = await desk.submit(wrong, { byline: 'jo-hart' }, {}, { action: '/desk/me' })
		assert.match(noticeOf(done), /Saved/)
		assert.equal((await listed(me.email)).byline, 'jo-hart')

		for (const role of ['contributor', 'author', 'translator']) {
			const other = await makeUser(site, { role }), theirs = await signIn(site, other)
			const page = await theirs.get('/desk/me')
			assert.match(page.text, /No byline is yours yet/)
			assert.equal(fieldOf(page, 'byline'), undefined)
			await theirs.submit(page, { byline: 'jo-hart' }, {}, { action: '/desk/me' })
			assert.equal((await listed(other.email)).byline, '', role)
			await user('byline', other.email, 'jo-hart')
			assert.match((await theirs.get('/desk/me')).text, /You write under the byline of <a href="\/author\/jo-hart">Jo Hart/)
			await theirs.submit(await theirs.get('/desk/me'), { name: 'Still Hart' }, {}, { action: '/desk/me' })
			assert.equal((await listed(other.email)).byline, 'jo-hart', 'changing one’s name leaves it')
		}
	})

	test('the command line says it, takes it away, and says what is wrong', async () => {
		const author = await makeUser(site, { role: 'author' })
		assert.equal((await user('byline', author.email, 'jo-hart')).status, 0)
		assert.match((await user('list')).stdout, new RegExp(`${author.email}.*\\(byline jo-hart\\)`))
		const several = await user('byline', author.email, 'Jo Hart')
		assert.equal(several.status, 1)
		assert.match(several.stderr, /several people are called 'Jo Hart'.*'jo-hart' or 'jo-hart-2'/)
		const nobody = await user('byline', author.email, 'Nobody')
		assert.equal(nobody.status, 1)
		assert.match(nobody.stderr, /nobody 'Nobody'/)
		assert.equal((await user('byline', author.email)).status, 2)
		assert.equal((await user('byline', '--nobody', author.email)).status, 0)
		assert.equal((await listed(author.email)).byline, '')
		const log = (await admin.get('/desk/audit')).text.match(/<tr><th scope="row">[\s\S]*?<\/tr>/g)
		assert.match(log[0], /Byline changed[\s\S]*command line/)
		assert.equal((await run(['verify', '--data', site.data])).status, 0)
	})

	test('somebody whose byline an account has is not removed, and takes it along when merged', async () => {
		const author = await makeUser(site, { role: 'author' })
		const made = await editor.submit(await editor.get('/desk/paper/people/new'), { name: 'Old Name', job: 'Reporter' }, { do: 'save' })
		await user('byline', author.email, 'old-name')
		assert.equal((await editor.submit(made, {}, { do: 'remove' })).status, 422)
		const page = await editor.get(made.url)
		const into = page.text.match(/<option value="(\d+)"[^>]*>Jo Hart \(jo-hart\)/)[1]
		const done = await editor.submit(page, { into, sure: '1' }, { do: 'merge' })
		assert.match(noticeOf(done), /The two are one now/)
		assert.equal((await listed(author.email)).byline, 'jo-hart')
	})
}
