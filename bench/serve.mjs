#!/usr/bin/env node
// Pages from Broadsheet's cache beside nginx serving the same bytes from files, the same header fields with them: wrk with 64 kept
// connections against each by turns, round after round. Prints the rate of each, the median of the rounds' ratios, and what a request
// cost each server in processor time, which noise disturbs least. nginx sends open files with sendfile.
//
//   bench/serve.mjs [ROUNDS]         a story's page, plain and compressed, of a newsroom of 1,000 stories
//   bench/serve.mjs [ROUNDS] URL…    pages of a server that is running (its processor time is left out)
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { byTurns, figure, machine, ratioOf, row, wrk } from './lib/measure.mjs'
import { newsroom, serve, somePaths } from './lib/newsroom.mjs'

const rounds = Number(process.argv[2] ?? 5) || 5
const urls = process.argv.slice(2).filter(arg => arg.startsWith('http'))
const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
chmodSync(folder, 0o755) // nginx's workers read it as another user

function fetchRaw(url, encoding) {
	return new Promise((done, fail) => {
		http.get(url, { headers: encoding ? { 'accept-encoding': encoding } : {}, agent: false }, answer => {
			const parts = []
			answer.on('data', part => parts.push(part))
			answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }))
		}).on('error', fail)
	})
}

async function freePort() {
	const server = http.createServer().listen(0, '127.0.0.1')
	await new Promise(done => server.on('listening', done))
	const { port } = server.address()
	await new Promise(done => server.close(done))
	return port
}

// What each page needs to be answered alike: nginx sends the other fields itself, and must not send a time of change where the page has none.
const ITS_OWN = ['date', 'server', 'content-type', 'content-length', 'content-encoding', 'etag', 'last-modified', 'connection', 'keep-alive',
	'accept-ranges', 'transfer-encoding', 'vary']

const location = ({ file, plain }) => `location = /${file}.html { ${plain.headers['last-modified'] ? '' : 'add_header Last-Modified "";'} ${
	Object.entries(plain.headers).filter(([name]) => !ITS_OWN.includes(name))
		.map(([name, value]) => `add_header ${name} "${value.replace(/["\\]/g, '\\$&')}";`).join(' ')} }`

async function startNginx(pages) {
	const port = await freePort()
	const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(name => `${name}_temp_path ${folder}/${name};`).join(' ')
	writeFileSync(`${folder}/nginx.conf`, `worker_processes ${cpus().length};
daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events { worker_connections 1024; }
http {
	${temporary}
	access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 1000000000;
	open_file_cache max=1000 inactive=600s; open_file_cache_valid 600s; open_file_cache_min_uses 1;
	types { text/html html; } charset utf-8; gzip_static on; gzip_vary on;
	server { listen 127.0.0.1:${port}; root ${folder}; ${pages.map(location).join(' ')} }
}
`)
	const child = spawn('nginx', ['-c', `${folder}/nginx.conf`, '-e', `${folder}/error.log`], { stdio: 'inherit' })
	const ended = new Promise(done => { child.on('exit', done) })
	for (let i = 0; i < 50; i++) {
		await new Promise(done => { setTimeout(done, 50) })
		if (await fetchRaw(`http://127.0.0.1:${port}/`).then(() => true, () => false)) break
	}
	return { pid: child.pid, url: `http://127.0.0.1:${port}`, stop: () => { child.kill(); return ended } }
}

async function compare(name, ours, theirs, threads, header) {
	const run = subject => () => wrk(subject.url, { threads, header, pid: subject.pid })
	const subjects = { own: run(ours), peer: run(theirs) }
	subjects.own() // both have their files and variants ready
	subjects.peer()
	const { own, peer } = await byTurns(rounds, subjects)
	const ratio = ratioOf(own.map(each => each.rate), peer.map(each => each.rate))
	const shown = (which, unit) => [own, peer].map(list => figure(list.map(each => each[which]), unit))
	row(`${name}, wrk -t${threads} -c64`, ...shown('rate', 'requests/s'), ratio, 'as fast as nginx', ratio >= 1)
	if (ours.pid)
		row('… processor time of a request', ...shown('cost', 'µs'), ratioOf(peer.map(each => each.cost), own.map(each => each.cost)))
}

async function fetchPage(url, file) {
	const page = { url, file, plain: await fetchRaw(url), packed: await fetchRaw(url, 'gzip') }
	if (page.plain.status !== 200) throw new Error(`${url} answers ${page.plain.status}`)
	writeFileSync(`${folder}/${file}.html`, page.plain.body)
	page.isPacked = page.packed.headers['content-encoding'] === 'gzip'
	if (page.isPacked) writeFileSync(`${folder}/${file}.html.gz`, page.packed.body)
	return page
}

function checkAlike(plain, theirs) {
	if (!theirs.body.equals(plain.body)) throw new Error('nginx serves other bytes')
	const missing = Object.keys(plain.headers).filter(name => theirs.headers[name] === undefined)
	if (missing.length) throw new Error(`nginx sends no ${missing.join(', ')}`)
	if (theirs.headers['last-modified'] && !plain.headers['last-modified']) throw new Error('nginx sends a Last-Modified that the page has not')
}

async function main({ url, file, plain, packed, isPacked }, pid, nginx) {
	const theirs = { url: `${nginx.url}/${file}.html`, pid: nginx.pid }
	checkAlike(plain, await fetchRaw(theirs.url))
	for (const threads of [1, 2]) await compare(`cached page of ${plain.body.length} bytes`, { url, pid }, theirs, threads)
	if (isPacked) await compare(`… compressed to ${packed.body.length} bytes`, { url, pid }, theirs, 1, 'Accept-Encoding: gzip')
}

const own = urls.length ? undefined : await serve(newsroom(1000), { max_per_address: -1 })
let nginx
try {
	const pages = []
	for (const url of own ? [own.url + somePaths(1000)[3]] : urls) pages.push(await fetchPage(url, pages.length))
	nginx = await startNginx(pages)
	console.log(machine())
	for (const page of pages) await main(page, own?.pid, nginx)
} finally {
	await Promise.all([own?.stop(), nginx?.stop()])
	rmSync(folder, { recursive: true, force: true })
}
