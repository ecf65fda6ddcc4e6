// Folders as data: what is in them, byte for byte, and which of their files are the very ones from before.

import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

// Every file below `folder` as "a/b.md" → value(path), in order.
function filesOf(folder, value) {
	const files = new Map()
	const look = (at, prefix) => {
		for (const entry of readdirSync(at, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)))
			if (entry.isDirectory())
				look(join(at, entry.name), `${prefix}${entry.name}/`)
			else
				files.set(prefix + entry.name, value(join(at, entry.name)))
	}
	look(folder, '')
	return files
}

// "a/b.md" → the hash of its bytes.
export const contents = folder => filesOf(folder, path => createHash('sha256').update(readFileSync(path)).digest('hex'))

// "a/b.md" → inode and time: equal when the file was left alone.
export const identities = folder => filesOf(folder, path => {
	const { ino, mtimeNs } = statSync(path, { bigint: true })
	return `${ino} ${mtimeNs}`
})

// Names that are not in both, or not alike in both.
export function differences(a, b) {
	const names = new Set([...a.keys(), ...b.keys()])
	return [...names].filter(name => a.get(name) !== b.get(name)).sort()
}
