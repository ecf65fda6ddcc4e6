// Stories to measure with: `node bench/content.mjs FOLDER COUNT` writes COUNT Markdown files that Broadsheet and Hugo both read, ten
// paragraphs each, with three taxonomies; the same bytes each time.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [folder, count] = [process.argv[2], Number(process.argv[3])]
if (!folder || !(count > 0)) {
	console.error('usage: node bench/content.mjs FOLDER COUNT')
	process.exit(2)
}

const words = ('harbour ice pilot minister chart channel winter coast guard vessel crew market fleet north shore station light signal ' +
	'depth report council budget engine weather forecast timetable quay dock crane cargo tide storm bridge ferry engineer union ' +
	'agreement inspection season licence route tonnage barge buoy anchor').split(' ')

// A small generator with a fixed seed (xorshift32): the content must not change from run to run.
let state = 2463534242
function random(below) {
	state ^= state << 13
	state ^= state >>> 17
	state ^= state << 5
	state >>>= 0
	return state % below
}

function sentence() {
	const text = Array.from({ length: 8 + random(10) }, () => words[random(words.length)]).join(' ')
	return text[0].toUpperCase() + text.slice(1) + '.'
}

function paragraph(i, n) {
	const text = Array.from({ length: 4 }, sentence).join(' ')
	return n === 3 ? `${text} See [the report](https://harbour-review.example/${i}).` : text
}

for (let i = 0; i < count; i++) {
	const day = new Date(Date.UTC(2010, 0, 1) + i * (5600 * 86400000 / count))
	const part = join(folder, String(day.getUTCFullYear()))
	mkdirSync(part, { recursive: true })
	const front = {
		title: `${sentence().slice(0, -1)} ${i}`, slug: `story-${i}`, date: day.toISOString().slice(0, 19) + 'Z',
		summary: sentence(), authors: [`author-${i % 40}`], themes: [`theme-${i % 12}`], regions: [`region-${i % 30}`], tags: [`tag-${i % 200}`],
	}
	const head = Object.entries(front).map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join('\n')
	const body = Array.from({ length: 10 }, (_, n) => paragraph(i, n)).join('\n\n')
	writeFileSync(join(part, `story-${i}.md`), `---\n${head}\n---\n\n${body}\n`)
}
