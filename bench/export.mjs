#!/usr/bin/env node
// The static export of 5,000 articles of ten paragraphs into a new folder, beside Hugo on the same content and beside `cp -r` of the finished
// tree, by turns. Hugo makes three sites of it (bench/hugo): a plain one, a page for each story, lists of three taxonomies, a feed each; the
// same forms of everything that Broadsheet makes; and these with the same pages, whole. All of it on a file system in memory: what it takes
// is the programs' own.
// Then the export alone on the disk, where it ends only when all of it is written there.
//
//   bench/export.mjs [STORIES [ROUNDS]]
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { byTurns, figure, machine, ratioOf, row, timed } from './lib/measure.mjs'
import { bench, newsroom, program, root, stories } from './lib/newsroom.mjs'

const [count = 5000, rounds = 5] = process.argv.slice(2).map(Number)
const memory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'broadsheet-bench-'))
const [data, content] = [newsroom(count), stories(count)]
const into = name => join(memory, name)
const onDisk = [1, 2, 3].map(i => join(bench, `export-${i}`))

function exportTo(folder) {
	rmSync(folder, { recursive: true, force: true })
	return timed(program, ['export', '--data', data, folder])
}

function hugo(folder, ...configs) {
	rmSync(folder, { recursive: true, force: true })
	return timed('hugo', ['--quiet', '--noBuildLock', '-s', join(root, 'bench/hugo'), '--config', configs.join(','), '-c', content, '-d', folder])
}

function copy() {
	rmSync(into('copy'), { recursive: true, force: true })
	return timed('cp', ['-r', into('own'), into('copy')])
}

function sizeOf(folder) {
	const listed = execFileSync('find', [folder, '-type', 'f', '-printf', '%s\n'], { encoding: 'utf8', maxBuffer: 1 << 28 })
	const sizes = listed.trim().split('\n').map(Number)
	return `${sizes.length} files of ${Math.round(sizes.reduce((a, b) => a + b) / 1e6)} MB`
}

function compare(what, own, peer, least) {
	const ratio = ratioOf(peer.map(each => each.seconds), own.map(each => each.seconds))
	row(what, figure(own.map(each => each.seconds), 's'), figure(peer.map(each => each.seconds), 's'), ratio, ...least(ratio))
}

try {
	console.log(machine())
	const subjects = {
		own: () => exportTo(into('own')), copy, plain: () => hugo(into('plain'), 'hugo.toml'),
		forms: () => hugo(into('forms'), 'hugo.toml', 'all-forms.toml'),
		pages: () => hugo(into('pages'), 'hugo.toml', 'all-forms.toml', 'same-pages.toml'),
	}
	for (const subject of Object.values(subjects)) // everybody's files are in memory
		subject()
	const { own, copy: copied, plain, forms, pages } = await byTurns(rounds, subjects)
	/* Each into a folder of its own: for some seconds ext4 searches long for the number of a new file where many were removed. */
	const disk = onDisk.map(exportTo)

	const [made, madePlain, madeForms, madePages] = ['own', 'plain', 'forms', 'pages'].map(name => sizeOf(into(name)))
	const tenfold = ratio => ['10 × as fast', ratio >= 10]
	compare(`export of ${count} articles, ${made}, beside Hugo making the same pages and forms, ${madePages}`, own, pages, tenfold)
	compare(`… beside Hugo making the same forms of bare pages, ${madeForms}`, own, forms, tenfold)
	compare(`… beside Hugo making a plain site, ${madePlain}`, own, plain, tenfold)
	compare('… beside `cp -r` of the finished tree', own, copied, ratio => ['half as fast', ratio >= 0.5])
	const memories = [own, plain].map(list => list.map(each => each.mb))
	const share = ratioOf(...memories)
	row('… memory at most, beside Hugo making a plain site', ...memories.map(list => figure(list, 'MB')), share, 'a fifth', share <= 0.2)
	row('… processor time', ...[own, plain].map(list => figure(list.map(each => each.processor), 's')))
	row('the same export brought to the disk', figure(disk.map(each => each.seconds), 's'))
} finally {
	for (const folder of [memory, ...onDisk])
		rmSync(folder, { recursive: true, force: true })
}
