// The default theme against its contract: it uses no name that the handbook has not, and makes of each fixture what stands
// in tests/golden/theme/. BS_GOLDEN=write writes those files anew; read what changed before you commit it.

import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fixtures } from '../golden/theme/fixtures.mjs'
import { isMarkup, make, shapes, unwrap, view } from '../golden/theme/view.mjs'
import { missing, root, run, temporaryFolder } from '../lib/site.mjs'

const theme = join(root, 'themes/default')
const golden = join(root, 'tests/golden/theme')
const templates = readdirSync(theme).filter(file => file.endsWith('.mustache'))

const source = file => readFileSync(join(theme, file), 'utf8')
const tags = (file, pattern) => [...source(file).matchAll(pattern)].map(found => found[1])

// {name: English} of the messages that templates may use: those without parameters.
function messages() {
	const po = readFileSync(join(root, 'locale/en.po'), 'utf8')
	const found = [...po.matchAll(/^msgid "(.+)"\nmsgstr "(.*)"$/gm)].filter(([, , text]) => !text.includes('{'))
	return Object.fromEntries(found.map(([, id, text]) => [id.replace(/[.-]/g, '_'), text]))
}

test('templates use only names that the handbook explains', () => {
	const known = new Set([
		...Object.keys(shapes),
		...Object.values(shapes).flatMap(shape => Object.keys(shape ?? {}).flatMap(name => [name, `has_${name}`])),
	])
	for (const file of templates)
		for (const name of tags(file, /\{\{[#^]?([a-z][\w.]*)\}\}/g).filter(name => !name.startsWith('msg.')))
			for (const part of name.split('.')) assert.ok(known.has(part), `${file}: {{${name}}}`)
})

test('the program knows just the names that the handbook explains', () => {
	const pages = fixtures.map(([, template]) => template)
	const explained = new Set(pages)
	for (const names of Object.values(shapes))
		for (const [name, { list }] of Object.entries(names ?? {})) explained.add(name).add(list ? `has_${name}` : name)
	const header = readFileSync(join(root, 'src/page/names.h'), 'utf8')
	const known = [...header.matchAll(/X\(([a-z]\w*)\)/g)].map(found => found[1])
	assert.deepEqual([...known].sort(), [...explained].sort())
})

test('templates use only messages of the catalogue that need no values', () => {
	const known = messages()
	for (const file of templates)
		for (const name of tags(file, /\{\{msg\.(\w+)\}\}/g)) assert.ok(name in known, `${file}: {{msg.${name}}}`)
})

test('templates leave escaping to the values', () => {
	for (const file of templates) assert.deepEqual(tags(file, /(\{\{\{|\{\{&)/g), [], file)
})

test('every template and partial is used', () => {
	const used = new Set(fixtures.map(([, template]) => template))
	for (const file of templates) tags(file, /\{\{[<>]([a-z]+)\}\}/g).forEach(name => used.add(name))
	fixtures.flatMap(([, , , page]) => page.groups ?? []).forEach(group => used.add(group.layout))
	assert.deepEqual([...used].sort(), templates.map(file => file.replace('.mustache', '')).sort())
})

test('a view with a name that the handbook has not is refused', () => {
	assert.throws(() => make('card', { titel: 'x' }), /no 'titel' in card/)
	assert.throws(() => make('card', { title: 1 }), /card.title: phrase is a string/)
	assert.ok(isMarkup('phrase') && !isMarkup('text'))
})

test('the default theme makes the golden pages', { skip: missing }, async t => {
	const folder = temporaryFolder()
	mkdirSync(folder, { recursive: true })
	for (const [name, template, frame, page] of fixtures) {
		await t.test(name, async () => {
			const data = join(folder, `${name}.json`)
			writeFileSync(data, JSON.stringify(view(template, frame, page)))
			const done = await run([
				'theme',
				'render',
				join(theme, `${template}.mustache`),
				'--json',
				data,
				'--partials',
				theme,
			])
			assert.equal(done.status, 0, done.stderr)
			const html = unwrap(done.stdout)
			const file = join(golden, `${name}.html`)
			if (process.env.BS_GOLDEN === 'write') writeFileSync(file, html)
			assert.equal(html, readFileSync(file, 'utf8'))
		})
	}
	rmSync(folder, { recursive: true, force: true })
})

test('each kind of page has a style sheet of at most 12 KB besides its faces, and imports that exist', () => {
	for (const [, template] of fixtures) {
		const seen = new Set()
		const take = file => {
			if (seen.has(file)) return ''
			seen.add(file)
			if (file.startsWith('face')) return source(`css/${file}`) && ''
			return source(`css/${file}`).replace(/^@import "([^"]+)";\n?/gm, (_, name) => take(name))
		}
		const css = take(`${template}.css`)
			.replace(/\/\*[^]*?\*\//g, '')
			.replace(/\s+/g, ' ')
			.replace(/ ?([{};,]) ?/g, '$1')
			.replace(/: /g, ':')
			.replace(/;}/g, '}')
		assert.ok(css.length <= 12.5 * 1024, `${template}: ${css.length}`)
	}
})
