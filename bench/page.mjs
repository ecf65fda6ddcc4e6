#!/usr/bin/env node
// Story pages that no cache has, from newsrooms of growing size: the server on one core, wrk on another. A core's pages a second are those
// that it would make if it had nothing else to do: reckoned from the processor time that a page cost the server, which what else the
// machine does disturbs least. Then the same story in its own language and as a translation.
//
//   bench/page.mjs [STORIES [ROUNDS]]     100000 stories at most, 5 rounds
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { byTurns, figure, machine, median, ratioOf, row, wrk } from './lib/measure.mjs'
import { storyOf } from './content.mjs'
import { bench, call, newsroom, root, serve, somePaths, wrkScript } from './lib/newsroom.mjs'

const [most = 100000, rounds = 5] = process.argv.slice(2).map(Number)
const sizes = [most / 100, most / 10, most]
const TRANSLATED = 1000
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

// Every passage of a story, said in another language: what a translator's file would bring.
function translateAll(data) {
	const quoted = text => `"${text.replaceAll('"', '\\"')}"`
	const markup = text => text.replace(/\[(.+?)\]\((.+?)\)/, '<a href="$2">$1</a>')
	const file = join(bench, 'de.po')
	for (let from = 0; from < TRANSLATED; from += 100) {
		const entries = Array.from({ length: 100 }, (_, i) => storyOf(from + i, TRANSLATED))
			.flatMap(story => [story.title, story.summary, ...story.paragraphs])
			.map(text => `msgid ${quoted(markup(text))}\nmsgstr ${quoted(`Auf ${markup(text)}`)}\n`)
		writeFileSync(file, `msgid ""\nmsgstr "X-Source-Language: en\\nLanguage: de\\n"\n\n${entries.join('\n')}`)
		call('translate', '--data', data, 'take', file)
	}
	rmSync(file)
}

async function measureTranslated() {
	const data = newsroom(TRANSLATED, { name: 'newsroom-translated', sources: [join(root, 'bench/page.mjs')], more: translateAll })
	const server = await serve(data, { core: 0, threads: 1, cache_mb: 0 })
	const paths = somePaths(TRANSLATED)
	const subjects = Object.fromEntries(['', '/de'].map(prefix => {
		const script = wrkScript(paths, `translated${prefix.replace('/', '-')}`, prefix)
		return [prefix, () => wrk(server.url, { pid: server.pid, core: 1, connections, script })]
	}))
	const found = await byTurns(rounds, subjects)
	await server.stop()
	const [own, translated] = Object.values(found).map(perCore)
	const ratio = ratioOf(own, translated)
	row('uncached page of a story with a translation', figure(own, 'pages/s per core'))
	row('uncached page of the translation', figure(translated, 'pages/s per core'))
	row('… cost of a page beside the story\'s own', figure(own.map((rate, i) => rate / translated[i]), '×'), '', ratio,
		'1.2 at most', ratio <= 1.2)
}

await measureSizes()
await measureTranslated()
