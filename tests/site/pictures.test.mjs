// Pictures: what broadsheet-image makes of what comes in, and what a reader is served. The program is spoken to as the server
// does (src/base/frame.h), with files that libvips, the same as in the program, wrote for the purpose, and with worse ones.

import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { deflateSync } from 'node:zlib'
import { missing, ownRenditions, program, root, run, startSite, temporaryFolder, until } from '../lib/site.mjs'
import { frontMatter } from '../lib/import.mjs'
import { crc32 } from '../lib/png.mjs'

ownRenditions()

const image = program && join(dirname(program), 'broadsheet-image')
const skip = missing || (existsSync(image) ? false : 'there is no broadsheet-image beside the program')
const [TAKE, RENDER] = [1, 2]
const [WELL, REFUSED] = [0, 1]
const folder = temporaryFolder()
let photo // 1600 x 1067 WebP of the demo newsroom
let worker

before(() => { photo = readFileSync(join(root, 'examples/harbour/pictures/first-ice.webp')) })
after(() => {
	worker?.kill()
	rmSync(folder, { recursive: true, force: true })
})

function frame(operation, text, bytes) {
	const head = Buffer.alloc(16)
	head.writeUInt32BE(operation, 0)
	head.writeUInt32BE(Buffer.byteLength(text), 4)
	head.writeBigUInt64BE(BigInt(bytes.length), 8)
	return Buffer.concat([head, Buffer.from(text), bytes])
}

// One process for all of it, as in the server: what one picture does to it the next would notice.
function ask(operation, text, bytes) {
	worker ??= spawn(image, [], { stdio: ['pipe', 'pipe', 'inherit'] })
	return new Promise((done, fail) => {
		let got = Buffer.alloc(0)
		const dead = () => fail(new Error('broadsheet-image died'))
		const take = chunk => {
			got = Buffer.concat([got, chunk])
			if (got.length < 16) return
			const textLength = got.readUInt32BE(4), length = 16 + textLength + Number(got.readBigUInt64BE(8))
			if (got.length < length) return
			worker.stdout.off('data', take)
			worker.off('exit', dead)
			const said = got.subarray(16, 16 + textLength).toString()
			done({ status: got.readUInt32BE(0), said, bytes: got.subarray(16 + textLength, length),
				fields: Object.fromEntries(said.split('\n').filter(line => line.includes('=')).map(line => line.split(/=(.*)/s).slice(0, 2))) })
		}
		worker.stdout.on('data', take)
		worker.once('exit', dead)
		worker.stdin.write(frame(operation, text, bytes))
	})
}

async function take(bytes) {
	const result = await ask(TAKE, '', bytes)
	assert.equal(result.status, WELL, result.said)
	return result
}

async function refuse(bytes, why) {
	const result = await ask(TAKE, '', bytes)
	assert.equal(result.status, REFUSED)
	assert.match(result.said, why)
	assert.equal(result.bytes.length, 0)
}

// The photo in another format, by libvips' own program where it is there, otherwise by ours.
async function jpeg() {
	const made = await ask(RENDER, 'type=jpeg\nwidth=1600\n', photo)
	assert.equal(made.status, WELL)
	return made.bytes
}

function segment(marker, payload) {
	const head = Buffer.from([0xff, marker, 0, 0])
	head.writeUInt16BE(payload.length + 2, 2)
	return Buffer.concat([head, payload])
}

// A JPEG with this behind its first marker.
function withSegments(bytes, ...segments) {
	return Buffer.concat([bytes.subarray(0, 2), ...segments, bytes.subarray(2)])
}

