// A newsroom of everything that a writer of files can get wrong: what is in tests/nasty (text that looks like YAML, like Markdown, like code of
// other tools; every field, every status; translations, corrections, pictures), and a story for each of these headlines.

import { copyFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './site.mjs'

// YAML, Markdown or HTML would take them for something else; or they come from everywhere; or they are long.
export const titles = [
	'Yes', 'null', '~', '1984', '1e3', '0x1F', '.inf', '2025-11-14', '12:30:45', 'true', '=', '<<', '...', '---', '- item', '? key',
	'key: value', 'a #comment', '# heading', '[flow]', '{map: x}', '*anchor', '&anchor', '!tag', '%directive', '@at', '`tick`', '|', '>',
	'"double" and \'single\'', "'", '"', '\\', '\\n is not a line', 'C:\\new\\table', 'trailing colon:', ': leading', 'a, b, c', 'tab\there',
	'AT&T; Q&A; &amp; &lt;b&gt;', '&#8217; &copy;', '<script>alert(1)</script>', '*stars* and _lines_', '[link](https://a.example)',
	'~~gone~~', '{{< shortcode >}} and {% liquid %}', '$1 `$(id)` ${x}', 'Emoji 🧊⛵️ 👩🏽‍🚀 🏳️‍🌈', 'عنوان عربي: «الجليد» #1',
	'עברית "ציטוט" (1)', '中文：标题，逗号', '日本語「見出し」', 'ไทยไม่มีช่องว่าง', 'हिन्दी: शीर्षक', 'Ελληνικά· τίτλος',
	'mixed עברית and English, 3-4', 'nbsp\u00a0here', 'soft\u00adhyphen', 'zero\u200bwidth\u200djoiner', 'line\u2028separator', 'e\u0301 combining',
	'ﬁ ligature ™ ½', 'e.g. 100 % — “quoted” … – dash', 'x'.repeat(15000),
]

const bodies = ['Text.', '> Quoted\n\n- a\n  - b', '```\ncode\n```', '| a |\n|---|\n| b |', 'Text[^1].\n\n[^1]: Note.']

// Write it all into `folder`.
export function writeNastyNewsroom(folder) {
	const picture = (from, to) => copyFileSync(join(root, 'examples/harbour/pictures', from), join(folder, to))
	cpSync(join(root, 'tests/nasty'), folder, { recursive: true })
	mkdirSync(join(folder, 'pictures'))
	picture('cable.webp', 'pictures/nul.webp')
	picture('ferry.webp', 'pictures/Some Pic&ture.webp')
	picture('ferry.webp', 'authors.webp')
	titles.forEach((title, n) => {
		const number = String(n).padStart(3, '0') // and YAML takes JSON
		writeFileSync(join(folder, `stories/title-${number}.md`), `---\ntitle: ${JSON.stringify(title)}\nslug: nasty-${number}
subtitle: ${JSON.stringify(title.slice(0, 500))}\npublished: 2025-11-14\n---\n\n${bodies[n % bodies.length]}\n`)
	})
	writeFileSync(join(folder, 'stories/long-heading.md'), `# ${'A *long* & heading; '.repeat(1200)}\n\nText under a title of more than 20 KB.\n`)
}
