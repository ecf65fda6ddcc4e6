// The real program under test: start it on a newsroom of its own, talk to it, stop it, and see that it left in good order.
//
//   const site = await startSite({ folder: 'examples/harbour' })
//   const page = await site.get('/')                  // { status, headers, text }
//   await site.stop()
//
// The sanitizer build is what runs; BS_BIN=build/broadsheet in the environment takes another. Every run of it, the server
// and single commands alike, fails the test when a sanitizer has spoken.
//
// Newsrooms are on SQLite, or, when BS_TEST_DRIVER is postgres, each in a database of its own (tests/lib/postgres.mjs):
//
//   BS_TEST_DRIVER=postgres script/postgres-cluster run node --test tests/site/NAME.test.mjs
//
// Renditions of pictures, which are the same whoever makes them and cost more than all else of a small newsroom, are in one
// folder for all newsrooms of a run when BS_TEST_RENDITIONS names it; ownRenditions() keeps a file of tests out of that.

import { execFileSync, spawn } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createDatabase, onPostgres, query, root } from './postgres.mjs'

export { onPostgres, root }

const START_SECONDS = 30
const STOP_SECONDS = 20
const ASAN = 'detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1'
const SANITIZER = /(Address|Leak|Thread|Memory|UndefinedBehavior)Sanitizer|runtime error:/

export const program = process.env.BS_BIN
	? resolve(process.env.BS_BIN)
	: ['build-test/broadsheet', 'build-test/src/main/broadsheet'].map(name => join(root, name)).find(existsSync)

// For { skip: missing }: why tests of the program cannot run, or false.
export const missing = program && existsSync(program) ? false : 'there is no build-test/broadsheet; script/build test makes it'

const folders = []

// Goes with the process that asked for it.
export function temporaryFolder() {
	const folder = mkdtempSync(join(process.env.TMPDIR ?? tmpdir(), 'broadsheet-test-'))
	if (folders.push(folder) === 1)
		process.on('exit', removeFolders)
	return folder
}

function removeFolders() {
	for (const folder of folders) {
		try {
			rmSync(folder, { recursive: true, force: true })
		} catch {
			// whoever still has it, it is no fault that a test looks for
		}
	}
}

function checkSanitizers(what, stderr) {
	if (SANITIZER.test(stderr))
		throw new Error(`${what}: a sanitizer has spoken\n${stderr}`)
}

export function launch(args, { env = {}, cwd = root } = {}) {
	const child = spawn(program, args, { cwd, env: { ASAN_OPTIONS: ASAN, ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] })
	const out = { stdout: '', stderr: '' }
	for (const name of ['stdout', 'stderr'])
		child[name].setEncoding('utf8').on('data', text => { out[name] += text })
	child.stdin.on('error', () => {}) // it may well end without having read its input
	const exited = new Promise((done, fail) => {
		child.on('error', fail)
		child.on('close', (status, signal) => done({ status, signal }))
	})
	return { child, out, exited }
}

// A newsroom that is made without naming a database gets one of the kind that this run is for.
function withStore(args) {
	const given = args.some(arg => arg === '--store' || arg.startsWith('--store='))
	return args[0] === 'init' && onPostgres && !given ? [...args, '--store', createDatabase()] : args
}

let renditions = process.env.BS_TEST_RENDITIONS

// For tests of how renditions come to be.
export function ownRenditions() {
	renditions = undefined
}

function shareRenditions(args) {
	const data = args[0] === 'init' && resolve(root, args[args.indexOf('--data') + 1])
	if (data && renditions && existsSync(join(data, 'broadsheet.conf'))) // asked for --help it makes none
		symlinkSync(renditions, join(data, 'renditions'))
}

// Run one command to its end: { status, signal, stdout, stderr }. The status is the caller's to judge.
export async function run(args, { input = '', seconds = 120, ...options } = {}) {
	const { child, out, exited } = launch(withStore(args), options)
	const late = setTimeout(() => child.kill('SIGKILL'), seconds * 1000)
	child.stdin.end(input)
	const { status, signal } = await exited
	clearTimeout(late)
	checkSanitizers(`broadsheet ${args.join(' ')}`, out.stderr)
	if (status === 0)
		shareRenditions(args)
	return { status, signal, ...out }
}

