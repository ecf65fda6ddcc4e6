// The manual page and `broadsheet help` say the same.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { importer } from '../lib/import.mjs'
import { missing, root, run } from '../lib/site.mjs'

const manual = join(root, 'docs/man/broadsheet.1')

// What the manual says of each command: name → text, from its ".It Cm" to the next one. The words of `theme render` and
// its like stand one behind the other; the first is the command.
function entries() {
	const list = readFileSync(manual, 'utf8').split('.Sh EXIT STATUS')[0].split('The commands are:')[1]
	const found = new Map()
	for (const part of list.split(/^\.It Cm /m).slice(1)) {
		const name = part.match(/^[\w-]+/)[0]
		found.set(name, (found.get(name) ?? '') + part)
	}
	return found
}

const sorted = options => [...new Set(options)].sort()

test('the manual has the commands and options that help has, and no others', { skip: missing }, async () => {
	const { stdout } = await run(['help'])
	const commands = [...stdout.matchAll(/^ {2}(\w[\w-]*) {2,}/gm)].map(match => match[1])
	const written = entries()
	assert.ok(commands.length > 1, stdout)
	assert.deepEqual([...written.keys()].sort(), [...commands].sort(), 'docs/man/broadsheet.1')
	for (const command of commands) {
		const usage = (await run(['help', command])).stdout.split('\n\n')[0]
		assert.deepEqual(sorted([...written.get(command).matchAll(/\bFl -([\w-]+)/g)].map(match => match[1])),
			sorted([...usage.matchAll(/--([\w-]+)/g)].map(match => match[1])), `docs/man/broadsheet.1 on ${command}`)
	}
})

test('every command says how it is used when it is asked, and what each of its options means', { skip: missing }, async () => {
	const commands = [...(await run(['help'])).stdout.matchAll(/^ {2}(\w[\w-]*) {2,}/gm)].map(match => match[1])
	for (const command of commands) {
		const help = await run(['help', command])
		const usage = help.stdout.split('\n\n')[0]
		assert.match(usage, new RegExp(`^usage: broadsheet ${command}\\b`))
		assert.deepEqual([help.status, help.stderr], [0, ''])
		for (const asked of [['--help'], ['-h'], ['--data', 'nowhere', '--help']])
			assert.deepEqual(await run([command, ...asked]), help, `${command} ${asked.join(' ')}`)
		for (const [option] of usage.matchAll(/--[\w-]+/g))
			assert.match(help.stdout, new RegExp(`^  ${option} .*\\w`, 'm'), `help ${command} explains ${option}`)
	}
	assert.deepEqual((await run(['--help'])).stdout, (await run(['help'])).stdout)
	assert.match((await run(['--version'])).stdout, /^broadsheet \d+\.\d+\.\d+\n$/)
})

test('wrong usage ends with 2, says so on the standard error output, and names the way out', { skip: missing }, async () => {
	const wrong = [[], ['improt'], ['help', 'improt'], ['help', 'import', 'x'], ['init'], ['import'], ['import', 'x'], ['import', '--jsn', 'x'],
		['import', '--data', 'x', '--format', 'pdf', 'x'], ['set'], ['serve', 'x'], ['jobs', 'forget'], ['translate', 'give'], ['verify', 'x'],
		['migrate-store'], ['theme', 'render'], ['clean', 'x'], ['export', '--data', 'x', '--threads', 'two', 'y']]
	for (const args of wrong) {
		const done = await run(args)
		assert.equal(done.status, 2, args.join(' '))
		assert.equal(done.stdout, '')
		assert.match(done.stderr, /'broadsheet help|did you mean|usage: broadsheet|--data DIR|needs a whole number|is one of/, args.join(' '))
	}
})

test('a setting is checked alike from the command line and from settings.yml', { skip: missing }, async () => {
	const room = await importer()
	const bad = { name: ' ', language: 'xx-yy', url: 'https://', timezone: 'Mars/Base', 'contact.email': 'a@',
		channels: '[{"name":"x","url":"javascript:x"}]' }
	for (const [name, value] of Object.entries(bad)) {
		const before = (await run(['set', '--data', room.data, name])).stdout
		const done = await run(['set', '--data', room.data, name, value])
		assert.equal(done.status, 2, `${name} ${done.stderr}`)
		assert.notEqual(done.stderr, '')
		assert.equal((await run(['set', '--data', room.data, name])).stdout, before)
	}
	for (const line of ['language: xx-yy', 'url: "https://"', 'time_zone: Mars/Base', 'contact: {email: "a@"}',
		'channels: [{name: x, url: "javascript:x"}]']) {
		const done = await room.import({ 'settings.yml': `name: The Paper\ntagline: x\n${line}\n` })
		assert.equal(done.status, 3, line)
		assert.match(done.stderr, /settings\.yml:3: /, line)
	}
	assert.equal((await run(['set', '--data', room.data, 'channels', '[{"name":"Mail","url":"mailto:us@paper.example"}]'])).status, 0)
	room.end()
})

test('the manual page is well-formed', t => {
	const done = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning', manual], { encoding: 'utf8' })
	if (done.error)
		return t.skip('mandoc is not installed')
	assert.equal(done.stdout, '')
})
