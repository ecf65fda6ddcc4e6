// Newsrooms that become files, and files that become newsrooms again. Folders are removed when the file of tests has run.

import assert from 'node:assert/strict'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after } from 'node:test'
import { run, temporaryFolder } from './site.mjs'
import { contents, differences } from './tree.mjs'

const folders = []
after(() => folders.forEach(folder => rmSync(folder, { recursive: true, force: true })))
export const aFolder = () => {
	folders.push(temporaryFolder())
	return folders.at(-1)
}

const SECONDS = 600
export async function well(...args) {
	const done = await run(args, { seconds: SECONDS })
	assert.equal(done.status, 0, `${args.join(' ')}\n${done.stdout}${done.stderr}`)
	return done
}
export const imported = (data, ...paths) => run(['import', '--data', data, ...paths], { seconds: SECONDS })
export const exportStories = (data, to, ...args) => well('export', '--data', data, '--stories', ...args, to)

// A newsroom of what the paths name. Files that are refused are the test's affair only when it says `refuses`.
export async function newsroomOf(home, paths, { refuses = false } = {}) {
	await well('init', '--data', home)
	const { status, stderr } = await imported(home, ...paths)
	assert.ok(status === 0 || (refuses && status === 3), stderr)
	return home
}

// What legitimately differs from newsroom to newsroom: the hash of a revision's manifest, which names the newsroom's key and the
// time of the import; when the newsroom last changed a month of its archive; and with both the record of ETags.
const MANIFEST = /("role":"manifest-sha256","value":")[0-9a-f]{64}/
const MONTH_CHANGED = /(<loc>[^<]*(?:\/archive\/\d{4}\/\d{2}|\/sitemap-\d{4}-\d{2}[^<]*)<\/loc>\n<lastmod>)[^<]*/g
function siteOf(folder) {
	const site = contents(folder)
	for (const file of site.keys())
		if (file.endsWith('.json') || /(^|\/)sitemap(-pages)?\.xml$/.test(file))
			site.set(file, readFileSync(join(folder, file), 'utf8').replace(MANIFEST, '$1').replace(MONTH_CHANGED, '$1'))
	site.delete('.broadsheet')
	return site
}

// Import, export, import, export; the site of both. Returns where everything is.
export async function thereAndBack(paths, options) {
	const at = aFolder()
	await newsroomOf(join(at, 'first'), paths, options)
	return andBack(at)
}

// The same from the newsroom that is in the folder as "first"; `apart` names the pages that only its site has.
export async function andBack(at, apart = []) {
	const first = join(at, 'first'), second = join(at, 'second')
	const files = join(at, 'files'), again = join(at, 'again'), site = join(at, 'site'), secondSite = join(at, 'second-site')
	await exportStories(first, files)
	await newsroomOf(second, [files])
	await exportStories(second, again)
	assert.deepEqual(differences(contents(files), contents(again)), [])
	await well('export', '--data', first, site)
	await well('export', '--data', second, secondSite)
	assert.deepEqual(differences(siteOf(site), siteOf(secondSite)), apart)
	return { first, second, files, site }
}
