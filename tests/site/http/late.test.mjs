// Answers of the http room that take their time: streams of events, and what is made aside. See tests/lib/wire.mjs.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { killAll, Line, PROGRAM, request, serve, stop } from '../../lib/wire.mjs';

after(killAll);

describe('answers that go on', { skip: !existsSync(PROGRAM) && 'there is no http_server; script/build test makes it' }, () => {
	const GET = (target) => `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`;
	const listen = async (server) => {
		const line = new Line(server).send(GET('/stream'));
		await line.until(() => line.bytes.includes('retry: 3000'));
		return line;
	};
	const tell = async (server, bytes) => Number((await request(server, `/tell/${bytes}`)).text);

	test('events arrive as they are sent, and are neither kept nor compressed', async () => {
		const server = await serve('threads=1');
		const line = new Line(server).send('GET /stream HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip, br\r\n\r\n');
		await line.until(() => line.bytes.includes('retry: 3000'));
		assert.match(line.bytes.toString(), /^HTTP\/1.1 200 [\s\S]*text\/event-stream[\s\S]*no-store/);
		assert.doesNotMatch(line.bytes.toString(), /Content-Encoding|ETag/);
		for (const bytes of [1, 2, 3000]) {
			assert.equal(await tell(server, bytes), 1);
			await line.until(() => line.bytes.includes(`event: tick\ndata: ${'x'.repeat(bytes)}\n\n`));
		}
		line.socket.destroy();
		await stop(server);
	});

	test('streams without number hold no thread', async () => {
		const server = await serve('threads=1', 'max-per-address=200');
		const lines = [];
		for (let i = 0; i < 50; i++) lines.push(await listen(server));
		const began = Date.now();
		for (let i = 0; i < 20; i++) assert.equal((await request(server, '/search?q=x')).status, 200);
		assert.ok(Date.now() - began < 2000);
		assert.equal(await tell(server, 5), 50);
		await Promise.all(lines.map((line) => line.until(() => line.bytes.includes('data: xxxxx'))));
		for (const line of lines) line.socket.destroy();
		await stop(server);
	});

	test('who hangs up is noticed without being sent anything, and the place is free again', async () => {
		const server = await serve('threads=1', 'max-connections=16');
		for (let round = 0; round < 3; round++) {
			const lines = [];
			for (let i = 0; i < 4; i++) lines.push(await listen(server)); // a quarter of the connections
			const late = await new Line(server).send(GET('/stream')).answer();
			assert.equal(late.status, 503);
			for (const line of lines) line.socket.destroy();
			await new Promise((resolve) => setTimeout(resolve, 1200));
		}
		assert.equal(await tell(server, 1), 0);
		await stop(server);
	});

	test('who does not read is let go, and nobody else waits for them', async () => {
		const server = await serve('threads=1');
		const deaf = await listen(server), good = await listen(server);
		deaf.socket.pause();
		for (let i = 0; i < 400 && await tell(server, 60000) === 2; i++) await new Promise((resolve) => setTimeout(resolve, 5));
		assert.equal(await tell(server, 7), 1);
		await good.until(() => good.bytes.includes('data: xxxxxxx\n'));
		deaf.socket.destroy();
		good.socket.destroy();
		await stop(server);
	});

	test('a stream outlives the time that a slow reader is given, and a stopping server does not wait for it', async () => {
		const server = await serve('threads=1', 'request-seconds=1', 'idle-seconds=1');
		const line = await listen(server);
		await new Promise((resolve) => setTimeout(resolve, 3500));
		assert.equal(await tell(server, 3), 1);
		await line.until(() => line.bytes.includes('data: xxx'));
		const began = Date.now();
		await stop(server);
		assert.ok(Date.now() - began < 3000, `stopping took ${Date.now() - began} ms`);
		await line.until(() => line.closed);
	});
});

describe('answers that take long', { skip: !existsSync(PROGRAM) && 'there is no http_server; script/build test makes it' }, () => {
	const GET = (target) => `GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`;
	const POST = (body) => `POST /later HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

	const connections = async (server) =>
		Number((await request(server, '/metrics')).text.match(/^broadsheet_http_connections (\d+)$/m)[1]);

	test('are made aside, each whole and its own, while the only thread goes on answering', async () => {
		const server = await serve('threads=1');
		const waiting = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => new Line(server).send(GET(`/later/${n}`)).answer());
		const posted = new Line(server).send(POST('q=words+that+came'));
		let slowest = 0;
		for (let i = 0; i < 20; i++) {
			const began = performance.now();
			assert.equal((await request(server, i % 2 ? '/search?q=x' : '/cached/small')).status, 200);
			slowest = Math.max(slowest, performance.now() - began);
		}
		assert.ok(slowest < 600, `${slowest} ms`); // they take 150 each, so one behind the other 1200
		for (const [i, { status, text }] of (await Promise.all(waiting)).entries())
			assert.deepEqual([status, text.match(/^page=(.*)$/m)[1]], [200, String(i + 1)]);
		const { text } = await posted.answer();
		assert.match(text, /^body=17\nq=ok:words that came$/m);
		assert.equal((await posted.send(GET('/search?q=y')).answer()).status, 200, 'the connection goes on');
		await stop(server);
	});

	test('are refused when too many wait, and those who hung up cost nothing but their turn', async () => {
		const server = await serve('threads=1', 'max-per-address=200');
		const lines = [];
		for (let i = 0; i < 64; i++) lines.push(new Line(server).send(GET('/later')));
		await new Promise((resolve) => setTimeout(resolve, 100));
		assert.equal((await request(server, '/later')).status, 503);
		for (const line of lines.slice(4)) line.socket.destroy();
		for (const line of lines.slice(0, 4)) assert.equal((await line.answer()).status, 200);
		await stop(server);
	});

	test('are all given before the server ends, or refused', async () => {
		const server = await serve('threads=2', 'max-per-address=200');
		const lines = [];
		for (let i = 0; i < 60; i++) lines.push(new Line(server).send(GET('/later')));
		while (await connections(server) <= lines.length) await new Promise((resolve) => setTimeout(resolve, 20));
		await new Promise((resolve) => setTimeout(resolve, 100)); // they are there, and have asked
		await stop(server);
		await Promise.all(lines.map((line) => line.until(() => line.closed)));
		assert.ok(lines.every((line) => /^HTTP\/1\.1 (200|503) /.test(line.bytes.toString())));
	});
});