function exif({ orientation = 1, artist = '', latitude } = {}) {
	const entries = []
	const extra = []
	const entry = (tag, type, count, value) => entries.push({ tag, type, count, value })
	entry(0x0112, 3, 1, orientation)
	if (artist) entry(0x013b, 2, artist.length + 1, Buffer.from(`${artist}\0`))
	if (latitude) entry(0x8825, 4, 1, 'gps')
	const ifd = 8, size = 2 + entries.length * 12 + 4
	let at = ifd + size
	const tiff = Buffer.alloc(1024)
	tiff.write('MM\0*', 0, 'latin1')
	tiff.writeUInt32BE(ifd, 4)
	tiff.writeUInt16BE(entries.length, ifd)
	entries.forEach((e, i) => {
		const to = ifd + 2 + i * 12
		tiff.writeUInt16BE(e.tag, to)
		tiff.writeUInt16BE(e.type, to + 2)
		tiff.writeUInt32BE(e.count, to + 4)
		if (e.type === 3) tiff.writeUInt16BE(e.value, to + 8)
		else {
			tiff.writeUInt32BE(at, to + 8)
			if (e.value === 'gps') {
				tiff.writeUInt16BE(1, at)
				tiff.writeUInt16BE(1, at + 2)
				tiff.writeUInt16BE(2, at + 4)
				tiff.writeUInt32BE(2, at + 6)
				tiff.write('N\0', at + 10, 'latin1')
				at += 18
			} else at += e.value.copy(tiff, at)
		}
		at += at % 2
	})
	return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff.subarray(0, at), ...extra]))
}

function iptc(fields) {
	const records = Object.entries(fields).map(([number, text]) => {
		const value = Buffer.from(text)
		return Buffer.concat([Buffer.from([0x1c, 2, Number(number), value.length >> 8, value.length & 255]), value])
	})
	const data = Buffer.concat(records)
	const head = Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\0', 'latin1')
	head.writeUInt32BE(data.length, head.length - 4)
	return segment(0xed, Buffer.concat([head, data, Buffer.alloc(data.length % 2)]))
}

function png(width, height, rows) {
	const chunk = (type, data) => {
		const body = Buffer.concat([Buffer.from(type, 'latin1'), data]), out = Buffer.alloc(body.length + 8)
		out.writeUInt32BE(data.length, 0)
		body.copy(out, 4)
		out.writeUInt32BE(crc32(body), body.length + 4)
		return out
	}
	const head = Buffer.alloc(13)
	head.writeUInt32BE(width, 0)
	head.writeUInt32BE(height, 4)
	head[8] = 8
	head[9] = 0
	const chunks = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]
	return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks])
}

test('a photograph becomes a master of its own size and type', { skip }, async () => {
	const result = await take(await jpeg())
	assert.equal(result.fields.mime, 'image/jpeg')
	assert.deepEqual([result.fields.width, result.fields.height], ['1600', '1067'])
})

test('where it was taken, and all else that is not pixels, does not survive', { skip }, async () => {
	const marked = withSegments(await jpeg(), exif({ artist: 'Jonas Thew', latitude: true }), segment(0xfe, Buffer.from('a comment')))
	const result = await take(Buffer.concat([marked, Buffer.from('PK\x03\x04 another file behind the end')]))
	for (const trace of ['Exif', 'GPS', 'Jonas', 'a comment', 'PK\x03\x04 another'])
		assert.ok(!result.bytes.includes(trace), trace)
	assert.equal(result.fields.creator, 'Jonas Thew')
})

test('a picture that the camera held on its side stands upright', { skip }, async () => {
	const result = await take(withSegments(await jpeg(), exif({ orientation: 6 })))
	assert.deepEqual([result.fields.width, result.fields.height], ['1067', '1600'])
})

test('credit, copyright and caption are read from IPTC', { skip }, async () => {
	const fields = { 80: 'Jonas Thew', 110: 'Keld Sea Pictures', 116: '© 2025', 120: 'The Varg\nin the ice' }
	const result = await take(withSegments(await jpeg(), iptc(fields)))
	assert.equal(result.fields.creator, 'Jonas Thew')
	assert.equal(result.fields.credit, 'Keld Sea Pictures')
	assert.equal(result.fields.copyright, '© 2025')
	assert.equal(result.fields.caption, 'The Varg in the ice')
})

