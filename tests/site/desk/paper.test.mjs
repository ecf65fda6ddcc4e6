// The shape of the paper: terms, people, notices, menus, settings and the home page, as editors change them and as readers see it.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { decode, formsOf, makeUser, noticeOf, signIn } from '../../lib/desk.mjs'
import { missing, run, startSite } from '../../lib/site.mjs'

if (missing)
	test('the shape of the paper', { skip: missing }, () => {})
else
	tests()

function tests() {
	let site, desk, admin

	const write = async (fields, step = 'publish') => {
		const page = await desk.submit(await desk.get('/desk/story/new'), fields, { do: step })
		assert.equal(page.status, 200, noticeOf(page))
		return page
	}
	// Finished pages follow what is written at the desk within some hundredths of a second.
	const reader = async path => {
		await setTimeout(300)
		return fetch(site.url + path, { redirect: 'manual' })
	}
	const edit = async (list, name) => {
		const page = await desk.get(list)
		const href = page.text.match(new RegExp(`<a href="([^"]+)">${name}</a>`))?.[1]
		assert.ok(href, `${name} is not listed in ${list}`)
		return desk.get(href)
	}
	const choice = (page, label) => page.text.match(new RegExp(`<option value="(\\d+)"[^>]*>${label}[^<]*</option>`))[1]

	before(async () => {
		site = await startSite()
		desk = await signIn(site, await makeUser(site, { role: 'editor' }))
		admin = await signIn(site, await makeUser(site, { role: 'administrator' }))
		await write({ title: 'Ice on the Harbour', authors: 'Ann Lee', themes: 'Weather', regions: 'Baltic' })
		await write({ title: 'Storm Warning', authors: 'A. Lee', themes: 'The Weather' })
		await write({ title: 'Both at Once', authors: 'Ann Lee\nA. Lee', themes: 'Weather\nThe Weather' })
		await write({ title: 'Eis im Hafen', authors: 'A. Lee', themes: 'The Weather', lang: 'de' })
	})
	after(() => site.stop())

	test('who may shape the paper is as the table of permissions says', async () => {
		for (const role of ['contributor', 'author', 'translator']) {
			const who = await signIn(site, await makeUser(site, { role }))
			for (const path of ['home', 'terms', 'people', 'notices', 'menus', 'settings'])
				assert.equal((await who.get(`/desk/paper/${path}`)).status, 403, `${role} ${path}`)
		}
		assert.equal((await desk.get('/desk/paper/settings')).status, 403)
		assert.equal((await admin.get('/desk/paper/settings')).status, 200)
	})

	test('a term is renamed, and its old address, pages and feeds lead to the new one', async () => {
		const page = await edit('/desk/paper/terms?of=region', 'Baltic')
		const done = await desk.submit(page, { 'name-en': 'Baltic Sea', slug: 'baltic-sea', code: 'm49:154',
			description: 'Between *nine* countries.' }, { do: 'save' })
		assert.match(noticeOf(done), /Saved/)
		assert.equal((await reader('/region/baltic')).status, 301)
		assert.equal((await reader('/region/baltic')).headers.get('location'), '/region/baltic-sea')
		assert.equal((await reader('/region/baltic/feed.xml')).headers.get('location'), '/region/baltic-sea/feed.xml')
		const shown = await (await reader('/region/baltic-sea')).text()
		assert.match(shown, /Baltic Sea/)
		assert.match(shown, /Between <em>nine<\/em> countries/)
		const story = (await (await reader('/')).text()).match(/href="(\/\d+\/\d+\/ice-on-the-harbour)"/)[1]
		assert.match(await (await reader(story)).text(), /\/region\/baltic-sea/)
	})

	test('nobody else gets an address that leads elsewhere', async () => {
		const page = await desk.submit(await desk.get('/desk/paper/terms/new?of=region'), { 'name-en': 'Another', slug: 'baltic' }, { do: 'save' })
		assert.equal(page.status, 422)
		assert.match(page.text, /This address leads to something else/)
		const fresh = await write({ title: 'Named as Before', regions: 'Baltic' })
		assert.equal(fresh.status, 200)
		assert.match(await (await reader('/region/baltic-sea')).text(), /Named as Before/)
	})

	test('two who change one term do not overwrite each other', async () => {
		const first = await edit('/desk/paper/terms?of=region', 'Baltic Sea')
		const second = await edit('/desk/paper/terms?of=region', 'Baltic Sea')
		await desk.submit(first, { code: 'm49:150' }, { do: 'save' })
		const clash = await desk.submit(second, { code: 'm49:151' }, { do: 'save' })
		assert.equal(clash.status, 409)
		assert.match(clash.text, /In the meantime it became: m49:150/)
		assert.match(clash.text, /value="m49:151"/)
		const again = await desk.submit(clash, {}, { do: 'save' })
		assert.match(noticeOf(again), /Saved/)
		assert.match(again.text, /value="m49:151"/)
	})

	test('what is wrong in a term is said at its field, and nothing is saved', async () => {
		const page = await edit('/desk/paper/terms?of=theme', 'Weather')
		const wrong = await desk.submit(page, { slug: 'No Slug', code: 'x', colour: 'red' }, { do: 'save' })
		assert.equal(wrong.status, 422)
		assert.match(wrong.text, /Small letters, digits/)
		assert.match(wrong.text, /This is neither/)
		assert.equal((await reader('/theme/weather')).status, 200)
	})

	test('two terms are merged: every story moves, once, in every language, and the old address leads there', async () => {
		const page = await edit('/desk/paper/terms?of=theme', 'The Weather')
		const unsure = await desk.submit(page, { into: choice(page, 'Weather') }, { do: 'merge' })
		assert.equal(unsure.status, 422)
		const done = await desk.submit(page, { into: choice(page, 'Weather'), sure: '1' }, { do: 'merge' })
		assert.match(noticeOf(done), /The two are one now/)
		const list = await (await reader('/theme/weather')).text()
		for (const title of ['Ice on the Harbour', 'Storm Warning', 'Both at Once'])
			assert.equal(list.split(`>${title}<`).length, 2, title)
		assert.match(list, /3 stories/)
		assert.match(await (await reader('/de/theme/weather')).text(), /Eis im Hafen/)
		for (const path of ['', '/feed.xml', '/feed.atom', '/feed.json']) {
			const answer = await reader(`/theme/the-weather${path}`)
			assert.equal(answer.status, 301, path)
			assert.equal(answer.headers.get('location'), `/theme/weather${path}`)
		}
		assert.equal((await reader('/de/theme/the-weather')).headers.get('location'), '/de/theme/weather')
	})

	test('a story that named the old term is saved as it was shown, and keeps the new one', async () => {
		const list = await desk.get('/desk/?q=storm')
		const story = await desk.get(list.text.match(/href="(\/desk\/story\/\d+)"/)[1])
		const saved = await desk.submit(story, { subtitle: 'Again' }, { do: 'save' })
		assert.equal(saved.status, 200, noticeOf(saved))
		assert.match(await (await reader('/theme/weather')).text(), /Storm Warning/)
	})

	test('nothing is merged or removed that somebody else has changed meanwhile; what was chosen stays chosen', async () => {
		const make = async (list, fields) => desk.submit(await desk.get(`/desk/paper/${list}`), fields, { do: 'save' })
		const tag = name => make('terms/new?of=tag', { 'name-en': name }), person = name => make('people/new', { name, job: 'Ice' })
		const pairs = [[await tag('Squall'), { 'name-en': 'Squalls' }, await tag('Gale')],
			[await person('Una Bay'), { job: 'Tides' }, await person('Ulf Bay')]]
		const formOf = (page, what) =>
			Object.fromEntries(formsOf(page.text).find(form => form.buttons.some(({ value }) => value === what)).fields)
		for (const [shown, change, other] of pairs) {
			const into = other.url.match(/(\d+)\?/)[1], stale = await desk.get(shown.url.split('?')[0])
			await desk.submit(stale, change, { do: 'save' })
			for (const [what, fields] of [['merge', { into, sure: '1' }], ['remove', {}]]) {
				const refused = await desk.post(stale.url, { ...formOf(stale, what), ...fields, do: what })
				assert.equal(refused.status, 409, what)
				assert.match(noticeOf(refused), /changed this in the meantime, so nothing was done/)
				assert.ok(Object.values(change).every(value => refused.text.includes(`value="${value}"`)), 'it shows what it is now')
				assert.equal((await desk.get(stale.url)).status, 200)
			}
			const refused = await desk.post(stale.url, { ...formOf(stale, 'merge'), into, sure: '1', do: 'merge' })
			assert.equal(formOf(refused, 'merge').into, into)
			const third = await desk.get(other.url.split('?')[0])
			await desk.post(third.url, { ...formOf(third, 'remove'), do: 'remove' })
			const gone = await desk.post(stale.url, { ...formOf(refused, 'merge'), into, sure: '1', do: 'merge' })
			assert.match(noticeOf(gone), /not there any more/)
			assert.match(noticeOf(await desk.post(stale.url, { ...formOf(gone, 'remove'), do: 'remove' })), /removed/)
		}
	})

	test('a term is removed when nothing uses it, and not before', async () => {
		const made = await desk.submit(await desk.get('/desk/paper/terms/new?of=tag'), { 'name-en': 'Passing' }, { do: 'save' })
		assert.match(made.url, /\/desk\/paper\/terms\/\d+/)
		assert.match(noticeOf(await desk.submit(made, {}, { do: 'remove' })), /removed/)
		const used = await edit('/desk/paper/terms?of=theme', 'Weather')
		assert.doesNotMatch(used.text, /value="remove"/)
		const refused = await desk.submit(used, {}, { do: 'remove' })
		assert.equal(refused.status, 422)
		assert.equal((await reader('/theme/weather')).status, 200)
	})

	test('two persons are merged: bylines, cards, lists and the old address', async () => {
		const page = await edit('/desk/paper/people', 'A. Lee')
		const done = await desk.submit(page, { into: choice(page, 'Ann Lee'), sure: '1' }, { do: 'merge' })
		assert.match(noticeOf(done), /The two are one now/)
		assert.equal((await reader('/author/a-lee')).headers.get('location'), '/author/ann-lee')
		assert.equal((await reader('/de/author/a-lee/feed.xml')).headers.get('location'), '/de/author/ann-lee/feed.xml')
		const list = await (await reader('/author/ann-lee')).text()
		assert.match(list, /Storm Warning/)
		assert.equal(list.split('>Both at Once<').length, 2)
		assert.doesNotMatch(await (await reader('/')).text(), /A\. Lee/)
	})

	test('a person is described, renamed, and refused what cannot be', async () => {
		const page = await edit('/desk/paper/people', 'Ann Lee')
		const wrong = await desk.submit(page, { url: 'nowhere', email: 'nobody' }, { do: 'save' })
		assert.equal(wrong.status, 422)
		const done = await desk.submit(page, { name: 'Anna Lee', slug: 'anna-lee', job: 'Ice reporter', bio: 'Has seen *much* ice.' }, { do: 'save' })
		assert.match(noticeOf(done), /Saved/)
		assert.equal((await reader('/author/ann-lee')).headers.get('location'), '/author/anna-lee')
		assert.equal((await reader('/author/a-lee')).headers.get('location'), '/author/anna-lee')
		assert.match(await (await reader('/author/anna-lee')).text(), /Has seen <em>much<\/em> ice/)
		assert.match(await (await reader('/')).text(), /Anna Lee/)
	})

	test('a name that is new to the paper renames nobody, and is one in whatever spelling', async () => {
		await write({ title: 'Old Names', authors: 'Ján Novák', tags: 'C\nÉconomie' })
		await write({ title: 'New Names', authors: 'Jan Novak', tags: 'C#\nC\nEconomie\nc#\nC++\nECONOMIE' })
		const named = async title => {
			const front = await (await reader('/')).text(), href = front.match(new RegExp(`href="([^"]+)"[^>]*>${title}<`))[1]
			const html = await (await reader(href)).text()
			const links = html.matchAll(/href="(\/(?:author|tag)\/[^"]+)"[^>]*>(?!More by)([^<]+)</g)
			return [...new Set([...links].map(([, to, name]) => `${to} ${name}`))]
		}
		assert.deepEqual((await named('Old Names')).sort(), ['/author/jan-novak Ján Novák', '/tag/c C', '/tag/economie Économie'])
		assert.deepEqual((await named('New Names')).sort(), ['/author/jan-novak-2 Jan Novak', '/tag/c C', '/tag/c-plus-plus C++', '/tag/c-sharp C#',
			'/tag/economie-2 Economie'])
	})

	test('the home page is prepared, looked at, and published at once', async () => {
		const lead = async () => (await (await reader('/')).text()).match(/<div class="lead">[\s\S]*?<h\d[^>]*>[\s\S]*?>([^<]+)</)[1]
		let page = await desk.get('/desk/paper/home')
		const id = title => page.text.match(new RegExp(`<option value="([0-9a-f]{16})"[^>]*>${title}<`))[1]
		const [first, second] = [id('Storm Warning'), id('Both at Once')]
		const before = await lead()
		page = await desk.submit(page, { story: first }, { do: 'add' })
		assert.match(noticeOf(page), /Readers do not see it yet/)
		page = await desk.submit(page, { story: second }, { do: 'add' })
		const stale = page
		for (const place of [1, 2, 0, 3, -1, '', 'x']) // the last that there is counts
			page = await desk.submit(page, {}, { do: `to:${place}:story:${second}` })
		assert.match((await desk.get('/desk/paper/home/preview')).text, /<div class="lead">[\s\S]*?Storm Warning/)
		page = await desk.submit(page, {}, { do: `to:1:story:${second}` })
		assert.match((await desk.get('/desk/paper/home/preview')).text, /<div class="lead">[\s\S]*?Both at Once/)
		assert.equal(await lead(), before)
		const clash = await desk.submit(stale, {}, { do: `drop:story:${second}` })
		assert.equal(clash.status, 409)
		const kept = (await reader('/theme/weather')).headers.get('etag')
		page = await desk.submit(page, {}, { do: 'publish' })
		assert.match(noticeOf(page), /Readers see it now/)
		assert.equal(await lead(), 'Both at Once')
		const href = (await (await reader('/')).text()).match(/<div class="lead">[\s\S]*?<h\d[^>]*>\s*<a href="([^"]+)"/)[1]
		assert.equal((await reader(href)).status, 200)
		assert.equal((await reader('/theme/weather')).headers.get('etag'), kept)
		page = await desk.submit(page, { section: 'weather' }, { do: 'add' })
		page = await desk.submit(page, {}, { do: 'publish' })
		assert.match(page.text, /As readers see it/)
		page = await desk.submit(page, {}, { do: `drop:story:${second}` })
		page = await desk.submit(page, {}, { do: 'discard' })
		assert.match(await lead(), /Both at Once/)
	})

	test('menus take the place of those that the paper makes, in order of their numbers, and can be taken away again', async () => {
		const page = await desk.get('/desk/paper/menus')
		const wrong = await desk.submit(page, { 'header-0-to': 'javascript:alert(1)' }, { do: 'save' })
		assert.equal(wrong.status, 422)
		const done = await desk.submit(page, { 'header-0-to': '/archive', 'header-0-label': 'Everything', 'header-0-place': '2',
			'header-1-to': '/theme/weather', 'header-1-place': '1', 'footer-0-to': 'https://example.org/', 'footer-0-label': 'Friends' },
		{ do: 'save' })
		assert.match(noticeOf(done), /Saved/)
		const html = await (await reader('/')).text()
		assert.ok(html.indexOf('>Weather<') < html.indexOf('>Everything<'), 'in order')
		assert.match(html, /href="https:\/\/example\.org\/"[^>]*>Friends</)
		const term = await edit('/desk/paper/terms?of=theme', 'Weather')
		await desk.submit(term, { slug: 'the-sky', 'name-en': 'Sky' }, { do: 'save' })
		assert.match(await (await reader('/')).text(), /href="\/theme\/the-sky"[^>]*>Sky</)
		await desk.submit(await desk.get('/desk/paper/menus'), { 'header-0-to': '', 'header-1-to': '', 'footer-0-to': '' }, { do: 'save' })
		assert.doesNotMatch(await (await reader('/')).text(), />Everything</)
	})

	test('the entries of a menu have labels in every language, and none is lost on the way', async () => {
		const labels = 'ar: كل شيء\nde: Alles\nzh-Hant: 全部'
		const wrong = await desk.submit(await desk.get('/desk/paper/menus'), { 'header-0-to': '/archive', 'header-0-label': 'Everything',
			'header-0-labels': 'de: Alles\nAlles', 'header-1-to': '/search', 'header-1-labels': 'de: Suche\nde: Suchen' }, { do: 'save' })
		assert.equal(wrong.status, 422)
		assert.match(wrong.text, /“Alles” is no label/)
		assert.match(wrong.text, /“de: Suchen” is no label, or a second one/)
		assert.match(wrong.text, />de: Alles\nAlles<\/textarea>/)
		await desk.submit(wrong, { 'header-0-labels': labels, 'header-1-to': '', 'header-1-labels': '' }, { do: 'save' })
		const page = await desk.get('/desk/paper/menus')
		assert.equal(decode(page.text.match(/name="header-0-labels"[^>]*>([^<]*)</)[1]), labels)
		await desk.submit(page, { 'footer-0-to': '/search' }, { do: 'save' })
		const { stdout } = await run(['set', '--data', site.data, 'menu.header'])
		assert.match(stdout, /"ar":"كل شيء","de":"Alles","en":"Everything","zh-Hant":"全部"/)
		await desk.submit(await desk.get('/desk/paper/menus'), { 'header-0-to': '', 'footer-0-to': '' }, { do: 'save' })
	})

	test('each setting that is refused says at its field what is wrong and what would do, with what was typed', async () => {
		const page = await admin.get('/desk/paper/settings')
		const typed = { name: ' ', url: 'nowhere', timezone: 'Europe/Nowhere', 'contact.email': 'post at home', 'translation.share': '80%',
			channels: 'Mastodon https://example.social/@us\n\nnothing', tagline: 'x'.repeat(16385) }
		const wrong = await admin.submit(page, typed, { do: 'save' })
		assert.equal(wrong.status, 422)
		const fault = name => decode(wrong.text.match(new RegExp(`id="e-${name}">([^<]*)<`))?.[1] ?? '')
		assert.match(fault('name'), /cannot be empty: every page shows it/)
		assert.match(fault('url'), /“nowhere” is no address of a site. Write it as https:/)
		assert.match(fault('timezone'), /“Europe\/Nowhere” is no time zone. Write a continent and a city/)
		assert.match(fault('contact.email'), /“post at home” is no e-mail address. Write it as name@example.org/)
		assert.match(fault('translation.share'), /“80%” is no share. Write a whole number from 1 to 100/)
		assert.match(fault('channels'), /in place 2 is not complete. Write a name, a space, and an address/)
		assert.match(fault('tagline'), /longer than 16384 bytes/)
		assert.equal(wrong.text.match(/class="fault"/g).length, Object.keys(typed).length)
		assert.match(wrong.text, /<input [^>]*name="timezone"[^>]*aria-invalid="true" aria-describedby="e-timezone h-timezone"/,
			'it is read out with the field')
		const fields = Object.fromEntries(formsOf(wrong.text).find(form => form.fields.some(([name]) => name === 'url')).fields)
		for (const [name, value] of Object.entries(typed))
			assert.equal(fields[name], value, `what was typed as ${name} stays`)
		const slash = await admin.submit(page, { url: 'https://example.org/' }, { do: 'save' })
		assert.match(decode(slash.text), /must not end with a slash. Write https:\/\/example.org instead/)
		const forged = await admin.submit(page, { 'translation.approval': 'perhaps' }, { do: 'save' })
		assert.match(decode(forged.text), /“perhaps” is none of what can be chosen here/)
		assert.doesNotMatch((await admin.get('/desk/paper/settings')).text, /nowhere/)
	})

	test('an entry of a menu is not taken away while somebody else changes it', async () => {
		const first = await desk.get('/desk/paper/menus'), second = await desk.get('/desk/paper/menus')
		await desk.submit(first, { 'footer-0-to': '/search', 'footer-0-en': 'Search' }, { do: 'save' })
		const clash = await desk.submit(second, { 'footer-0-to': '', 'footer-0-en': '' }, { do: 'save' })
		assert.equal(clash.status, 409)
		assert.match(clash.text, /In the meantime it became: \/search/)
		await desk.submit(clash, {}, { do: 'save' })
		assert.doesNotMatch((await desk.get('/desk/paper/menus')).text, /value="\/search" list/)
	})

	test('settings are changed by the same checks as on the command line', async () => {
		const page = await admin.get('/desk/paper/settings')
		const labels = [...page.text.matchAll(/<label [^>]*>([^<]*)</g)].map(([, text]) => text)
		assert.deepEqual(labels.filter(text => /^[a-z]+(\.[a-z]+)*$/.test(text)), [], 'each setting has words of its own')
		assert.match(page.text, /<select [^>]*name="translation\.approval"[^>]*>\s*<option value="off" selected>/)
		const done = await admin.submit(page, { name: 'The Harbour Post', 'name.de': 'Hafenpost', tagline: 'Ice and tide',
			channels: 'Mastodon https://example.social/@us' }, { do: 'save' })
		assert.match(noticeOf(done), /Saved/)
		assert.match(await (await reader('/')).text(), /The Harbour Post[\s\S]*Ice and tide[\s\S]*https:\/\/example\.social\/@us/)
		assert.match(await (await reader('/de/')).text(), /Hafenpost/)
	})

	test('a notice is written, looked at, placed by a rule, and said in another language', async () => {
		const fresh = await desk.get('/desk/paper/notices/new')
		const look = await desk.submit(fresh, { slug: 'weather-note', body: 'The weather <script>x</script> is *as it is*.' }, { do: 'preview' })
		assert.match(look.text, /is <em>as it is<\/em>/)
		assert.doesNotMatch(look.text, /<script>x/)
		const wrong = await desk.submit(fresh, { slug: 'weather-note', body: 'Text', applies: 'rule', rule: 'nonsense' }, { do: 'save' })
		assert.equal(wrong.status, 422)
		const made = await desk.submit(fresh, { slug: 'weather-note', body: 'The weather is as it is.',
			applies: 'rule', rule: 'theme:the-sky' }, { do: 'save' })
		assert.match(noticeOf(made), /Saved/)
		const story = (await (await reader('/')).text()).match(/href="(\/\d+\/\d+\/ice-on-the-harbour)"/)[1]
		assert.match(await (await reader(story)).text(), /The weather is as it is/)
		const term = await edit('/desk/paper/terms?of=theme', 'Sky')
		await desk.submit(term, { slug: 'sky' }, { do: 'save' })
		assert.match(await (await reader(story)).text(), /The weather is as it is/)
		const german = await desk.get('/desk/paper/notices/weather-note?lang=de')
		assert.match(german.text, /theme:sky/)
		await desk.submit(german, { body: 'Das Wetter ist, wie es ist.' }, { do: 'save' })
		assert.match((await desk.get('/desk/paper/notices')).text, /Das Wetter ist/)
		const listed = await desk.submit(await desk.get('/desk/paper/notices/new'), { slug: 'raw-key',
			body: 'Called by how it begins.' }, { do: 'save' })
		assert.match(noticeOf(listed), /Saved/)
		assert.match((await desk.get('/desk/story/new')).text, /<label for="n-raw-key">Called by how it begins\.<\/label>/)
	})

	test('a notice is removed once it was said what shows it; stories that named it are worked on as before', async () => {
		const create = fields => desk.get('/desk/paper/notices/new').then(page => desk.submit(page, fields, { do: 'save' }))
		await create({ slug: 'tide-note', body: 'Tides may differ.' })
		await create({ slug: 'all-note', body: 'Printed on no paper.', applies: 'all' })
		const story = await write({ title: 'High Tide', notices: 'tide-note' })
		const path = (await (await reader('/')).text()).match(/href="(\/\d+\/\d+\/high-tide)"/)[1]
		assert.match(await (await reader(path)).text(), /Tides may differ[\s\S]*Printed on no paper|Printed on no paper[\s\S]*Tides may differ/)
		const buttonOf = page => Object.fromEntries(formsOf(page.text).find(form => form.buttons.some(({ value }) => value === 'remove')).fields)
		const remove = (page, fields) => desk.post(page.url, { ...buttonOf(page), ...fields, do: 'remove' })

		const page = await desk.get('/desk/paper/notices/tide-note?lang=en')
		assert.match(page.text, /1 story names it or has it in its text[\s\S]*>High Tide<\/a>/)
		assert.doesNotMatch(page.text, /stands by itself/)
		const unsure = await remove(page, {})
		assert.equal(unsure.status, 422)
		assert.match(noticeOf(unsure), /tick the box/)
		await desk.submit(await desk.get(page.url), { body: 'Tides do differ.' }, { do: 'save' })
		const stale = await remove(page, { sure: '1' })
		assert.equal(stale.status, 409)
		assert.match(stale.text, /Tides do differ/)
		assert.match(noticeOf(await remove(stale, { sure: '1' })), /removed/)
		assert.equal((await desk.get('/desk/paper/notices/tide-note')).status, 404)
		assert.doesNotMatch(await (await reader(path)).text(), /Tides do differ/)

		const all = await desk.get('/desk/paper/notices/all-note?lang=en')
		assert.match(all.text, /No story names it/)
		assert.match(noticeOf(all), /stands by itself in these stories: All. All of them lose it at once/)
		await remove(all, { sure: '1' })
		assert.doesNotMatch(await (await reader(path)).text(), /Printed on no paper/)

		const at = story.url.split('?')[0]
		const saved = await desk.submit(await desk.get(at), { subtitle: 'Later' }, { do: 'save' })
		assert.equal(saved.status, 200, noticeOf(saved))
		const revisions = await desk.get(`${at}/revisions`)
		const form = formsOf(revisions.text).find(form => /revisions$/.test(form.action))
		const restored = await desk.post(form.action, { ...Object.fromEntries(form.fields) })
		assert.equal(restored.status, 200, noticeOf(restored))
		assert.equal((await fetch(`${site.url}${path}`)).status, 200)
		assert.equal((await run(['verify', '--data', site.data])).status, 0)
	})

	test('the log says who did it', async () => {
		const log = (await desk.get('/desk/audit')).text
		assert.match(log, /Merged a term into/)
		assert.match(log, /theme\/the-weather/)
		assert.match(log, /Merged a person into/)
		assert.match(log, /Changed a person/)
		for (const what of ['Published the home page', 'Changed a menu', 'Changed a setting to', 'Made a notice'])
			assert.ok(log.includes(what), what)
	})
}
