// The manual page and `broadsheet help` say the same.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { missing, root, run } from '../lib/site.mjs'

const manual = join(root, 'docs/man/broadsheet.1')

// What the manual says of each command: name → text, from its ".It Cm" to the next one. The words of `theme render` and
// its like stand one behind the other; the first is the command.
function entries() {
	const list = readFileSync(manual, 'utf8').split('.Sh EXIT STATUS')[0]
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
		const usage = (await run(['help', command])).stdout
		assert.deepEqual(sorted([...written.get(command).matchAll(/\bFl -([\w-]+)/g)].map(match => match[1])),
			sorted([...usage.matchAll(/--([\w-]+)/g)].map(match => match[1])), `docs/man/broadsheet.1 on ${command}`)
	}
})

test('the manual page is well-formed', t => {
	const done = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning', manual], { encoding: 'utf8' })
	if (done.error)
		return t.skip('mandoc is not installed')
	assert.equal(done.stdout, '')
})
