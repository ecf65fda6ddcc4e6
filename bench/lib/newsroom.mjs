// The newsrooms that bench/ measures: of bench/content.mjs's stories, made once and kept in build/bench until content or schema change.
import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { storyPath, writeStories } from '../content.mjs'
import { timed } from './measure.mjs'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
export const program = resolve(process.env.BS_BIN ?? join(root, 'build/broadsheet'))
export const bench = join(root, 'build/bench')

export function call(...args) {
	return execFileSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] })
}

// Have `make` fill a folder, unless it did so of the same sources before.
function kept(name, sources, make) {
	const folder = join(bench, name)
	const key = createHash('sha256')
	for (const file of sources)
		key.update(readFileSync(file))
	const made = key.digest('hex')
	const mark = `${folder}.made`
	if (existsSync(mark) && readFileSync(mark, 'utf8') === made)
		return folder
	rmSync(mark, { force: true })
	rmSync(folder, { recursive: true, force: true })
	mkdirSync(bench, { recursive: true })
	make(folder)
	writeFileSync(mark, made)
	return folder
}

const content = join(root, 'bench/content.mjs')
const schema = readdirSync(join(root, 'sql')).filter(name => name.endsWith('.sql')).sort().map(name => join(root, 'sql', name))

// The folder of `count` stories as Markdown.
export const stories = count => kept(`stories-${count}`, [content], folder => writeStories(folder, count))

// The data directory of a newsroom on SQLite with `count` stories; `more` puts in what else it is to hold.
export function newsroom(count, { name = `newsroom-${count}`, sources = [], more = () => {} } = {}) {
	const folder = stories(count)
	return kept(name, [content, ...schema, ...sources], data => {
		call('init', '--data', data)
		call('import', '--data', data, folder)
		more(data)
	})
}

const outside = (file, ...args) => execFileSync(file, args, { encoding: 'utf8', env: { ...process.env, BS_CLUSTER_DURABLE: '1' } }).trim()
// `start` a private cluster in a folder, with durability on, and give its DSN; `stop` it and remove the folder.
export const postgresCluster = (what, folder) => outside(join(root, 'script/postgres-cluster'), what, folder)
export const psql = (dsn, ...commands) => outside('psql', '-Xq', '-d', dsn, ...commands.flatMap(command => ['-c', command]))

// The newsroom in another database of a cluster, `data` its data directory; how long it took.
export function move(from, dsn, data) {
	const to = `${dsn} dbname=moved`
	psql(`${dsn} dbname=postgres`, 'CREATE DATABASE moved')
	const { seconds } = timed(program, ['migrate-store', '--from', from, '--to', to])
	psql(to, 'VACUUM ANALYZE')
	call('init', '--data', data, '--store', to)
	return { data, seconds }
}

// Addresses of `most` stories, all over the newsroom, in an order without a pattern.
export function somePaths(count, most = 5000) {
	const step = [7919, 7907, 7901].find(prime => count % prime !== 0)
	return Array.from({ length: Math.min(count, most) }, (_, i) => storyPath(i * step % count, count))
}

// A script for wrk that asks for these paths in turn.
export function wrkScript(paths, name, prefix = '') {
	const file = join(bench, `paths-${name}.lua`)
	writeFileSync(file, `local requests = {}\nfor path in ([[${paths.join('\n')}]]):gmatch('%S+') do\n`
		+ `\trequests[#requests + 1] = 'GET ${prefix}' .. path .. ' HTTP/1.1\\r\\nHost: bench.example\\r\\n\\r\\n'\nend\n`
		+ 'local at = 0\nfunction request() at = at % #requests + 1; return requests[at] end\n')
	return file
}

// Serve a newsroom with these settings of [server]; `core` keeps the server on one.
export async function serve(data, { core, ...settings } = {}) {
	const config = join(data, 'broadsheet.conf')
	const lines = readFileSync(config, 'utf8').split('\n')
	const store = lines.slice(lines.indexOf('[store]')).join('\n')
	writeFileSync(config, `[server]\n${Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`).join('')}\n${store}`)
	const args = ['serve', '--data', data, '--listen', '127.0.0.1:0']
	const begun = performance.now()
	const child = spawn(core === undefined ? program : 'taskset', core === undefined ? args : ['-c', String(core), program, ...args],
		{ stdio: ['ignore', 'pipe', 'inherit'] })
	const ended = new Promise(done => { child.on('exit', done) })
	const url = await new Promise((done, fail) => {
		child.stdout.on('data', text => done(String(text).match(/http:\S+/)[0]))
		ended.then(code => fail(new Error(`serve ended with ${code}`))) // nobody listens any more once it serves
	})
	const { port } = new URL(url)
	return {
		url, pid: child.pid, begun,
		connect: () => new Promise(done => {
			const socket = net.connect({ port, host: '127.0.0.1', noDelay: true }, () => done(socket))
		}),
		stop: () => { child.kill(); return ended },
	}
}

// One request over a kept connection: milliseconds until its last byte.
export function ask(socket, path) {
	return new Promise((done, fail) => {
		const begun = process.hrtime.bigint()
		let head = '', missing = -1
		socket.removeAllListeners('data')
		socket.on('data', bytes => {
			if (missing < 0) {
				head += bytes.toString('latin1')
				const end = head.indexOf('\r\n\r\n')
				if (end < 0)
					return
				if (!head.startsWith('HTTP/1.1 200'))
					fail(new Error(`${path}: ${head.slice(0, 40)}`))
				missing = Number(head.match(/content-length: (\d+)/i)[1]) - (head.length - end - 4)
			} else {
				missing -= bytes.length
			}
			if (missing <= 0)
				done(Number(process.hrtime.bigint() - begun) / 1e6)
		})
		socket.write(`GET ${path} HTTP/1.1\r\nHost: bench.example\r\n\r\n`)
	})
}
