// Stories to measure with: `node bench/content.mjs FOLDER COUNT` writes COUNT Markdown files that Broadsheet and Hugo both read, ten
// paragraphs each, with three taxonomies; the same bytes each time. Words are as common as those of a language are: the n-th of 60,000
// is n times as seldom as the first.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const WORDS = 60000
const SYLLABLES = 'ba ke li mo nu ra se ti vo zu der gan hol mer pin tor'.split(' ')

// A small generator (xorshift32): the content must not change from run to run.
export function generator(seed) {
	let state = seed
	return () => {
		state ^= state << 13
		state ^= state >>> 17
		state ^= state << 5
		state >>>= 0
		return state / 4294967296
	}
}

// The n-th most common word, from 0: its number in syllables, so that common words are short.
export function word(n) {
	let text = ''
	do {
		text += SYLLABLES[n % 16]
		n = Math.floor(n / 16)
	} while (n > 0)
	return text
}

// One of the words from the `first`-th most common on.
export function anyWord(random, first = 1) {
	return word(Math.floor(first * (WORDS / first) ** random()) - 1)
}

function sentence(random, words) {
	const text = Array.from({ length: words }, () => anyWord(random)).join(' ')
	return text[0].toUpperCase() + text.slice(1)
}

function paragraph(random, i, n) {
	const text = Array.from({ length: 4 }, () => `${sentence(random, 8 + Math.floor(random() * 10))}.`).join(' ')
	return n === 3 ? `${text} See [the report](https://harbour-review.example/${i}).` : text
}

// Story i of `count`: what its file says. Its text does not depend on how many there are.
export function storyOf(i, count) {
	const random = generator(2463534242 ^ (i * 2654435761))
	for (let warm = 0; warm < 8; warm++)
		random()
	const day = new Date(Date.UTC(2010, 0, 1) + i * (5600 * 86400000 / count))
	return {
		title: `${sentence(random, 7)} ${i}`, slug: `story-${i}`, day, summary: `${sentence(random, 14)}.`,
		paragraphs: Array.from({ length: 10 }, (_, n) => paragraph(random, i, n)),
	}
}

export function storyPath(i, count) {
	const { day, slug } = storyOf(i, count)
	return `/${day.toISOString().slice(0, 7).replace('-', '/')}/${slug}`
}

export function writeStories(folder, count) {
	for (let i = 0; i < count; i++) {
		const story = storyOf(i, count)
		const part = join(folder, String(story.day.getUTCFullYear()))
		const front = {
			title: story.title, slug: story.slug, date: story.day.toISOString().slice(0, 19) + 'Z', summary: story.summary,
			authors: [`author-${i % 40}`], themes: [`theme-${i % 12}`], regions: [`region-${i % 30}`], tags: [`tag-${i % 200}`],
		}
		const head = Object.entries(front).map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join('\n')
		mkdirSync(part, { recursive: true })
		writeFileSync(join(part, `${story.slug}.md`), `---\n${head}\n---\n\n${story.paragraphs.join('\n\n')}\n`)
	}
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	const [folder, count] = [process.argv[2], Number(process.argv[3])]
	if (!folder || !(count > 0)) {
		console.error('usage: node bench/content.mjs FOLDER COUNT')
		process.exit(2)
	}
	writeStories(folder, count)
}
