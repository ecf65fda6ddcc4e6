// Documents for the importer, and what it made of them.
//
//   const room = await importer()                                  // an empty newsroom
//   const done = await room.import({ 'a.md': '---\ntitle: A\n---\n\nText.\n' })   // { status, stderr, lines, events }
//   room.stories()[0].fields.title                                 // what is stored: tests/lib/newsroom.py
//   room.end()

import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeNewsroom, onPostgres, program, run } from './site.mjs'

const reader = join(dirname(fileURLToPath(import.meta.url)), 'newsroom.py')

// Write { path: text or bytes } below a folder.
export function writeFiles(folder, files) {
	for (const [path, content] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true })
		writeFileSync(join(folder, path), content)
	}
	return folder
}

export function frontMatter(fields, body = 'Text.') {
	const lines = Object.entries(fields).map(([key, value]) => `${key}: ${value}`)
	return `---\n${lines.join('\n')}\n---\n\n${body}\n`
}

// The newsroom's database as a SQLite file: of one on PostgreSQL a copy, which the program makes.
function database(data) {
	if (!onPostgres) return join(data, 'broadsheet.db')
	const copy = join(mkdtempSync(join(dirname(data), 'copy-')), 'copy.db')
	execFileSync(program, ['migrate-store', '--from', data, '--to', copy])
	return copy
}

export async function importer() {
	const data = await makeNewsroom()
	const folders = []
	const room = {
		data,
		folder(files) {
			folders.push(mkdtempSync(join(dirname(data), 'documents-')))
			return writeFiles(folders.at(-1), files)
		},
		async importPaths(paths, args = [], options = {}) {
			const done = await run(['import', '--data', data, ...args, ...paths], { seconds: 300, ...options })
			const lines = done.stdout.split('\n').filter(Boolean)
			return { ...done, lines, refused: done.stderr.split('\n').filter(Boolean), events: args.includes('--json') ? lines.map(JSON.parse) : [] }
		},
		import(files, args, options) {
			return room.importPaths([room.folder(files)], args, options)
		},
		read() {
			return JSON.parse(execFileSync('python3', [reader, database(data)], { encoding: 'utf8', maxBuffer: 1 << 28 }))
		},
		stories: () => room.read().stories,
		story: title => room.stories().find(story => story.fields.title === title),
		end: () => rmSync(dirname(data), { recursive: true, force: true }),
	}
	return room
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' }

// What a page says, its tags gone and its blanks single.
export function words(html) {
	return html
		.replace(/<(script|style)\b.*?<\/\1>/gs, ' ')
		.replace(/<\/(p|li|h\d|dd|dt|figcaption|td|th|blockquote|div)>/g, ' ')
		.replace(/<br>/g, ' ')
		.replace(/<[^>]*>/g, '')
		.replace(/&(#39|\w+);/g, (whole, name) => entities[name] ?? whole)
		.replace(/\s+/g, ' ')
		.trim()
}