test('credit is read from XMP, and a packet that would unfold without end is passed over', { skip }, async () => {
	const xmp = text => segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${text}`))
	const packet = inner => '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
		'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" ' +
		`photoshop:Credit="Keld Sea Pictures">${inner}</rdf:Description></rdf:RDF></x:xmpmeta>`
	const people = '<rdf:Seq><rdf:li>Petra Aalund</rdf:li><rdf:li>Second</rdf:li></rdf:Seq>'
	const good = await take(withSegments(await jpeg(), xmp(packet(`<dc:creator>${people}</dc:creator>`))))
	assert.equal(good.fields.creator, 'Petra Aalund')
	assert.equal(good.fields.credit, 'Keld Sea Pictures')
	const tenfold = of => `&${of};`.repeat(10)
	const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "${tenfold('a')}"><!ENTITY c "${tenfold('b')}">]>`
	const bad = await take(withSegments(await jpeg(), xmp(bomb + packet('<dc:creator>&c;&c;&c;</dc:creator>'))))
	assert.equal(bad.fields.creator, undefined)
})

test('half a file is refused', { skip }, async () => {
	const whole = await jpeg()
	await refuse(whole.subarray(0, whole.length >> 1), /broken|half/)
	await refuse(photo.subarray(0, photo.length >> 1), /broken|half/)
	const drawn = png(100, 100, Buffer.alloc(10100))
	await refuse(drawn.subarray(0, drawn.length - 30), /broken|half/)
})

test('a bomb is refused for its size, before it is unpacked', { skip }, async () => {
	const start = Date.now()
	await refuse(png(16000, 16000, Buffer.alloc(1000)), /256\.0 megapixels; 100 are allowed/)
	await refuse(png(60000, 100, Buffer.alloc(1000)), /60000 x 100 pixels/)
	assert.ok(Date.now() - start < 5000)
})

test('what is no picture is refused by what it is, whatever its first bytes claim', { skip }, async () => {
	const kinds = /none of JPEG, PNG, WebP, AVIF, HEIC, GIF and SVG/
	await refuse(Buffer.from('<!doctype html><script>alert(1)</script>'), kinds)
	await refuse(Buffer.from('%PDF-1.7 not here'), kinds)
	await refuse(Buffer.from('PK\x03\x04'), kinds)
	await refuse(Buffer.alloc(0), kinds)
	await refuse(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), /broken|half/)
	await refuse(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(4000, 0x41)]), /broken|half/)
})

const svg = inner => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ' +
	`width="200" height="100">${inner}</svg>`)

test('a drawing becomes pixels; one with a script, of other files or with letters that need a font is refused', { skip }, async () => {
	const result = await take(svg('<defs><linearGradient id="a"/></defs><rect width="190" height="90" fill="url(#a)"/><use xlink:href="#a"/>'))
	assert.equal(result.fields.mime, 'image/png')
	assert.deepEqual([result.fields.width, result.fields.height], ['2400', '1200'])
	await refuse(svg('<text y="20">News</text>'), /convert its text to paths/)
	for (const script of ['<script>alert(1)</script>', '<rect onload="x()"/>', '<foreignObject/>', '<a xlink:href="javascript:x()"/>'])
		await refuse(svg(script), /has a script/)
	for (const out of ['<image xlink:href="file:///etc/hostname" width="9" height="9"/>', '<rect fill="url(https://example.org/a)"/>',
		'<style>@import "x.css";</style>', "<image href='//example.org/x.png'/>"])
		await refuse(svg(out), /refers to other files/)
	await refuse(Buffer.concat([Buffer.from('<!DOCTYPE svg [<!ENTITY a "b">]>'), svg('&a;')]), /entities/)
})

test('a picture that is a web page or an archive as well is refused', { skip }, async () => {
	const whole = await jpeg(), end = Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)])
	await refuse(Buffer.concat([whole, Buffer.from('PK\x03\x04 a file'), end]), /ZIP archive/)
	await refuse(withSegments(whole, segment(0xfe, Buffer.from('<ScRiPt>alert(1)</script>'))), /web page/)
	await refuse(Buffer.concat([photo, Buffer.from('<!doctype HTML><p>')]), /web page/)
})

