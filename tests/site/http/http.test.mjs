// The http room from outside: what it answers, to whom, and what it refuses. See tests/lib/wire.mjs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import zlib from 'node:zlib';
import { fields, killAll, Line, PROGRAM, refused, request, serve, stop } from '../../lib/wire.mjs';

const folder = mkdtempSync(path.join(os.tmpdir(), 'broadsheet-http-'));
const files = path.join(folder, 'files');

let server;

before(async () => {
	assert.ok(existsSync(PROGRAM), `${PROGRAM} is not there; script/build test makes it`);
	mkdirSync(files);
	writeFileSync(`${files}/digits.txt`, '0123456789');
	writeFileSync(`${files}/empty.txt`, '');
	writeFileSync(`${files}/picture.svg`, '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
	writeFileSync(`${files}/unknown.xyz`, '<script>alert(1)</script>');
	writeFileSync(`${files}/large.bin`, Buffer.alloc(3_000_000, 'x'));
	writeFileSync(`${folder}/secret.txt`, 'secret');
	symlinkSync('../secret.txt', `${files}/link.txt`);
	symlinkSync('digits.txt', `${files}/inner-link.txt`);
	mkdirSync(`${files}/folder.txt`);
	execFileSync('mkfifo', [`${files}/pipe.txt`]);
	server = await serve(`folder=${files}`, 'max-body=1000', 'max-per-address=1000', 'threads=2');
});

after(async () => {
	if (server) await stop(server);
	killAll();
	rmSync(folder, { recursive: true, force: true });
});

describe('pages', () => {
	test('a cached page comes with everything that lets others cache it', async () => {
		const { status, headers, body } = await request(server, '/cached/large');
		assert.equal(status, 200);
		assert.equal(body.length, 20480);
		assert.match(headers.etag, /^"[0-9a-f]{16}"$/);
		assert.equal(headers['last-modified'], 'Fri, 14 Nov 2025 09:30:00 GMT');
		assert.equal(headers['cache-control'], 'public, max-age=60');
		assert.equal(headers.vary, 'Accept-Encoding');
		assert.equal(headers['cache-tag'], 'story:42 latest');
		assert.equal(headers['content-type'], 'text/html; charset=utf-8');
		assert.ok(Math.abs(Date.parse(headers.date) - Date.now()) < 5000);
		assert.equal(headers.server, undefined);
	});

	test('HEAD says what GET would, without the body, and the connection goes on', async () => {
		const line = new Line(server);
		const ask = (method) => line.send(`${method} /cached/small HTTP/1.1\r\nHost: x\r\n\r\n`);
		ask('GET');
		const get = await line.answer();
		ask('HEAD');
		const head = await line.answer({ head: true });
		ask('GET');
		const again = await line.answer();
		delete get.headers.date;
		delete head.headers.date;
		assert.deepEqual(head.headers, get.headers);
		assert.deepEqual(again.body, get.body);
		line.end();
	});

	test('each coding has its own bytes, its own tag, and decodes to the same page', async () => {
		const plain = await request(server, '/cached/large');
		const tags = new Set([plain.headers.etag]);
		for (const [coding, decode] of [['gzip', zlib.gunzipSync], ['br', zlib.brotliDecompressSync]]) {
			const packed = await request(server, '/cached/large', { headers: { 'Accept-Encoding': coding } });
			assert.equal(packed.headers['content-encoding'], coding);
			assert.equal(packed.headers.vary, 'Accept-Encoding');
			assert.ok(packed.body.length < 8000);
			assert.deepEqual(decode(packed.body), plain.body);
			tags.add(packed.headers.etag);
		}
		assert.equal(tags.size, 3);
		const any = await request(server, '/cached/large', { headers: { 'Accept-Encoding': 'gzip, deflate, br, zstd' } });
		assert.equal(any.headers['content-encoding'], 'br');
		const none = await request(server, '/cached/large', { headers: { 'Accept-Encoding': 'br;q=0, deflate' } });
		assert.equal(none.headers['content-encoding'], undefined);
	});

	test('who has the page already is told so, per coding', async () => {
		for (const coding of ['identity', 'gzip', 'br']) {
			const has = { 'Accept-Encoding': coding };
			const full = await request(server, '/cached/large', { headers: has });
			for (const tag of [full.headers.etag, `W/${full.headers.etag}`, `"other", ${full.headers.etag}`, '*']) {
				const answer = await request(server, '/cached/large', { headers: { ...has, 'If-None-Match': tag } });
				assert.equal(answer.status, 304);
				assert.equal(answer.headers.etag, full.headers.etag);
				assert.equal(answer.headers['cache-control'], full.headers['cache-control']);
				assert.equal(answer.headers.vary, 'Accept-Encoding');
				assert.equal(answer.headers['content-length'], full.headers['content-length']);
				assert.equal(answer.headers['content-type'], undefined);
			}
			const stale = await request(server, '/cached/large', { headers: { ...has, 'If-None-Match': '"0000000000000000"' } });
			assert.equal(stale.status, 200);
		}
		const since = (value, extra = {}) => request(server, '/cached/small', { headers: { 'If-Modified-Since': value, ...extra } });
		assert.equal((await since('Fri, 14 Nov 2025 09:30:00 GMT')).status, 304);
		assert.equal((await since('Friday, 14-Nov-25 09:30:00 GMT')).status, 304);
		assert.equal((await since('Fri Nov 14 09:30:00 2025')).status, 304);
		assert.equal((await since('Fri, 14 Nov 2025 09:29:59 GMT')).status, 200);
		assert.equal((await since('yesterday')).status, 200);
		assert.equal((await since('Fri, 14 Nov 2025 09:30:00 GMT', { 'If-None-Match': '"other"' })).status, 200);
	});

	test('who insists on a version gets that one or 412, with no body of the page', async () => {
		const ask = (headers, method = 'GET') => request(server, '/cached/small', { method, headers });
		const { etag } = (await ask({})).headers;
		for (const headers of [{ 'If-Match': etag }, { 'If-Match': '*' }, { 'If-Match': `"zz", ${etag}` },
			{ 'If-Unmodified-Since': 'Fri, 14 Nov 2025 09:30:00 GMT' }, { 'If-Match': etag, 'If-Unmodified-Since': 'Fri, 14 Nov 2025 09:29:59 GMT' }])
			assert.equal((await ask(headers)).status, 200, JSON.stringify(headers));
		for (const headers of [{ 'If-Match': '"zz"' }, { 'If-Match': `W/${etag}` }, { 'If-Match': '"zz"', 'If-None-Match': etag },
			{ 'If-Unmodified-Since': 'Fri, 14 Nov 2025 09:29:59 GMT' }]) {
			const answer = await ask(headers);
			assert.deepEqual([answer.status, answer.text], [412, '412 Precondition Failed\n'], JSON.stringify(headers));
			assert.equal(answer.headers['x-content-type-options'], 'nosniff');
			assert.equal((await ask(headers, 'HEAD')).status, 412);
		}
		assert.equal((await ask({ 'If-Match': etag, 'If-None-Match': etag })).status, 304);
		const part = { Range: 'bytes=0-1' };
		assert.equal((await request(server, '/file/digits.txt', { headers: { ...part, 'If-Match': '"zz"' } })).status, 412);
		assert.equal((await request(server, '/file/digits.txt', { headers: { ...part, 'If-Match': '*' } })).status, 206);
		assert.equal((await request(server, '/nowhere', { headers: { 'If-Match': '"zz"' } })).status, 404);
	});

	test('a tag of one coding is not taken for that of another', async () => {
		const gzip = await request(server, '/cached/large', { headers: { 'Accept-Encoding': 'gzip' } });
		const answer = await request(server, '/cached/large', { headers: { 'If-None-Match': gzip.headers.etag } });
		assert.equal(answer.status, 200);
	});

	test('security headers stand on every answer', async () => {
		for (const target of ['/cached/small', '/search', '/nowhere/at/all', '/search/', '/%00', '/file/digits.txt']) {
			const { headers, status } = await request(server, target);
			assert.equal(headers['x-content-type-options'], 'nosniff', target);
			assert.equal(headers['x-frame-options'], 'DENY', target);
			assert.ok(headers['content-security-policy'], target);
			assert.ok(headers['referrer-policy'], target);
			assert.ok(headers['permissions-policy'], target);
			assert.equal(headers['cross-origin-opener-policy'], 'same-origin', `${target} ${status}`);
			assert.ok(headers['cross-origin-resource-policy'], target);
		}
	});
});

describe('addresses', () => {
	test('captures come decoded once', async () => {
		const { text } = await request(server, '/de/2025/11/caf%C3%A9?q=%2525+%C3%A9');
		assert.match(text, /^path=\/de\/2025\/11\/café$/m);
		assert.match(text, /^q=ok:%25 é$/m);
		assert.match(text, /^lang=de$/m);
		assert.match(text, /^slug=café$/m);
	});

	test('an absolute target is the same page', async () => {
		const { status, text } = await request(server, 'http://news.example:8080/search?q=x');
		assert.equal(status, 200);
		assert.match(text, /^path=\/search$/m);
		assert.match(text, /^q=ok:x$/m);
	});

	test('other spellings of a path are redirected, never to another host', async () => {
		const spelt = {
			'/search/': '/search', '/search/?q=a%20b&c': '/search?q=a%20b&c', '//search': '/search', '/de': '/de/',
			'/2025//11///caf%C3%A9': '/2025/11/caf%C3%A9', '//evil.example/': '/evil.example/', '///': '/',
		};
		for (const [target, location] of Object.entries(spelt)) {
			const { status, headers, body } = await request(server, target);
			assert.equal(status, 308, target);
			assert.equal(headers.location, location);
			assert.equal(body.length, 0);
		}
	});

	test('a path that could mean two things is refused', async () => {
		for (const target of ['/%00', '/a%00b', '/..', '/../../etc/passwd', '/%2e%2e/x', '/a/%2E/b', '/a%2Fb', '/a%5Cb', '/a\\b',
			'/%', '/%4', '/%zz', '/%C3%28', '/%0d%0aSet-Cookie:x', '/a#b', '/\x80', 'search', '?q', 'ftp://x/', 'http://u@x/', 'news.example:80'])
			await refused(server, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`, 400);
	});

	test('what is not there gets our own page, what nobody answers an error', async () => {
		const absent = await request(server, '/nowhere/at/all');
		assert.equal(absent.status, 404);
		assert.equal(absent.text, 'our own page for 404\n');
		assert.equal((await request(server, '/unanswered')).text, 'our own page for 500\n');
	});

	test('a wrong method is told the right ones', async () => {
		const wrong = await request(server, '/search', { method: 'DELETE' });
		assert.equal(wrong.status, 405);
		assert.equal(wrong.headers.allow, 'GET, HEAD, OPTIONS');
		assert.equal((await request(server, '/form')).headers.allow, 'POST, OPTIONS');
		const options = await request(server, '/search', { method: 'OPTIONS' });
		assert.equal(options.status, 204);
		assert.equal(options.headers.allow, 'GET, HEAD, OPTIONS');
		assert.equal((await request(server, '*', { method: 'OPTIONS' })).status, 204);
		assert.equal((await request(server, '/form', { method: 'POST', headers: { 'Content-Length': 0 } })).status, 200);
		for (const method of ['TRACE', 'CONNECT', 'BREW', 'get', 'PATCH'])
			await refused(server, `${method} / HTTP/1.1\r\nHost: x\r\n\r\n`, 501);
	});
});

describe('connections', () => {
	test('pipelined requests are answered in order', async () => {
		const line = new Line(server);
		const targets = Array.from({ length: 40 }, (_, i) => (i % 4 === 3 ? '/cached/large' : `/search?q=${i}`));
		line.send(targets.map((target) => `GET ${target} HTTP/1.1\r\nHost: x\r\n\r\n`).join(''));
		for (const [i, target] of targets.entries()) {
			const answer = await line.answer();
			assert.equal(answer.status, 200);
			if (target === '/cached/large') assert.equal(answer.body.length, 20480);
			else assert.match(answer.text, new RegExp(`^q=ok:${i}$`, 'm'));
		}
		line.end();
	});

	test('a request may come byte by byte', async () => {
		const line = new Line(server);
		for (const byte of 'GET /search?q=slow HTTP/1.1\r\nHost: x\r\nUser-Agent: drip\r\n\r\n') {
			line.send(byte);
			await new Promise((resolve) => setTimeout(resolve, 1));
		}
		const { status, text } = await line.answer();
		assert.equal(status, 200);
		assert.match(text, /^agent=drip$/m);
		line.end();
	});

	test('connections stay open as each version of HTTP says', async () => {
		await refused(server, 'GET /cached/small HTTP/1.0\r\n\r\n', 200);
		await refused(server, 'GET /cached/small HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 200);
		const line = new Line(server);
		line.send('GET /cached/small HTTP/1.0\r\nConnection: keep-alive\r\n\r\n');
		assert.equal((await line.answer()).headers.connection.toLowerCase(), 'keep-alive');
		line.send('GET /cached/small HTTP/1.0\r\n\r\n');
		assert.equal((await line.answer()).status, 200);
		await line.ends();
	});

	test('many clients at once each get their own answer', async () => {
		await Promise.all(Array.from({ length: 100 }, async (_, i) => {
			const line = new Line(server);
			for (let n = 0; n < 10; n++) {
				line.send(`GET /search?q=${i}-${n} HTTP/1.1\r\nHost: x\r\n\r\n`);
				line.send(`GET /cached/large HTTP/1.1\r\nHost: x\r\nAccept-Encoding: ${['br', 'gzip', ''][n % 3]}\r\n\r\n`);
				assert.match((await line.answer()).text, new RegExp(`^q=ok:${i}-${n}$`, 'm'));
				assert.equal((await line.answer()).headers['content-encoding'], ['br', 'gzip', undefined][n % 3]);
			}
			line.end();
		}));
	});
});

describe('requests that hide another', () => {
	const hidden = 'GET /search?q=hidden HTTP/1.1\r\nHost: x\r\n\r\n';
	const shapes = {
		'a length and chunks': `POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
		'chunks and a length': `POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n${hidden}`,
		'two lengths': `POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 44\r\n\r\n${hidden}`,
		'one length twice': 'POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nab',
		'a list of lengths': 'POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 2, 2\r\n\r\nab',
		'a signed length': 'POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: +2\r\n\r\nab',
		'a negative length': 'POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: -2\r\n\r\nab',
		'a hexadecimal length': 'POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 0x2\r\n\r\nab',
		'an empty length': 'POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: \r\n\r\nab',
		'two transfer codings in two fields':
			`POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
		'chunks in HTTP/1.0': `POST /form HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
		'a space before the colon': `POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`,
		'a folded transfer coding': `POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n${hidden}`,
		'a folded last field': 'GET /search HTTP/1.1\r\nHost: x\r\nX-A: b\r\n c\r\n\r\n',
		'a folded middle field': 'GET /search HTTP/1.1\r\nHost: x\r\nX-A: b\r\n\tc\r\nX-B: d\r\n\r\n',
		'a first line that is a fold': 'GET /search HTTP/1.1\r\n Host: x\r\n\r\n',
		'a field name with a space': 'GET /search HTTP/1.1\r\nHost: x\r\nContent Length: 4\r\n\r\n',
		'a field without a colon': 'GET /search HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n',
		'an empty field name': 'GET /search HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n',
		'NUL in a value': 'GET /search HTTP/1.1\r\nHost: x\r\nX-A: b\0c\r\nX-B: d\r\n\r\n',
		'NUL in the last value': 'GET /search HTTP/1.1\r\nHost: x\r\nX-A: b\0c\r\n\r\n',
		'NUL in the target': 'GET /search\0.pdf HTTP/1.1\r\nHost: x\r\n\r\n',
		'NUL in a query': 'GET /search?a\0b HTTP/1.1\r\nHost: x\r\n\r\n',
		'a carriage return in a value': 'GET /search HTTP/1.1\r\nHost: x\r\nX-A: b\rX-B: c\r\n\r\n',
		'line feeds alone': 'GET /search HTTP/1.1\nHost: x\n\n',
		'a line feed alone in the middle': 'GET /search HTTP/1.1\r\nHost: x\nX-A: b\r\n\r\n',
		'a line feed alone at the end': 'GET /search HTTP/1.1\r\nHost: x\r\n\n',
		'two spaces in the request line': 'GET  /search HTTP/1.1\r\nHost: x\r\n\r\n',
		'a space in the target': 'GET /search x HTTP/1.1\r\nHost: x\r\n\r\n',
		'a space at the end of the request line': 'GET /search HTTP/1.1 \r\nHost: x\r\n\r\n',
		'a body that GET has not': 'GET /search HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nabcd',
		'chunks that GET has not': `GET /search HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
		'no host': 'GET /search HTTP/1.1\r\n\r\n',
		'a host with a space': 'GET /search HTTP/1.1\r\nHost: a b\r\n\r\n',
		'a host that is markup': 'GET /search HTTP/1.1\r\nHost: <x>\r\n\r\n',
		'a host with a path': 'GET /search HTTP/1.1\r\nHost: a/b\r\n\r\n',
		'a port that is none': 'GET /search HTTP/1.1\r\nHost: x:99999999\r\n\r\n',
		'an absolute target with a port that is none': 'GET http://x:99999999/search HTTP/1.1\r\nHost: x\r\n\r\n',
		'two hosts': 'GET /search HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n',
	};
	for (const [name, bytes] of Object.entries(shapes))
		test(name, () => refused(server, bytes, 400));

	test('a coding that nobody knows', async () => {
		for (const coding of ['gzip', 'gzip, chunked', 'xchunked', 'chunked, identity', '"chunked"', 'chunked;q=1', ''])
			await refused(server, `POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: ${coding}\r\n\r\n0\r\n\r\n`, 501);
	});

	test('versions that are none', async () => {
		for (const version of ['HTTP/2.0', 'HTTP/1.2', 'HTTP/1.10', 'http/1.1', 'HTTP/11', 'HTPP/1.1']) {
			const line = new Line(server).send(`GET /search ${version}\r\nHost: x\r\n\r\n`);
			const { status } = await line.answer();
			assert.ok([null, 400, 505].includes(status), `${version}: ${status}`);
			await line.ends();
		}
		const line = new Line(server).send('GET /search\r\n\r\n');
		assert.ok([null, 400, 505].includes((await line.answer()).status));
		await line.ends();
	});
});

describe('limits of size', () => {
	test('a target over its limit', async () => {
		assert.equal((await request(server, `/search?q=${'x'.repeat(4085)}`)).status, 200);
		await refused(server, `GET /search?q=${'x'.repeat(4087)} HTTP/1.1\r\nHost: x\r\n\r\n`, 414);
		const line = new Line(server).send(`GET /${'x'.repeat(100_000)}`);
		assert.equal((await line.answer()).status, 414);
		line.end();
	});

	test('a head over its limit', async () => {
		const usual = await request(server, '/cached/large', { headers: { 'X-A': 'x'.repeat(7500) } });
		assert.equal(usual.status, 200);
		assert.equal(usual.body.length, 20480);
		await refused(server, `GET /search HTTP/1.1\r\nHost: x\r\nX-A: ${'x'.repeat(8100)}\r\n\r\n`, 431);
		await refused(server, `GET /search HTTP/1.1\r\nHost: x\r\n${'a: b\r\n'.repeat(65)}\r\n`, 431);
		const line = new Line(server).send(`GET /search HTTP/1.1\r\nHost: x\r\n${'a: b\r\n'.repeat(20_000)}\r\n`);
		assert.equal((await line.answer()).status, 431);
		line.end();
	});

	test('the largest head is still answered whole', async () => {
		for (let size = 2500; size < 8192; size += 37) {
			const name = size % 2 ? 'Cookie' : 'X-A';
			const line = new Line(server);
			line.send(`GET /cached/large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${name}: ${'x'.repeat(size)}\r\n\r\n`);
			const answer = await line.answer();
			if (name === 'Cookie' && size > 6500 && answer.status === null) continue; // the library has no room left to answer in
			assert.ok(answer.status === 431 || (answer.status === 200 && answer.body.length === 20480), `${name} ${size}: ${answer.status}`);
			assert.ok(size < 3500 || name === 'Cookie' || size > 7900 || answer.status === 200, `${size}`);
			line.end();
		}
	});

	test('a body up to its limit is taken, one byte more refused before it is sent', async () => {
		const post = (size, sent) => request(server, '/form', { method: 'POST', headers: { 'Content-Length': size }, body: 'x'.repeat(sent) });
		assert.match((await post(1000, 1000)).text, /^body=1000$/m);
		assert.equal((await post(1001, 0)).status, 413);
		await refused(server, 'POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n', 413);
	});

	test('chunks over the limit are refused, too', async () => {
		const chunk = `64\r\n${'x'.repeat(100)}\r\n`;
		const chunks = (count) => `POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(count)}0\r\n\r\n`;
		const line = new Line(server).send(chunks(10));
		assert.match((await line.answer()).text, /^body=1000$/m);
		line.send(chunks(11));
		assert.equal((await line.answer()).status, 413);
		await line.ends();
		await refused(server, chunks(10_000), null);
	});
});

describe('bodies', () => {
	test('a form is read from a body of known length and from chunks', async () => {
		const line = new Line(server);
		line.send('POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 12\r\n\r\nq=a+b%20%C3%');
		assert.match((await line.answer()).text, /^q=invalid:$/m);
		line.send('POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 7\r\n\r\nq=', 'a+%62');
		assert.match((await line.answer()).text, /^q=ok:a b$/m);
		line.send('POST /form HTTP/1.1\r\nHost: x\r\ntransfer-encoding: Chunked\r\n\r\n3;name=value\r\nq=a\r\n2\r\n+b\r\n0\r\nTrailer: x\r\n\r\n');
		assert.match((await line.answer()).text, /^q=ok:a b$/m);
		line.send('GET /search?q=after HTTP/1.1\r\nHost: x\r\n\r\n');
		assert.match((await line.answer()).text, /^q=ok:after$/m);
		line.end();
	});

	test('who asks before sending is told to go on', async () => {
		const line = new Line(server).send('POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n');
		assert.equal((await line.answer()).status, 100);
		line.send('q=x');
		assert.match((await line.answer()).text, /^q=ok:x$/m);
		line.end();
		const large = new Line(server).send('POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 3000\r\nExpect: 100-continue\r\n\r\n');
		assert.equal((await large.answer()).status, 413);
		await large.ends();
	});

	test('chunks that are none end the connection', async () => {
		for (const chunk of ['x\r\n', '-1\r\n', '\r\n\r\n', '1;\r\nab\r\n', 'ffffffffffffffffff\r\n', '0x1\r\na\r\n', '1\r\nab\r\n0\r\n\r\n']) {
			const line = new Line(server).send(`POST /form HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}`);
			const { status } = await line.answer();
			assert.ok(status === 400 || status === 413 || status === null, `${JSON.stringify(chunk)}: ${status}`);
			line.end();
		}
	});
});

describe('files', () => {
	test('a file comes whole, with its type and its tag', async () => {
		const { status, headers, text } = await request(server, '/file/digits.txt');
		assert.equal(status, 200);
		assert.equal(text, '0123456789');
		assert.equal(headers['content-type'], 'text/plain; charset=utf-8');
		assert.equal(headers['accept-ranges'], 'bytes');
		assert.match(headers.etag, /^"[0-9a-f-]+"$/);
		assert.equal(headers['cache-control'], 'no-cache');
		assert.equal((await request(server, '/hashed/digits.txt')).headers['cache-control'], 'public, max-age=31536000, immutable');
		assert.equal((await request(server, '/file/empty.txt')).headers['content-length'], '0');
		assert.equal((await request(server, '/file/large.bin')).body.length, 3_000_000);
	});

	test('a file that the client has is not sent again', async () => {
		const { headers } = await request(server, '/file/digits.txt');
		const by = (field, value) => request(server, '/file/digits.txt', { headers: { [field]: value, Range: 'bytes=0-1' } });
		const tag = await by('If-None-Match', headers.etag);
		assert.equal(tag.status, 304);
		assert.equal(tag.headers['content-length'], '10');
		assert.equal((await by('If-Modified-Since', headers['last-modified'])).status, 304);
		assert.equal((await by('If-None-Match', '"x"')).status, 206);
	});

	test('a part of a file', async () => {
		const part = async (range, extra = {}) => request(server, '/file/digits.txt', { headers: { Range: range, ...extra } });
		const first = await part('bytes=2-4');
		assert.deepEqual([first.status, first.text, first.headers['content-range']], [206, '234', 'bytes 2-4/10']);
		const last = await part('bytes=-3');
		assert.deepEqual([last.status, last.text, last.headers['content-range']], [206, '789', 'bytes 7-9/10']);
		assert.equal((await part('bytes=8-99')).text, '89');
		const behind = await part('bytes=10-');
		assert.deepEqual([behind.status, behind.headers['content-range']], [416, 'bytes */10']);
		assert.equal((await part('bytes=0-1,3-4')).text, '0123456789');
		assert.equal((await part('lines=1-2')).status, 200);
		const { etag, 'last-modified': modified } = first.headers;
		assert.equal((await part('bytes=0-1', { 'If-Range': etag })).status, 206);
		assert.equal((await part('bytes=0-1', { 'If-Range': modified })).status, 206);
		assert.equal((await part('bytes=0-1', { 'If-Range': `W/${etag}` })).status, 200);
		assert.equal((await part('bytes=0-1', { 'If-Range': 'Fri, 14 Nov 2025 09:30:00 GMT' })).status, 200);
		const head = await request(server, '/file/digits.txt', { method: 'HEAD', headers: { Range: 'bytes=0-1' } });
		assert.deepEqual([head.status, head.headers['content-length']], [200, '10']);
		assert.equal((await request(server, '/file/large.bin', { headers: { Range: 'bytes=1000000-2999999' } })).body.length, 2_000_000);
	});

	test('nothing but files of the folder', async () => {
		for (const name of ['absent.txt', 'link.txt', 'inner-link.txt', 'folder.txt', 'pipe.txt', '..', '%2e%2e%2fsecret.txt', '.hidden'])
			assert.ok([400, 404].includes((await request(server, `/file/${name}`)).status), name);
	});

	test('a picture runs no script, and what nobody knows is not shown', async () => {
		const svg = await request(server, '/file/picture.svg');
		assert.equal(svg.headers['content-type'], 'image/svg+xml');
		assert.match(svg.headers['content-security-policy'], /sandbox/);
		const unknown = await request(server, '/file/unknown.xyz');
		assert.equal(unknown.headers['content-type'], 'application/octet-stream');
		assert.equal(unknown.headers['content-disposition'], 'attachment');
	});
});

describe('slow and many clients', () => {
	let strict;
	before(async () => {
		strict = await serve(`folder=${files}`, 'request-seconds=1', 'idle-seconds=1', 'min-rate=100000', 'max-per-address=6', 'threads=2');
	});
	after(() => stop(strict));

	const lives = async (line, from = Date.now()) => {
		await line.ends(6000);
		return Date.now() - from;
	};

	test('who sends nothing, half a line, half a head or half a body is ended in time', async () => {
		const starts = ['', 'GET /sea', 'GET /search HTTP/1.1\r\nHost:', 'POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc'];
		const times = await Promise.all(starts.map((start) => lives(new Line(strict).send(start))));
		for (const time of times) assert.ok(time > 800 && time < 3500, `${times}`);
	});

	test('a byte now and then does not buy more time', async () => {
		const head = new Line(strict).send('GET /search HTTP/1.1\r\nHost: x\r\n');
		const body = new Line(strict).send('POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\n');
		const timer = setInterval(() => { head.send('X: y\r\n'); body.send('x'); }, 100);
		const times = await Promise.all([lives(head), lives(body)]);
		clearInterval(timer);
		for (const time of times) assert.ok(time < 3500, `${times}`);
	});

	test('an idle connection is closed, one in use is not', async () => {
		const line = new Line(strict);
		for (let i = 0; i < 6; i++) {
			line.send('GET /cached/small HTTP/1.1\r\nHost: x\r\n\r\n');
			assert.equal((await line.answer()).status, 200);
			await new Promise((resolve) => setTimeout(resolve, 400));
		}
		assert.ok(await lives(line) < 3500);
	});

	test('who does not read the answer is ended', async () => {
		const socket = net.connect(strict.port, strict.host);
		socket.on('error', () => {});
		socket.pause();
		socket.write('GET /file/large.bin HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(8));
		const began = Date.now();
		let count = 0;
		while (Date.now() - began < 8000 && count === 0) {
			await new Promise((resolve) => setTimeout(resolve, 250));
			const { text } = await request(strict, '/metrics');
			count = Number(text.match(/closed_total\{reason="slow-reader"\} (\d+)/)[1]);
		}
		assert.equal(count, 1);
		socket.destroy();
	});

	test('one address has so many connections and no more', async () => {
		const lines = Array.from({ length: 6 }, () => new Line(strict).send('GET /cached/small HTTP/1.1\r\nHost: x\r\n\r\n'));
		for (const line of lines) assert.equal((await line.answer()).status, 200);
		const over = new Line(strict).send('GET /cached/small HTTP/1.1\r\nHost: x\r\n\r\n');
		assert.equal((await over.answer()).status, null);
		for (const line of lines) line.end();
		await new Promise((resolve) => setTimeout(resolve, 300));
		const { text } = await request(strict, '/metrics');
		assert.match(text, /closed_total\{reason="address"\} [1-9]/);
		assert.match(text, /closed_total\{reason="slow-request"\} [1-9]/);
		assert.match(text, /closed_total\{reason="idle"\} [1-9]/);
	});

	test('when places get scarce, who holds one without using it makes room', async () => {
		const small = await serve('max-connections=20', 'max-per-address=100', 'request-seconds=8', 'idle-seconds=8');
		const idle = Array.from({ length: 20 }, () => new Line(small).send('GET /search HT'));
		await new Promise((resolve) => setTimeout(resolve, 300));
		const began = Date.now();
		assert.equal((await request(small, '/cached/small')).status, 200);
		assert.ok(Date.now() - began < 3000, `${Date.now() - began}`);
		for (const line of idle) line.end();
		await stop(small);
	});
});

describe('the process', () => {
	test('stopping lets the requests that have begun finish and takes no more', async () => {
		const one = await serve('threads=2');
		const idle = new Line(one).send('GET /cached/small HTTP/1.1\r\nHost: x\r\n\r\n');
		assert.equal((await idle.answer()).status, 200);
		const busy = new Line(one).send('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
		await new Promise((resolve) => setTimeout(resolve, 100));
		one.child.kill('SIGTERM');
		assert.equal((await busy.answer()).text, 'done\n');
		await idle.ends();
		assert.equal(await one.ended, 0);
		const late = new Line(one);
		assert.equal((await late.answer()).status, null);
	});

	test('it says where it listens, and why it does not', async () => {
		for (const listen of ['[::1]:0', ':0', 'localhost:0']) {
			const one = await serve(`listen=${listen}`);
			assert.equal((await request({ host: listen === ':0' ? '127.0.0.1' : one.host, port: one.port }, '/cached/small')).status, 200);
			await stop(one);
		}
		const fails = async (listen, expected) => assert.rejects(serve(`listen=${listen}`), expected);
		await fails(`127.0.0.1:${server.port}`, /busy: the address 127\.0\.0\.1:\d+ is in use/);
		await fails('127.0.0.1', /invalid: '127\.0\.0\.1' is no address/);
		await fails('127.0.0.1:http', /invalid/);
		await fails('::1:80', /invalid/);
		await fails('127.0.0.1:99999', /invalid|io/);
		await fails('192.0.2.1:0', /io: can't listen/);
	});

	test('the access log has one harmless line per request, and moves with its file', async () => {
		const log = path.join(folder, 'access.log');
		const one = await serve(`access-log=${log}`, 'max-body=1000');
		await request(one, '/search?q="%20\\x');
		await request(one, '/cached/small', { method: 'HEAD' });
		await refused(one, 'GET /\x1b[31m\xff HTTP/1.1\r\nHost: x\r\n\r\n', 400);
		await refused(one, `GET /${'x'.repeat(100_000)}`, 414).catch(() => {});
		await new Promise((resolve) => setTimeout(resolve, 600));
		const lines = readFileSync(log, 'latin1').trim().split('\n');
		const stamp = String.raw`- - - \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000\] `;
		const expected = [
			String.raw`"GET /search\?q=\\x22%20\\x5cx HTTP/1.1" 200 \d+`,
			String.raw`"HEAD /cached/small HTTP/1.1" 200 0`,
			String.raw`"GET /\\x1b\[31m\\xff HTTP/1.1" 400 16`,
		];
		for (const line of expected) assert.ok(lines.some((l) => new RegExp(`^${stamp}${line}$`).test(l)), `${line} in\n${lines.join('\n')}`);
		renameSync(log, `${log}.1`);
		one.child.kill('SIGHUP');
		await new Promise((resolve) => setTimeout(resolve, 200));
		await request(one, '/search?q=new');
		await stop(one);
		assert.match(readFileSync(log, 'latin1'), /^[^\n]*q=new[^\n]*\n$/);
		assert.doesNotMatch(readFileSync(`${log}.1`, 'latin1'), /q=new/);
	});

	test('what the library refuses by itself is logged and counted, too', async () => {
		const log = path.join(folder, 'refused.log');
		const one = await serve(`access-log=${log}`, 'log-addresses=yes', 'threads=1'); // whose lines are in order
		const refusals = {
			'GET /no-version\r\n\r\n': 400,
			'GET / HTTP/9.0\r\nHost: x\r\n\r\n': 505,
			'POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n': 400,
			'POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n': 413,
			[`GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'x'.repeat(40_000)}\r\n\r\n`]: 431,
			[`GET /${'x'.repeat(20_000)}`]: 414,
		};
		for (const [bytes, status] of Object.entries(refusals)) {
			const line = new Line(one).send(bytes);
			assert.equal((await line.answer()).status, status);
			await line.until(() => line.closed);
		}
		const { text } = await request(one, '/metrics');
		assert.match(text, /^broadsheet_http_requests_total\{class="4xx"\} 5$/m);
		assert.match(text, /^broadsheet_http_requests_total\{class="5xx"\} 1$/m);
		const silent = new Line(one); // one that goes without a word is nobody's request
		await new Promise((resolve) => silent.socket.on('connect', resolve));
		silent.end();
		await stop(one);
		const lines = readFileSync(log, 'latin1').trim().split('\n').filter((line) => !line.includes('/metrics'));
		const expected = Object.values(refusals).map((status) => `127.0.0.1 - - [] "-" ${status} 0`);
		assert.deepEqual(lines.map((line) => line.replace(/\[.*\]/, '[]')), expected);
	});

	test('addresses are logged only where that was asked for', async () => {
		const log = path.join(folder, 'addresses.log');
		const one = await serve(`access-log=${log}`, 'log-addresses=yes', 'listen=:0');
		await request({ host: '127.0.0.1', port: one.port }, '/search');
		await stop(one);
		assert.match(readFileSync(log, 'latin1'), /^127\.0\.0\.1 - - \[/);
	});

	test('metrics count what happened', async () => {
		const one = await serve();
		for (const target of ['/cached/small', '/cached/small', '/nowhere/x', '/search/']) await request(one, target);
		const { text } = await request(one, '/metrics');
		assert.match(text, /^# TYPE broadsheet_http_requests_total counter$/m);
		assert.match(text, /^broadsheet_http_requests_total\{class="2xx"\} 2$/m);
		assert.match(text, /^broadsheet_http_requests_total\{class="3xx"\} 1$/m);
		assert.match(text, /^broadsheet_http_requests_total\{class="4xx"\} 1$/m);
		assert.match(text, /^broadsheet_http_connections 1$/m);
		assert.match(text, /^broadsheet_http_connections_total 5$/m);
		assert.match(text, /^broadsheet_http_request_seconds_bucket\{le="\+Inf"\} 4$/m);
		assert.match(text, /^broadsheet_http_request_seconds_count 4$/m);
		await stop(one);
	});
});
