// The library of pictures: bringing in files that Debian's tools made and worse ones, describing, choosing, replacing, taking out.

import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { decode, formsOf, makeUser, noticeOf, signIn } from '../../lib/desk.mjs'
import { png } from '../../lib/png.mjs'
import { missing, ownRenditions, root, startSite, temporaryFolder, until } from '../../lib/site.mjs'

ownRenditions()

const vips = spawnSync('vips', ['--version']).status === 0
const skip = missing || (vips ? false : 'there is no vips; Debian has it in libvips-tools')
const photo = join(root, 'examples/harbour/pictures/first-ice.webp')

if (skip)
	test('pictures', { skip }, () => {})
else
	tests()

function tests() {
	const folder = temporaryFolder()
	let site, desk

	before(async () => {
		site = await startSite()
		desk = await signIn(site, await makeUser(site, { role: 'editor' }))
	})
	after(async () => {
		await site.stop()
		rmSync(folder, { recursive: true, force: true })
	})

	// The photo as vips writes it, at a size of its own so that no two are the same picture.
	function made(name, width = 400, options = '') {
		const path = join(folder, name)
		execFileSync('vips', ['thumbnail', photo, `${path}${options}`, String(width)])
		return readFileSync(path)
	}

	const file = (bytes, name) => new File([bytes], name)
	const uploadForm = page => formsOf(page.text).find(({ action, method }) => action === '/desk/pictures' && method === 'post')
	const csrf = async () => Object.fromEntries(uploadForm(await desk.get('/desk/pictures')).fields).csrf
	const upload = (page, files) => desk.submit(page, { file: files }, {}, { action: '/desk/pictures' })

	async function send(bytes, name, who = desk) {
		const answer = await who.post('/desk/pictures', { csrf: await csrf(), file: file(bytes, name) },
			{ multipart: true, headers: { Accept: 'application/json' } })
		return { status: answer.status, ...JSON.parse(answer.text) }
	}

	async function picture(name = 'ice.jpg', width = 500 + Math.floor(Math.random() * 400), words = {}) {
		const { id } = await send(made(name, width), name)
		if (Object.keys(words).length > 0)
			await desk.submit(await desk.get(`/desk/pictures/${id}`), words, { do: 'save' }, { action: `/desk/pictures/${id}` })
		return id
	}

	test('every format that is promised comes in, whatever its name says', async () => {
		const files = { 'a.jpg': made('a.jpg', 401), 'a.png': made('a.png', 402), 'a.webp': made('a.webp', 403), 'a.avif': made('a.avif', 404),
			'a.gif': made('a.gif', 405), 'a.heic': made('a.heic', 406), 'really-a-jpeg.png': made('b.jpg', 407),
			'a.svg': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="90"/></svg>') }
		for (const [name, bytes] of Object.entries(files)) {
			const answer = await send(bytes, name)
			assert.equal(answer.status, 201, `${name}: ${answer.error}`)
			assert.deepEqual(['id', 'url', 'width', 'height', 'alt', 'caption', 'credit'].filter(key => !(key in answer)), [])
			assert.equal(answer.name, name)
			const shown = await site.get(answer.url)
			assert.equal(shown.status, 200)
			if (name !== 'a.svg')
				assert.equal(answer.width, 400 + Object.keys(files).indexOf(name) + 1)
		}
	})

	test('what is no good picture is refused by its name and with what to do', async () => {
		const whole = made('c.jpg', 410), zip = Buffer.concat([whole, Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)])
		const svg = inner => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${inner}</svg>`)
		const bad = { 'half.jpg': [whole.subarray(0, 3000), /broken|half/], 'zip.jpg': [zip, /ZIP.*save it anew/],
			'page.jpg': [Buffer.concat([whole, Buffer.from('<script>x()</script>')]), /web page.*save it anew/],
			'text.jpg': [Buffer.from('hello'), /none of JPEG/], 'nothing.jpg': [Buffer.alloc(0), /empty/],
			'bomb.png': [png(15000, 15000), /225\.0 megapixels; 100 are allowed/], 'script.svg': [svg('<script>x()</script>'), /script.*PNG/],
			'out.svg': [svg('<image href="http://example.org/x.png"/>'), /other files.*PNG/] }
		for (const [name, [bytes, why]] of Object.entries(bad)) {
			const answer = await send(bytes, name)
			assert.equal(answer.status, 422, name)
			assert.match(answer.error, why)
			assert.ok(answer.error.startsWith(name), answer.error)
		}
	})

	test('a file over 50 MB is refused', async () => {
		const answer = await send(Buffer.concat([made('d.jpg', 411), Buffer.alloc(50 * 1024 * 1024)]), 'large.jpg')
		assert.equal(answer.status, 422)
		assert.match(answer.error, /^large\.jpg was not taken: .*50 are allowed/)
	})

	test('without scripts several files come in at once, and those that are refused are named', async () => {
		const page = await desk.get('/desk/pictures')
		const good = await upload(page, [file(made('e.jpg', 412), 'e.jpg'), file(made('f.jpg', 413), 'f.jpg')])
		assert.match(noticeOf(good), /pictures are in the library/)
		const mixed = await upload(page, [file(made('g.jpg', 414), 'g.jpg'), file(Buffer.from('x'), 'x.jpg')])
		assert.equal(mixed.status, 422)
		assert.match(noticeOf(mixed), /^x\.jpg was not taken/)
		assert.match(mixed.text, /g\.jpg/)
		const none = await upload(page, new File([], ''))
		assert.match(noticeOf(none), /Choose a file/)
	})

	test('the same picture twice is one', async () => {
		const bytes = made('h.jpg', 415)
		assert.equal((await send(bytes, 'h.jpg')).id, (await send(bytes, 'again.jpg')).id)
	})

	test('a place does not survive in any format', async () => {
		const place = join(folder, 'place.jpg')
		writeFileSync(place, withData(made('l.jpg', 428)))
		for (const ending of ['jpg', 'webp', 'png', 'avif', 'heic']) {
			const path = join(folder, `place-${ending}.${ending}`)
			execFileSync('vips', ['thumbnail', place, path, String(300 + ending.charCodeAt(0))])
			const bytes = readFileSync(path)
			assert.ok(/Exif|eXIf/.test(bytes.toString('latin1')), `${ending} has no Exif to be removed`)
			const answer = await send(bytes, `place.${ending}`)
			assert.equal(answer.status, 201, answer.error)
			const own = readKept(answer.url.match(/[0-9a-f]{64}/)[0])
			for (const trace of ['Exif', 'eXIf', 'EXIF', 'GPS', 'Petra', '8BIM', 'xmpmeta'])
				assert.ok(!own.includes(trace), `${trace} in ${ending}`)
		}
	})

	function readKept(hash) {
		const where = join(site.data, 'media', hash.slice(0, 2))
		return readFileSync(join(where, readdirSync(where).find(name => name.startsWith(hash))))
	}

	// What a camera and an agency write into a file: Exif with a place, IPTC with who made it.
	function withData(bytes) {
		const part = (marker, payload) => {
			const head = Buffer.from([0xff, marker, 0, 0])
			head.writeUInt16BE(payload.length + 2, 2)
			return Buffer.concat([head, payload])
		}
		const tiff = Buffer.alloc(60)
		tiff.write('MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0', 0, 'latin1')
		const record = [[80, 'Petra Aalund'], [110, 'Keld Sea Pictures'], [120, 'The Varg in the ice']].map(([number, text]) =>
			Buffer.concat([Buffer.from([0x1c, 2, number, 0, text.length]), Buffer.from(text)]))
		const data = Buffer.concat(record), head = Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\0', 'latin1')
		head.writeUInt32BE(data.length, head.length - 4)
		return Buffer.concat([bytes.subarray(0, 2), part(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])),
			part(0xed, Buffer.concat([head, data, Buffer.alloc(data.length % 2)])), bytes.subarray(2)])
	}

	test('the credit of a file is proposed, and a person confirms it; its place is nowhere in what is kept', async () => {
		const marked = withData(made('i.jpg', 416))
		assert.ok(marked.includes('Exif'))
		const answer = await send(marked, 'i.jpg')
		assert.deepEqual([answer.credit, answer.caption], ['Petra Aalund/Keld Sea Pictures', 'The Varg in the ice'])
		const page = await desk.get(`/desk/pictures/${answer.id}`)
		assert.match(page.text, /This is what the file says/)
		const saved = await desk.submit(page, { licence: 'agency' }, { do: 'save' })
		assert.match(noticeOf(saved), /Saved/i)
		assert.doesNotMatch(saved.text, /This is what the file says/)
		const files = readdirSync(join(site.data, 'media'), { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
		for (const entry of files) {
			const bytes = readFileSync(join(entry.path, entry.name))
			for (const trace of ['Exif', 'GPS', '8BIM', 'Petra'])
				assert.ok(!bytes.includes(trace), `${trace} in ${entry.name}`)
		}
	})

	test('words, focus and search', async () => {
		const id = await picture('Ångström lighthouse.jpg', 417, { alt: 'A lighthouse at dusk', credit: 'Jonas Thew', licence: 'own',
			'focus-x': '30', 'focus-y': '70' })
		const page = await desk.get(`/desk/pictures/${id}`)
		const values = Object.fromEntries(formsOf(page.text).find(({ action }) => action.endsWith(`/${id}`)).fields)
		assert.deepEqual([values.alt, values.credit, values.licence, values['focus-x'], values['focus-y']],
			['A lighthouse at dusk', 'Jonas Thew', 'own', '30', '70'])
		const nine = await desk.submit(page, { focus: '100 0' }, { do: 'save' })
		assert.match(nine.text, /name="focus-x" value="100"/)
		const wrong = await desk.submit(nine, { 'focus-x': '101', focus: '', 'credit-url': 'javascript:x' }, { do: 'save' })
		assert.equal(wrong.status, 422)
		assert.match(wrong.text, /0 to 100/)
		assert.match(wrong.text, /Write the whole address/)
		for (const [words, found] of [['angstrom', true], ['lightho', true], ['jonas dusk', true], ['jonas dawn', false], ['...', false]]) {
			const page = await desk.get(`/desk/pictures?q=${encodeURIComponent(words)}`, { headers: { Accept: 'application/json' } })
			const answer = JSON.parse(page.text)
			assert.equal(answer.pictures.some(one => one.id === id), found, words)
		}
	})

	test('a script saves words, is told in words what is wrong with them, and leaves the eye where it is', async () => {
		const id = await picture('eye.jpg', 950, { 'focus-x': '20', 'focus-y': '75' })
		const save = async fields => {
			const { base } = JSON.parse((await desk.get(`/desk/pictures/${id}`, { headers: { Accept: 'application/json' } })).text)
			const words = { base, alt: 'Ice', credit: 'Jonas Thew', licence: 'own', ...fields }
			const answer = await desk.post(`/desk/pictures/${id}`, { csrf: await csrf(), do: 'save', ...words },
				{ multipart: true, headers: { Accept: 'application/json' } })
			return { status: answer.status, ...JSON.parse(answer.text) }
		}
		const { status, alt, credit } = await save({})
		assert.deepEqual({ status, alt, credit }, { status: 200, alt: 'Ice', credit: 'Jonas Thew' })
		const [form] = formsOf((await desk.get(`/desk/pictures/${id}`)).text).filter(({ fields }) => fields.some(([name]) => name === 'focus-x'))
		const { 'focus-x': x, 'focus-y': y } = Object.fromEntries(form.fields)
		assert.deepEqual([x, y], ['20', '75'])
		const wrong = await save({ 'credit-url': 'javascript:alert(1)', alt: 'Other' })
		assert.equal(wrong.status, 422)
		assert.match(wrong.error, /\w+ \w+/)
		assert.equal((await save({})).alt, 'Ice')
	})

	test('the worker is killed at a picture, and the next one comes in', async () => {
		const slow = made('slow.avif', 4000, '[effort=0]')
		const kill = () => spawnSync('sh', ['-c', `for p in $(pgrep -P ${site.pid} broadsheet-imag); do kill -9 $p; done`])
		const killer = setInterval(kill, 5)
		const lost = await send(slow, 'slow.avif')
		clearInterval(killer)
		assert.equal(lost.status, 422)
		assert.match(lost.error, /^slow\.avif was not taken: .*broke down/)
		assert.equal((await send(made('j.jpg', 418), 'j.jpg')).status, 201)
	})

	test('a worker that is killed while it has nothing to do costs no picture', async () => {
		assert.equal((await send(made('k.jpg', 419), 'k.jpg')).status, 201)
		const idle = String(spawnSync('pgrep', ['-P', String(site.pid), 'broadsheet-imag']).stdout).trim().split('\n').map(Number)
		assert.ok(idle[0] > 0, 'there is one')
		for (const pid of idle)
			process.kill(pid, 'SIGKILL')
		await setTimeout(50) // the system closes its sockets when it gets to it
		assert.equal((await send(made('l.jpg', 416), 'l.jpg')).status, 201)
	})

	test('pictures that come at once are taken one after another; nobody who reads or signs in waits behind them', async () => {
		const slow = [2401, 2402, 2403, 2404].map(width => made(`${width}.png`, width))
		const token = await csrf()
		let waiting = slow.length
		const answers = slow.map((bytes, i) => desk.post('/desk/pictures', { csrf: token, file: file(bytes, `${i}.png`) },
			{ multipart: true, headers: { Accept: 'application/json' } }).finally(() => waiting--))
		const times = [], began = performance.now()
		await signIn(site, await makeUser(site, { role: 'author' }))
		assert.ok(waiting > 0, 'somebody signed in meanwhile')
		for (let i = 0; waiting > 0; i++) {
			const sent = performance.now()
			assert.equal((await site.get(`/search?q=ice+${i}`)).status, 200)
			if (waiting > 0)
				times.push(performance.now() - sent)
			await setTimeout(20)
		}
		const took = performance.now() - began
		for (const answer of await Promise.all(answers))
			assert.equal(answer.status, 201, answer.text)
		times.sort((a, b) => a - b)
		assert.ok(times.length > 5 && times[Math.floor(times.length / 2)] < Math.min(400, took / 4), times.map(ms => ms.toFixed()).join(' '))
	})

	const start = async (fields, step = 'save') =>
		desk.submit(await desk.get('/desk/story/new'), { title: 'Ice', body: 'Text.', ...fields }, { do: step })
	const storyFields = page => Object.fromEntries(formsOf(page.text).find(form => form.action.startsWith('/desk/story')).fields)

	test('a lead picture is chosen from thumbnails, and brings its words', async () => {
		const words = { alt: 'The harbour', caption: 'Early *ice*', credit: 'Jonas Thew', licence: 'own', syndicate: '1' }
		const id = await picture('harbour-k.jpg', 419, words)
		const form = await desk.get('/desk/story/new')
		const looked = await desk.submit(form, { title: 'Kept', 'image-q': 'harbour-k' }, { look: 'pictures' })
		assert.equal(looked.status, 200)
		assert.equal(storyFields(looked).title, 'Kept')
		assert.match(looked.text, new RegExp(`name="image" value="${id}"`))
		const saved = await desk.submit(looked, { image: String(id), body: 'Text.' }, { do: 'save' })
		const values = storyFields(saved)
		const have = names => names.map(name => values[`image-${name}`])
		assert.equal(values.image, String(id))
		assert.deepEqual(have(['alt', 'caption', 'credit', 'licence', 'syndicate']), ['The harbour', 'Early \\*ice\\*', 'Jonas Thew', 'own', '1'])
		const other = await picture('other.jpg', 420, { alt: 'Another', credit: 'Petra Aalund', licence: 'agency' })
		const changed = storyFields(await desk.submit(saved, { image: String(other), 'image-caption': 'My own' }, { do: 'save' }))
		assert.deepEqual([changed['image-alt'], changed['image-caption'], changed['image-credit'], changed['image-syndicate']],
			['Another', 'My own', 'Petra Aalund', undefined])
		assert.match((await desk.get(`/desk/pictures/${other}`)).text, /Lead of/)
	})

	test('the form of a story with a picture sent twice is one story', async () => {
		const id = await picture('twice.jpg', 421, { alt: 'A', credit: 'B', licence: 'C' })
		const form = await desk.get('/desk/story/new')
		const first = await desk.submit(form, { title: 'Twice', image: String(id) }, { do: 'save' })
		const second = await desk.submit(form, { title: 'Twice', image: String(id) }, { do: 'save' })
		assert.equal(second.status, 200)
		assert.equal(second.url.split('?')[0], first.url.split('?')[0])
	})

	test('a picture without credit and licence is not used, one without words not published', async () => {
		const id = await picture('bare.jpg', 422)
		const refused = await start({ image: String(id) })
		assert.equal(refused.status, 422)
		assert.match(refused.text, /only with a credit/)
		assert.match(refused.text, /only with a licence/)
		const draft = await desk.submit(refused, { 'image-credit': 'Jonas Thew', 'image-licence': 'own' }, { do: 'save' })
		assert.equal(draft.status, 200)
		const unpublished = await desk.submit(draft, {}, { do: 'publish' })
		assert.equal(unpublished.status, 422)
		assert.match(unpublished.text, /need words for it/)
		const published = await desk.submit(unpublished, { 'image-alt': 'Ice' }, { do: 'publish' })
		assert.match(noticeOf(published), /published|public/i)
	})

	const inText = (id, alt) => ({ format: 'html', body: `<p>Text.</p><figure><img src="media:${id}" alt="${alt}">`
		+ '<figcaption>Ice <small class="credit">A</small></figcaption></figure>' })

	test('pictures of the text need words, credit and licence before they are published', async () => {
		const id = await picture('body.jpg', 423)
		const draft = await start({ title: 'Body', ...inText(id, '') })
		assert.equal(draft.status, 200)
		const mute = await desk.submit(draft, {}, { do: 'publish' })
		assert.match(decode(mute.text), /Picture 1 of the text has no words/)
		const bare = await desk.submit(mute, inText(id, 'Ice'), { do: 'publish' })
		assert.match(decode(bare.text), /Picture 1 of the text \(body\.jpg\) has no credit/)
		await desk.submit(await desk.get(`/desk/pictures/${id}`), { credit: 'A', licence: 'B' }, { do: 'save' })
		assert.equal((await desk.submit(bare, {}, { do: 'publish' })).status, 200)
		assert.match((await desk.get(`/desk/pictures/${id}`)).text, /In the text of/)
	})

	test('words that somebody else saved meanwhile are not lost to an older form or a script', async () => {
		const { id, base } = await send(made('both.jpg', 961), 'both.jpg'), path = `/desk/pictures/${id}`
		const json = { multipart: true, headers: { Accept: 'application/json' } }
		const old = await desk.get(path)
		const save = async words => desk.post(path, { csrf: await csrf(), do: 'save', base, ...words }, json)
		const first = await save({ alt: 'Ice on the quay', credit: 'Jonas Thew', licence: 'own' })
		assert.equal(first.status, 200, 'what the upload answered is a base to save upon')
		const refused = await desk.submit(old, { caption: 'Morning' }, { do: 'save' })
		assert.equal(refused.status, 409)
		assert.match(noticeOf(refused), /Somebody else has saved this/)
		assert.match(refused.text, /In the meantime it became: Ice on the quay/)
		const late = await save({ alt: 'x', credit: 'y', licence: 'z' })
		assert.equal(late.status, 409)
		assert.match(JSON.parse(late.text).error, /nothing was done/)
		const stored = JSON.parse((await desk.get(path, { headers: json.headers })).text)
		assert.deepEqual([stored.alt, stored.credit, stored.licence, stored.caption], ['Ice on the quay', 'Jonas Thew', 'own', ''])
		const merged = { alt: stored.alt, credit: stored.credit, licence: stored.licence }
		for (let i = 0; i < 2; i++)
			assert.equal((await desk.submit(refused, merged, { do: 'save' }, { follow: false })).status, 303, 'and sent twice it is saved once')
		assert.equal(JSON.parse((await desk.get(path, { headers: json.headers })).text).caption, 'Morning')
	})

	test('where a picture is used, a story that somebody may not see has no title', async () => {
		const id = await picture('secret.jpg', 962, { alt: 'A', credit: 'B', licence: 'C' })
		await start({ title: 'Topsecret raid', image: String(id) }, 'save')
		assert.match((await desk.get(`/desk/pictures/${id}`)).text, /Topsecret raid/)
		const outsider = await signIn(site, await makeUser(site, { role: 'contributor' })), page = await outsider.get(`/desk/pictures/${id}`)
		assert.doesNotMatch(page.text, /Topsecret|\/desk\/story\/\d/)
		assert.match(page.text, /<ul class="uses">/)
		const { csrf } = Object.fromEntries(formsOf(page.text).find(({ action }) => action === `/desk/pictures/${id}`).fields)
		const refused = await outsider.post(`/desk/pictures/${id}`, { csrf, do: 'replace', file: file(made('raid.jpg', 963), 'raid.jpg') },
			{ multipart: true })
		assert.equal(refused.status, 422)
		assert.match(noticeOf(refused), /which you may not change/)
		assert.doesNotMatch(refused.text, /Topsecret/)
	})

	test('replacing gives the stories the new one, and keeps the words', async () => {
		const words = { alt: 'Old words', credit: 'A', licence: 'B' }
		const id = await picture('old.jpg', 424, words)
		const story = await start({ title: 'Replaced', image: String(id), ...inText(id, 'Ice') }, 'publish')
		assert.equal(story.status, 200, noticeOf(story))
		const done = await desk.post(`/desk/pictures/${id}`, { csrf: await csrf(), do: 'replace', file: file(made('new.jpg', 425), 'new.jpg') },
			{ multipart: true })
		assert.equal(done.status, 200, noticeOf(done))
		const fresh = Number(done.url.match(/pictures\/(\d+)/)[1])
		assert.notEqual(fresh, id)
		assert.match(done.text, /Old words/)
		const values = storyFields(await desk.get(story.url.split('?')[0]))
		assert.equal(values.image, String(fresh))
		assert.match(values.body, new RegExp(`media:${fresh}\\b`))
		// The old one is part of an earlier version.
		const kept = await desk.post(`/desk/pictures/${id}`, { csrf: await csrf(), do: 'delete' })
		assert.equal(kept.status, 422)
		assert.match(noticeOf(kept), /earlier version/)
	})

	test('where the eye goes is on the cards of the paper, without a style of their own', async () => {
		const id = await picture('focus.jpg', 429, { alt: 'A', credit: 'B', licence: 'C' })
		await start({ title: 'Focussed', image: String(id) }, 'publish')
		const card = async () => (await site.get('/')).text.match(/<img [^>]*alt="A"[^>]*>/)?.[0] ?? ''
		await until(20, 'the card', async () => (await card()) !== '')
		assert.doesNotMatch(await card(), /data-focus/)
		await desk.submit(await desk.get(`/desk/pictures/${id}`), { 'focus-x': '20', 'focus-y': '95' }, { do: 'save' })
		await until(20, 'the focus', async () => /data-focus="25 100"/.test(await card()))
		assert.match(await card(), /width="429" height="\d+"/)
		assert.match((await site.get('/')).text, /srcset="\/media/)
		assert.doesNotMatch((await site.get('/')).text, / style="/)
	})

	test('what nobody uses can be deleted, with its file', async () => {
		const answer = await send(made('gone.jpg', 426), 'gone.jpg')
		const hash = answer.url.match(/[0-9a-f]{64}/)[0], path = join(site.data, 'media', hash.slice(0, 2), `${hash}.jpg`)
		assert.ok(existsSync(path))
		const page = await desk.get(`/desk/pictures/${answer.id}`)
		const done = await desk.post(`/desk/pictures/${answer.id}`, { csrf: await csrf(), do: 'delete' })
		assert.match(noticeOf(done), /deleted/)
		assert.ok(!existsSync(path))
		assert.equal((await desk.get(page.url)).status, 404)
		assert.equal((await send(made('gone.jpg', 426), 'gone.jpg')).status, 201)
	})

	test('what stands in an unsaved copy stays in the library until the copy is gone', async () => {
		const remove = async id => desk.post(`/desk/pictures/${id}`, { csrf: await csrf(), do: 'delete' })
		for (const typed of [id => ({ body: `![ice](media:${id})` }), id => ({ body: `<img src="media:${id}" alt="ice">`, format: 'html' }),
			id => ({ image: String(id) })]) {
			const id = await picture('written.jpg')
			const page = await desk.get('/desk/story/new'), fields = storyFields(page)
			const kept = await desk.post('/desk/copy', { ...fields, title: 'Unsaved', ...typed(id) }, { multipart: true })
			assert.equal(kept.status, 200, kept.text)
			assert.equal((await remove(id)).status, 422)
			const other = await desk.post('/desk/copy', { ...fields, title: 'Unsaved', turn: '1', body: `media:${id}0`, image: '' },
				{ multipart: true })
			assert.equal(other.status, 200, other.text)
			assert.match(noticeOf(await remove(id)), /deleted/)
		}
	})

	test('a translator has no reach of pictures, and a form of somebody else is no upload', async () => {
		const translator = await signIn(site, await makeUser(site, { role: 'translator' }))
		assert.equal((await translator.get('/desk/pictures')).status, 403)
		const answer = await desk.post('/desk/pictures', { csrf: await csrf(), file: file(made('k.jpg', 427), 'k.jpg') },
			{ multipart: true, headers: { Origin: 'https://evil.example' } })
		assert.equal(answer.status, 403)
	})
}