test('a rendition is smaller, in WebP and in JPEG', { skip }, async () => {
	for (const [type, magic] of [['webp', 'RIFF'], ['jpeg', '\xff\xd8\xff']]) {
		const result = await ask(RENDER, `type=${type}\nwidth=480\n`, photo)
		assert.equal(result.status, WELL, result.said)
		assert.deepEqual([result.fields.width, result.fields.height], ['480', '320'])
		assert.equal(result.bytes.subarray(0, magic.length).toString('latin1'), magic)
		assert.ok(result.bytes.length < photo.length)
	}
	assert.equal((await ask(RENDER, 'type=tiff\nwidth=480\n', photo)).status, REFUSED)
	assert.equal((await ask(RENDER, 'type=webp\nwidth=-1\n', photo)).status, REFUSED)
})

test('the program has no files, no network and no other programs', { skip }, async () => {
	await take(photo)
	const status = readFileSync(`/proc/${worker.pid}/status`, 'utf8')
	assert.match(status, /^Seccomp:\s+2$/m)
	assert.match(status, /^NoNewPrivs:\s+1$/m)
})

// --- what a reader gets ------------------------------------------------------------------------------------------------------

test('a page offers sizes to choose from; the first who asks gets the picture, the next one its rendition', { skip }, async () => {
	const site = await startSite({ folder: 'examples/harbour' })
	try {
		const page = await site.get('/2025/11/the-first-ice')
		const [, srcset] = page.text.match(/<source type="image\/webp" srcset="([^"]+)"/)
		const urls = srcset.split(', ').map(candidate => candidate.split(' '))
		assert.deepEqual(urls.map(([, width]) => width), ['320w', '480w', '640w', '768w', '960w', '1280w', '1600w'])
		const first = await site.get(urls[0][0])
		assert.equal(first.status, 200)
		assert.equal(first.headers.get('content-type'), 'image/webp')
		assert.equal(first.headers.get('cache-control'), 'public, max-age=60')
		const later = await until(20, 'the rendition', async () => {
			const answer = await site.get(urls[0][0])
			return answer.headers.get('cache-control').includes('immutable') && answer
		})
		assert.ok(Number(later.headers.get('content-length')) < Number(first.headers.get('content-length')))
		const own = await site.get(urls.at(-1)[0]) // the picture itself, as it was imported
		assert.match(own.headers.get('cache-control'), /immutable/)
		const [, plain] = page.text.match(/<img src="(\/media\/[^"]+\.jpg)"/)
		await until(20, 'the JPEG', async () => (await site.get(plain)).headers.get('content-type') === 'image/jpeg')
		assert.equal((await site.get(`/media/${'0'.repeat(64)}/640.webp`)).status, 404)
		const folder = urls[0][0].replace(/[^/]+$/, '')
		const others = ['anything.exe', 'x.html', '99999.webp', '321.webp', '0320.webp', '320.gif', '320.png', '1600.jpeg', '320', '320.webp.webp']
		for (const name of others)
			assert.equal((await site.get(folder + name)).status, 404, name)
	} finally {
		await site.stop()
	}
})

test('an export has each size that its pages name', { skip }, async () => {
	const data = join(folder, 'newsroom'), out = join(folder, 'tree')
	mkdirSync(join(folder, 'stories'))
	writeFileSync(join(folder, 'stories', 'ice.webp'), photo)
	writeFileSync(join(folder, 'stories', 'ice.md'), frontMatter({ title: 'Ice', date: '2025-11-14', image: 'ice.webp',
		'image-alt': 'Ice' }, 'Text.\n\n![A floe](ice.webp)'))
	for (const args of [['init', '--data', data], ['import', '--data', data, join(folder, 'stories')], ['export', '--data', data, out]]) {
		const done = await run(args)
		assert.equal(done.status, 0, done.stderr)
	}
	const html = readFileSync(join(out, '2025/11/ice/index.html'), 'utf8')
	const named = new Set([...html.matchAll(/\/media\/[0-9a-f]{64}\/\d+\.\w+/g)].map(([path]) => path))
	assert.ok(named.size >= 7)
	for (const path of named) assert.ok(existsSync(join(out, path)), path)
	const sizes = readdirSync(join(out, dirname([...named][0]))).map(name => [name, readFileSync(join(out, dirname([...named][0]), name)).length])
	assert.ok(Object.fromEntries(sizes)['320.webp'] < Object.fromEntries(sizes)['1280.webp'])
})
