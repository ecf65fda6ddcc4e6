// `broadsheet theme render`: the golden pages of tests/golden/template, and what it answers to wrong use.

import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { missing, root, run, temporaryFolder } from '../lib/site.mjs'

const golden = join(root, 'tests/golden/template')
let folder

before(() => { folder = temporaryFolder() })
after(() => rmSync(folder, { recursive: true }))

// Write the files and return the arguments for the one called page.mustache.
function put(files) {
	rmSync(folder, { recursive: true })
	for (const [name, text] of Object.entries({ 'data.json': '{}', ...files })) {
		mkdirSync(join(folder, name, '..'), { recursive: true })
		writeFileSync(join(folder, name), text)
	}
	return ['theme', 'render', join(folder, 'page.mustache'), '--json', join(folder, 'data.json')]
}

for (const name of readdirSync(golden).sort()) {
	test(`the page ${name} comes out as recorded`, { skip: missing }, async () => {
		const file = other => join(golden, name, other)
		const partials = existsSync(file('partials')) ? ['--partials', file('partials')] : []
		const { status, stdout, stderr } = await run(['theme', 'render', file('page.mustache'), '--json', file('data.json'), ...partials])
		assert.equal(stderr, '')
		assert.equal(status, 0)
		assert.equal(stdout, readFileSync(file('page.html'), 'utf8'))
	})
}

test('a fault is told with file, line and column', { skip: missing }, async () => {
	const { status, stdout, stderr } = await run(put({ 'page.mustache': 'one\n  {{#open}}\n' }))
	assert.equal(status, 1)
	assert.equal(stdout, '')
	assert.match(stderr, /page\.mustache:2:3: 'open' is opened here and never closed; write \{\{\/open\}\}\n$/)
})

test('a fault in a partial that data may name is told, too', { skip: missing }, async () => {
	const args = put({ 'page.mustache': 'x', 'parts/a.mustache': '{{/b}}' })
	const { status, stderr } = await run([...args, '--partials', join(folder, 'parts')])
	assert.equal(status, 1)
	assert.match(stderr, /parts\/a\.mustache:1:1: /)
})

test('data that is not JSON is refused with its place', { skip: missing }, async () => {
	const { status, stderr } = await run(put({ 'page.mustache': 'x', 'data.json': '{\n"a": }' }))
	assert.equal(status, 1)
	assert.match(stderr, /data\.json: JSON, line 2, column /)
})

test('what is not there or cannot be read is named', { skip: missing }, async () => {
	const args = put({ 'page.mustache': 'x' })
	for (const [at, name] of [[2, 'none.mustache'], [4, 'none.json'], [2, '.']]) {
		const { status, stderr } = await run(args.with(at, join(folder, name)))
		assert.equal(status, 1)
		assert.ok(stderr.includes(join(folder, name === '.' ? '' : name)), stderr)
	}
	const { status, stderr } = await run([...args, '--partials', join(folder, 'page.mustache')])
	assert.equal(status, 1)
	assert.match(stderr, /not a folder/)
})

test('wrong use is exit code 2', { skip: missing }, async () => {
	const page = put({ 'page.mustache': 'x' })
	for (const args of [['theme'], ['theme', 'render'], page.slice(0, 3), page.slice(0, 4), [...page, '--wat'], [...page, 'another']]) {
		const { status, stderr } = await run(args)
		assert.equal(status, 2, args.join(' '))
		assert.match(stderr, /^usage: broadsheet theme /)
	}
})

test('of partials that differ by extension the .mustache one is taken', { skip: missing }, async () => {
	const args = put({ 'page.mustache': '{{>p}}{{>q}}{{>r/s}}', 'parts/p.html': 'wrong', 'parts/p.mustache': 'right', 'parts/p.txt': 'wrong',
		'parts/q': ' bare', 'parts/r/s.html': ' deep', 'parts/.p.mustache.swp': '{{#', 'parts/with blank.mustache': '{{#' })
	assert.equal((await run([...args, '--partials', join(folder, 'parts')])).stdout, 'right bare deep')
	assert.equal((await run([...args, '--partials', join(folder, 'parts/')])).stdout, 'right bare deep')
})

test('links out of the partials are not followed', { skip: missing }, async () => {
	const args = put({ 'page.mustache': '[{{>secret}}]', 'secret.mustache': 'secret', 'parts/other.mustache': '' })
	symlinkSync(join(folder, 'secret.mustache'), join(folder, 'parts/secret.mustache'))
	symlinkSync(join(folder, 'parts'), join(folder, 'parts/loop'))
	assert.equal((await run([...args, '--partials', join(folder, 'parts')])).stdout, '[]')
})

test('endless recursion ends with a message', { skip: missing }, async () => {
	const args = put({ 'page.mustache': '{{>a}}', 'parts/a.mustache': 'a\n {{>a}}' })
	const { status, stderr } = await run([...args, '--partials', join(folder, 'parts')])
	assert.equal(status, 1)
	assert.match(stderr, /a\.mustache:2:2: sections and partials nest too deep here/)
})
