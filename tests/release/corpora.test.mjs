// Two real newsrooms of thousands of files become a newsroom of ours, files again, and a newsroom again; what comes out is the same.

import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { noCorpus, unpackCorpus } from '../lib/corpora.mjs'
import { missing } from '../lib/site.mjs'
import { thereAndBack } from '../lib/there-and-back.mjs'
import { contents } from '../lib/tree.mjs'

for (const [archive, paths, least] of [['digitalgov-news.tar.xz', ['content'], 2000], ['opensource-guide.tar.xz', ['_articles'], 300]])
	test(`${archive} comes back the same, files and site`, { skip: missing || noCorpus(archive) }, async t => {
		const corpus = unpackCorpus(archive)
		t.after(() => rmSync(corpus, { recursive: true, force: true }))
		const { files } = await thereAndBack(paths.map(path => join(corpus, path)), { refuses: true })
		assert.ok([...contents(files).keys()].filter(name => name.startsWith('stories/')).length > least)
	})
