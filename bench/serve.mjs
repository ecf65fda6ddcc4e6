#!/usr/bin/env node
// Pages from Broadsheet's cache beside nginx serving the same bytes from files: wrk with 64 kept connections against each by
// turns, round after round, so that what else the machine does hits both. Prints the median rate of each, the median of
// the rounds' ratios, and the processor time that a request cost each server, which noise disturbs least.
//
//   bench/serve.mjs [ROUNDS]           the http room's own test server, bodies of 2 KB and 20 KB
//   bench/serve.mjs [ROUNDS] URL…      pages of a server that is running (its processor time is left out)
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const SECONDS = 2;
const CONNECTIONS = 64;
const rounds = Number(process.argv[2] ?? 5) || 5;
const urls = process.argv.slice(2).filter((arg) => arg.startsWith('http'));
const folder = mkdtempSync(path.join(os.tmpdir(), 'broadsheet-bench-'));
const children = [];
chmodSync(folder, 0o755); // nginx's workers read it as another user

function fetchRaw(url, encoding) {
	return new Promise((resolve, reject) => {
		http.get(url, { headers: encoding ? { 'accept-encoding': encoding } : {}, agent: false }, (response) => {
			const parts = [];
			response.on('data', (part) => parts.push(part));
			response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
		}).on('error', reject);
	});
}

// Start a program; resolves with what `ready` makes of its output.
function start(command, args, ready) {
	const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
	children.push(child);
	return new Promise((resolve, reject) => {
		let text = '';
		child.on('exit', (code) => reject(new Error(`${command} ended with ${code}`)));
		child.stdout.on('data', (part) => {
			text += part;
			const result = ready(text);
			if (result) resolve({ pid: child.pid, result });
		});
		if (ready('')) resolve({ pid: child.pid, result: true });
	});
}

async function freePort() {
	const server = http.createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => server.on('listening', resolve));
	const { port } = server.address();
	await new Promise((resolve) => server.close(resolve));
	return port;
}

async function startNginx() {
	const port = await freePort();
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');
	writeFileSync(`${folder}/nginx.conf`, `worker_processes ${os.cpus().length};
daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events { worker_connections 1024; }
http {
	${temporary}
	access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 1000000000;
	open_file_cache max=1000 inactive=600s; open_file_cache_valid 600s; open_file_cache_min_uses 1;
	types { text/html html; } gzip_static on;
	server { listen 127.0.0.1:${port}; root ${folder}; }
}
`);
	const { pid } = await start('nginx', ['-c', `${folder}/nginx.conf`, '-e', `${folder}/error.log`], () => true);
	for (let i = 0; i < 50; i++) {
		await new Promise((resolve) => setTimeout(resolve, 50));
		if (await fetchRaw(`http://127.0.0.1:${port}/`).then(() => true, () => false)) break;
	}
	return { pid, base: `http://127.0.0.1:${port}` };
}

async function startOwn() {
	const build = path.join(ROOT, 'build-bench');
	const program = path.join(build, 'tests/unit/http/http_server');
	if (!existsSync(`${build}/build.ninja`))
		execFileSync('meson', ['setup', build, ROOT, '--buildtype=release', '-Db_lto=true'], { stdio: ['ignore', 'ignore', 'inherit'] });
	execFileSync('ninja', ['-C', build, '--quiet', 'tests/unit/http/http_server'], { stdio: ['ignore', 'ignore', 'inherit'] });
	const { pid, result } = await start(program, ['max-per-address=1000'], (text) => text.match(/http:\S+/)?.[0]);
	return { pid, base: result.replace(/\/$/, '') };
}

// Processor time of a process and its children, in ticks of 10 ms.
function ticks(pid) {
	const childPids = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
	return [pid, ...childPids].reduce((sum, each) => {
		const fields = readFileSync(`/proc/${each}/stat`, 'utf8').replace(/.*\) /, '').split(' ');
		return sum + Number(fields[11]) + Number(fields[12]);
	}, 0);
}

function wrk(url, threads, header, pid) {
	const before = pid ? ticks(pid) : 0;
	const args = [`-t${threads}`, `-c${CONNECTIONS}`, `-d${SECONDS}s`, ...(header ? ['-H', header] : []), url];
	const text = execFileSync('wrk', args, { encoding: 'utf8' });
	const requests = Number(text.match(/(\d+) requests in/)[1]);
	if (/Non-2xx|Socket errors/.test(text)) throw new Error(`${url} was not answered well:\n${text}`);
	return { rate: Number(text.match(/Requests\/sec:\s+([\d.]+)/)[1]), cost: pid ? ((ticks(pid) - before) * 10000) / requests : NaN };
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function measure(name, ours, theirs, threads, header) {
	const own = [];
	const peer = [];
	wrk(theirs.url, threads, header, theirs.pid); // both have their files and variants ready
	wrk(ours.url, threads, header, ours.pid);
	for (let i = 0; i < rounds; i++) {
		peer.push(wrk(theirs.url, threads, header, theirs.pid));
		own.push(wrk(ours.url, threads, header, ours.pid));
	}
	const ratio = median(own.map((each, i) => each.rate / peer[i].rate));
	const [a, b] = [own, peer].map((list) => median(list.map((each) => each.rate)));
	const [costA, costB] = [own, peer].map((list) => median(list.map((each) => each.cost)));
	console.log(`${name.padEnd(28)} ${threads}  ${a.toFixed(0).padStart(8)} ${b.toFixed(0).padStart(8)}   ${ratio.toFixed(2)}`
		+ (Number.isNaN(costA) ? '' : `   ${costA.toFixed(1).padStart(5)} ${costB.toFixed(1).padStart(5)}   ${(costB / costA).toFixed(2)}`));
}

async function main() {
	const own = urls.length ? { base: '' } : await startOwn();
	const pages = urls.length ? urls : [`${own.base}/cached/small`, `${own.base}/cached/large`];
	const nginx = await startNginx();
	console.log(`${os.cpus().length} × ${os.cpus()[0].model}, ${CONNECTIONS} connections, ${rounds} rounds of ${SECONDS} s`);
	console.log('page                   wrk threads  ours/s  nginx/s  ratio   µs each: ours nginx, nginx ÷ ours');
	for (const [i, url] of pages.entries()) {
		const plain = await fetchRaw(url);
		const packed = await fetchRaw(url, 'gzip');
		if (plain.status !== 200) throw new Error(`${url} answers ${plain.status}`);
		writeFileSync(`${folder}/${i}.html`, plain.body);
		if (packed.headers['content-encoding'] === 'gzip') writeFileSync(`${folder}/${i}.html.gz`, packed.body);
		const theirs = { url: `${nginx.base}/${i}.html`, pid: nginx.pid };
		if (!(await fetchRaw(theirs.url)).body.equals(plain.body)) throw new Error('nginx serves other bytes');
		const name = new URL(url).pathname;
		for (const threads of [1, 2]) await measure(`${name} (${plain.body.length} B)`, { url, pid: own.pid }, theirs, threads);
		if (packed.headers['content-encoding'] !== 'gzip') continue;
		await measure(`${name} gzip (${packed.body.length} B)`, { url, pid: own.pid }, theirs, 1, 'Accept-Encoding: gzip');
	}
}

main().catch((error) => {
	console.error(`bench/serve: ${error.message}`);
	process.exitCode = 1;
}).finally(() => {
	for (const child of children) child.removeAllListeners('exit').kill();
	rmSync(folder, { recursive: true, force: true });
});
