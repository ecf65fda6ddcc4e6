// Real newsrooms and pages to try things on, where they are: beside the repository, or where BS_CORPORA (and BS_SAMPLES) say.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { root } from './site.mjs'

const corpora = resolve(process.env.BS_CORPORA ?? join(root, '../shared/corpora'))
const samples = resolve(process.env.BS_SAMPLES ?? join(corpora, '../samples'))

// For { skip: … }: why a test of this file cannot run, or false.
export const noCorpus = name => (existsSync(join(corpora, name)) ? false : `there is no ${name}; BS_CORPORA says where corpora are`)
export const noSample = name => (existsSync(join(samples, name)) ? false : `there is no ${name}; BS_SAMPLES says where samples are`)
export const sample = name => join(samples, name)

// The folder with what is in the archive; the caller removes it.
export function unpackCorpus(name) {
	const folder = mkdtempSync(join(process.env.TMPDIR ?? tmpdir(), 'broadsheet-corpus-'))
	const { status, stderr } = spawnSync('tar', ['xJf', join(corpora, name), '-C', folder], { encoding: 'utf8' })
	if (status !== 0)
		throw new Error(`tar: ${stderr}`)
	return folder
}