async function runWell(...args) {
	const done = await run(args)
	if (done.status !== 0)
		throw new Error(`broadsheet ${args.join(' ')} ended with ${done.status ?? done.signal}\n${done.stderr}`)
	return done
}

// What `done` gives once it gives something: a server sees what another process published a moment after it, not at once.
export async function until(seconds, what, done) {
	const end = Date.now() + seconds * 1000
	for (;;) {
		const result = await done()
		if (result)
			return result
		if (Date.now() > end)
			throw new Error(`${what} did not happen within ${seconds} seconds`)
		await new Promise(again => setTimeout(again, 20))
	}
}

// A newsroom in a temporary folder, with what is in `folder` (or nothing) imported.
export async function makeNewsroom({ folder } = {}) {
	const data = join(temporaryFolder(), 'newsroom')
	await runWell('init', '--data', data)
	appendFileSync(join(data, 'broadsheet.conf'), '\n[links]\nlocal = yes\n') // nobody else's machine is asked by a test
	if (folder)
		await runWell('import', '--data', data, resolve(root, folder))
	return data
}

// SQL on the database of a newsroom, for what only an older release would leave behind; nothing may serve it meanwhile.
export function changeRows(data, ...statements) {
	const dsn = readFileSync(join(data, 'broadsheet.conf'), 'utf8').match(/^dsn = (.*)$/m)?.[1]
	if (dsn)
		return query(dsn, ...statements)
	return execFileSync('python3', ['-c', 'import sqlite3, sys\nwith sqlite3.connect(sys.argv[1]) as db:\n' +
		'\tfor sql in sys.argv[2:]:\n\t\tfor row in db.execute(sql):\n\t\t\tprint("|".join(map(str, row)))',
		join(data, 'broadsheet.db'), ...statements], { encoding: 'utf8' }).trim()
}

// The address that the server prints once it listens.
async function addressOf({ child, out, exited }) {
	const began = Date.now()
	let over = false
	exited.then(() => { over = true }, () => { over = true })
	for (;;) {
		const found = out.stdout.match(/http:\/\/(127\.0\.0\.1|\[::1\]):(\d+)/)
		if (found)
			return `http://${found[1]}:${found[2]}`
		if (over || Date.now() - began > START_SECONDS * 1000) {
			child.kill('SIGKILL')
			throw new Error(`the server named no address\n${out.stdout}${out.stderr}`)
		}
		await new Promise(again => setTimeout(again, 20))
	}
}

// Serve a newsroom: `data` is one that is there, else one is made of `folder` and removed at the end.
export async function startSite({ data, folder, listen = '127.0.0.1:0', args = [], env = {} } = {}) {
	const own = data === undefined
	data ??= await makeNewsroom({ folder })
	const server = launch(['serve', '--data', data, '--listen', listen, ...args], { env })
	const url = await addressOf(server)

	async function stop() {
		const late = setTimeout(() => server.child.kill('SIGKILL'), STOP_SECONDS * 1000)
		server.child.kill('SIGTERM')
		const { status, signal } = await server.exited
		clearTimeout(late)
		if (own)
			rmSync(dirname(data), { recursive: true, force: true })
		checkSanitizers('broadsheet serve', server.out.stderr)
		if (status !== 0)
			throw new Error(`the server ended with ${status ?? signal}\n${server.out.stderr}`)
	}

	return {
		url,
		data,
		pid: server.child.pid,
		stderr: () => server.out.stderr,
		stop,
		// Follows no redirect: where one leads is for the test to say.
		async get(path, options = {}) {
			const answer = await fetch(url + path, { redirect: 'manual', ...options })
			return { status: answer.status, headers: answer.headers, text: await answer.text() }
		},
	}
}
