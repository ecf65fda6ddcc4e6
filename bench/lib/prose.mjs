// Paragraphs of real newsrooms as plain lines: of the demo newsroom in examples/, and of the corpora beside the repository where they are
// (tests/lib/corpora.mjs). What is measured on them must be measured on real words: how common each is, and each two together.
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { noCorpus, unpackCorpus } from '../../tests/lib/corpora.mjs'
import { root } from './newsroom.mjs'

const CORPORA = ['digitalgov-news.tar.xz', 'opensource-guide.tar.xz']

const markdownIn = folder => readdirSync(folder, { recursive: true }).filter(name => name.endsWith('.md')).sort().map(name => join(folder, name))

// A paragraph without its marks, or '' for what is none.
function plain(line) {
	const text = line.replace(/!\[[^\]]*\]\([^)]*\)/g, '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/<[^>]*>/g, '')
		.replace(/\{\{.*?\}\}/g, '').replace(/^[\s#>*+-]+|^\d+\.\s/, '').replace(/[*_`\\]/g, '').replace(/\s+/g, ' ').trim()
	return /^\p{L}.*\p{L} \p{L}/u.test(text) && !/[{}|]|^\w+:/.test(text) ? text : ''
}

export function prose() {
	const lines = files => files.flatMap(file => readFileSync(file, 'utf8').replace(/^---\n.*?\n---\n/s, '').split('\n').map(plain).filter(Boolean))
	const demo = lines(markdownIn(join(root, 'examples/harbour/stories')))
	const rest = CORPORA.filter(name => !noCorpus(name)).flatMap(name => {
		const folder = unpackCorpus(name)
		const found = lines(markdownIn(folder).filter(file => !/\/_articles\/\w\w(-\w+)?\//.test(file))) // there in other languages
		rmSync(folder, { recursive: true })
		return found
	})
	return { demo, all: [...demo, ...rest] }
}
