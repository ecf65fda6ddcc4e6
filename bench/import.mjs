#!/usr/bin/env node
// What it takes to bring 5,000 Markdown files of ten paragraphs into a new newsroom.
//
//   bench/import.mjs [STORIES [ROUNDS]]
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { byTurns, figure, machine, median, row, timed } from './lib/measure.mjs'
import { bench, call, program, stories } from './lib/newsroom.mjs'

const [count = 5000, rounds = 5] = process.argv.slice(2).map(Number)
const folder = stories(count)
const data = join(bench, 'import')

console.log(machine())
const { took } = await byTurns(rounds, {
	took: () => {
		rmSync(data, { recursive: true, force: true })
		call('init', '--data', data)
		return timed(program, ['import', '--data', data, folder])
	},
})
rmSync(data, { recursive: true, force: true })
const rates = took.map(each => count / each.seconds)
row(`import of ${count} stories`, figure(rates, 'stories/s'), '', undefined, '2,000 stories/s', median(rates) >= 2000)
row('… its processor time', figure(took.map(each => each.processor), 's'))
row('… its memory at most', figure(took.map(each => each.mb), 'MB'))
