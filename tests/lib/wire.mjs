// The http room from outside, byte by byte: raw sockets against its test server (tests/unit/http/http_server.c), because what
// matters there is what an ordinary client would never send.
//
//   const server = await serve('threads=1')          // { host, port, child, stderr, ended }
//   const line = new Line(server).send('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
//   const { status, headers, text } = await line.answer()
//   await stop(server)
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import net from 'node:net';
import path from 'node:path';

const ROOT = path.resolve(path.dirname(new URL(import.meta.url).pathname), '../..');
export const PROGRAM = process.env.BROADSHEET_HTTP_SERVER ?? path.join(ROOT, 'build-test/tests/unit/http/http_server');
const running = new Set();

// Start the server; resolves with where it listens.
export async function serve(...settings) {
	const child = spawn(PROGRAM, settings, { stdio: ['ignore', 'pipe', 'pipe'] });
	const server = { child, stderr: '' };
	running.add(child);
	child.stderr.on('data', (part) => { server.stderr += part; });
	server.ended = new Promise((resolve) => child.on('exit', (code, signal) => { running.delete(child); resolve(signal ?? code); }));
	const line = await new Promise((resolve, reject) => {
		child.stdout.once('data', (part) => resolve(String(part)));
		server.ended.then((code) => reject(new Error(`ended with ${code}: ${server.stderr}`)));
	});
	const [, host, port] = line.match(/http:\/\/(.+):(\d+)\//);
	return Object.assign(server, { host: host.replace(/[[\]]/g, ''), port: Number(port) });
}

export async function stop(server) {
	server.child.kill('SIGTERM');
	assert.equal(await server.ended, 0, server.stderr);
}

// A connection whose answers can be waited for one by one.
export class Line {
	constructor(server) {
		this.socket = net.connect({ host: server.host, port: server.port, noDelay: true });
		this.bytes = Buffer.alloc(0);
		this.closed = false;
		this.wake = () => {};
		this.socket.on('data', (part) => { this.bytes = Buffer.concat([this.bytes, part]); this.wake(); });
		this.socket.on('close', () => { this.closed = true; this.wake(); });
		this.socket.on('error', () => {});
	}

	send(...parts) {
		for (const part of parts) this.socket.write(typeof part === 'string' ? Buffer.from(part, 'latin1') : part);
		return this;
	}

	async until(done, limit = 8000) {
		const deadline = Date.now() + limit;
		for (;;) {
			const result = done();
			if (result) return result;
			if (Date.now() >= deadline) throw new Error(`nothing more came; so far: ${this.bytes.toString('latin1').slice(0, 500)}`);
			await new Promise((resolve) => {
				const timer = setTimeout(resolve, deadline - Date.now());
				this.wake = () => { clearTimeout(timer); resolve(); };
			});
		}
	}

	// The next answer; null when the connection was closed instead.
	async answer({ head = false } = {}) {
		return this.until(() => {
			const end = this.bytes.indexOf('\r\n\r\n');
			if (end >= 0) {
				const [first, ...lines] = this.bytes.subarray(0, end).toString('latin1').split('\r\n');
				const headers = {};
				for (const line of lines) {
					const colon = line.indexOf(':');
					const name = line.slice(0, colon).toLowerCase();
					assert.ok(!(name in headers), `${name} twice`);
					headers[name] = line.slice(colon + 1).trim();
				}
				const status = Number(first.split(' ')[1]);
				const length = head || status === 304 || status === 204 || status < 200 ? 0 : Number(headers['content-length']);
				if (this.bytes.length >= end + 4 + length) {
					const body = this.bytes.subarray(end + 4, end + 4 + length);
					this.bytes = this.bytes.subarray(end + 4 + length);
					return { first, status, headers, body, text: body.toString('utf8') };
				}
			}
			return this.closed ? { status: null } : undefined;
		});
	}

	async ends(limit) {
		await this.until(() => this.closed, limit);
		assert.equal(this.bytes.toString('latin1'), '', 'the server said more');
	}

	end() {
		this.socket.destroy();
	}
}

export const fields = (headers) => Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('');

export async function request(server, target, { method = 'GET', headers = {}, body = '' } = {}) {
	const line = new Line(server).send(`${method} ${target} HTTP/1.1\r\nHost: news.example\r\nConnection: close\r\n${fields(headers)}\r\n`, body);
	const answer = await line.answer({ head: method === 'HEAD' });
	await line.ends();
	return answer;
}

// Send bytes; the connection must be answered with this status (null: with nothing) and be closed, and not a byte more.
export async function refused(server, bytes, status) {
	const line = new Line(server).send(bytes);
	const answer = await line.answer();
	assert.equal(answer.status, status, `${JSON.stringify(bytes.toString().slice(0, 120))} was answered with ${answer.first}`);
	await line.until(() => line.closed);
	// Where the library itself refuses a head, it may say its own head twice; nothing else may follow.
	assert.doesNotMatch(line.bytes.toString('latin1'), /HTTP\/1.1 [^4]|hidden/);
	return answer;
}

// No server outlives the tests.
export function killAll() {
	for (const child of running) child.kill('SIGKILL');
}
