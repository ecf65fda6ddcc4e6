#!/usr/bin/env node
// Story pages that no cache has, from newsrooms of growing size: the server on one core, wrk on another. A core's pages a second are those
// that it would make if it had nothing else to do: reckoned from the processor time that a page cost the server, which what else the
// machine does disturbs least. Then stories that are there in every language, in their own and as translations.
//
//   bench/page.mjs [STORIES [ROUNDS]]     100000 stories at most, 5 rounds
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { byTurns, figure, machine, median, ratioOf, row, wrk } from './lib/measure.mjs'
import { storyOf, storyPath } from './content.mjs'
import { bench, call, newsroom, root, serve, somePaths, wrkScript } from './lib/newsroom.mjs'

const [most = 100000, rounds = 5] = process.argv.slice(2).map(Number)
const sizes = [most / 100, most / 10, most]
const TRANSLATED = 200 // stories that are there in every language
const connections = 16
const perCore = list => list.map(each => 1e6 / each.cost)

console.log(machine())

async function measureSizes() {
	const servers = {}, subjects = {}
	for (const size of sizes) {
		const server = servers[size] = await serve(newsroom(size), { core: 0, threads: 1, cache_mb: 0 })
		const script = wrkScript(somePaths(size), size)
		const run = () => wrk(server.url, { pid: server.pid, core: 1, connections, script })
		run()
		subjects[`${size} stories`] = run
	}
	const found = await byTurns(rounds, subjects)
	await Promise.all(Object.values(servers).map(server => server.stop()))
	const rates = Object.fromEntries(Object.entries(found).map(([name, list]) => [name, perCore(list)]))
	const [small, , large] = Object.values(rates)
	for (const [name, list] of Object.entries(rates))
		row(`uncached story page, ${name}`, figure(list, 'pages/s per core'), '', undefined,
			...(list === large ? ['5,000 pages/s per core', median(list) >= 5000] : []))
	const growth = ratioOf(small, large)
	row(`… cost of a page, ${sizes[2]} beside ${sizes[0]} stories`, figure(small.map((rate, i) => rate / large[i]), '×'), '', growth,
		'1.5 at most', growth <= 1.5)
}

const languages = readdirSync(join(root, 'locale')).filter(name => name.endsWith('.po') && name !== 'en.po').map(name => name.slice(0, -3)).sort()
const translated = Array.from({ length: Math.min(TRANSLATED, most) }, (_, i) => i * Math.max(1, Math.floor(most / TRANSLATED)))

// Every passage of these stories, said in every language: what translators' files would bring.
function translateAll(data) {
	const quoted = text => `"${text.replaceAll('"', '\\"')}"`
	const markup = text => text.replace(/\[(.+?)\]\((.+?)\)/, '<a href="$2">$1</a>')
	const passages = translated.map(i => storyOf(i, most)).flatMap(story => [story.title, story.summary, ...story.paragraphs]).map(markup)
	const file = join(bench, 'translated.po')
	for (const language of languages) {
		const entries = passages.map(text => `msgid ${quoted(text)}\nmsgstr ${quoted(`${language} ${text}`)}\n`)
		writeFileSync(file, `msgid ""\nmsgstr "X-Source-Language: en\\nLanguage: ${language}\\n"\n\n${entries.join('\n')}`)
		call('translate', '--data', data, 'take', file)
	}
	rmSync(file)
}

async function measureTranslated() {
	const data = newsroom(most, { name: 'newsroom-translated', sources: [join(root, 'bench/page.mjs')], more: translateAll })
	const server = await serve(data, { core: 0, threads: 1, cache_mb: 0 })
	const paths = translated.map(i => storyPath(i, most))
	const subjects = Object.fromEntries(['', ...[languages[0], languages.at(-1)].map(code => `/${code}`)].map(prefix => {
		const script = wrkScript(paths, `translated${prefix.replace('/', '-')}`, prefix)
		return [prefix, () => wrk(server.url, { pid: server.pid, core: 1, connections, script })]
	}))
	const found = await byTurns(rounds, subjects)
	await server.stop()
	const [own, first, last] = Object.values(found).map(perCore)
	row(`uncached page of a story that is there in ${languages.length} languages besides`, figure(own, 'pages/s per core'))
	for (const [language, list] of [[languages[0], first], [languages.at(-1), last]]) {
		const ratio = ratioOf(own, list)
		row(`… of its translation (${language}), and the cost beside the story's own`, figure(list, 'pages/s per core'), '', ratio,
			'1.2 at most', ratio <= 1.2)
	}
}

await measureSizes()
await measureTranslated()
