// How everything in bench/ measures and says what it found: rounds in which each subject has its turn, so that what else the machine does
// hits all; the median of the rounds, and how far they lie apart; one line of a table for each figure.
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'

const sorted = list => [...list].sort((a, b) => a - b)
export const quantile = (list, q) => sorted(list)[Math.min(list.length - 1, Math.floor(list.length * q))]
export const median = list => quantile(list, 0.5)

// Half of the way from the lowest to the highest, in per cent of the median.
const noise = list => list.length > 1 ? Math.round((Math.max(...list) - Math.min(...list)) * 50 / median(list)) : undefined

// Call each subject once a round, in turning order: { name: [result of each round] }.
export async function byTurns(rounds, subjects) {
	const names = Object.keys(subjects)
	const results = Object.fromEntries(names.map(name => [name, []]))
	for (let i = 0; i < rounds; i++)
		for (const name of i % 2 ? [...names].reverse() : names)
			results[name].push(await subjects[name](i))
	return results
}

// The median of each round's own ratio.
export const ratioOf = (ours, theirs) => median(ours.map((value, i) => value / theirs[i]))

export const figure = (list, unit = '') => {
	const value = median(list)
	const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2
	const apart = noise(list)
	return `${value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits })}${unit && ` ${unit}`}`
		+ (apart === undefined ? '' : ` ±${apart} %`)
}

let begun = false
// One line: what, our figure, the peer's, their ratio, what is promised and whether it holds.
export function row(what, ours, peer = '', ratio = undefined, promise = '', holds = undefined) {
	if (!begun)
		console.log('| what | Broadsheet | peer | ratio | promised | holds |\n|---|---|---|---|---|---|')
	begun = true
	const said = holds === undefined ? '' : holds ? 'yes' : 'no'
	console.log(`| ${what} | ${ours} | ${peer} | ${ratio === undefined ? '' : ratio.toFixed(2)} | ${promise} | ${said} |`)
}

export function machine() {
	const [{ model }] = cpus()
	const disk = execFileSync('df', ['--output=source,fstype', '.'], { encoding: 'utf8' }).trim().split('\n').pop().trim().replace(/\s+/, ', ')
	const [load] = readFileSync('/proc/loadavg', 'utf8').split(' ')
	return `${cpus().length} × ${model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, ${disk}, load ${load}`
}

// Processor time of a process and its children, in microseconds, as exact as the kernel's ticks of 10 ms.
export function processorTime(pid) {
	const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
	return [pid, ...children].reduce((sum, each) => {
		const fields = readFileSync(`/proc/${each}/stat`, 'utf8').replace(/.*\) /, '').split(' ')
		return sum + (Number(fields[11]) + Number(fields[12])) * 10000
	}, 0)
}

// Resident memory of a process now and at its most, in MB.
export function memory(pid) {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8')
	const [now, most] = ['VmRSS', 'VmHWM'].map(name => Number(status.match(new RegExp(`${name}:\\s+(\\d+)`))[1]) / 1024)
	return { now, most }
}

// Run a command to its end: seconds, processor seconds, MB at most. Its output is thrown away.
export function timed(command, args) {
	const done = spawnSync('/usr/bin/time', ['-f', '%e %U %S %M', command, ...args],
		{ encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1 << 28 })
	if (done.status !== 0)
		throw new Error(`${command} ${args.join(' ')} ended with ${done.status}\n${done.stderr}`)
	const [seconds, user, system, kb] = done.stderr.trim().split('\n').pop().split(' ').map(Number)
	return { seconds, processor: user + system, mb: kb / 1024 }
}

// wrk against a server for some seconds: requests a second, and the processor time that each cost the server, in microseconds.
export function wrk(url, { pid, threads = 1, connections = 64, seconds = 2, header, script, core } = {}) {
	const before = pid ? processorTime(pid) : 0
	const place = core === undefined ? [] : ['taskset', '-c', String(core)]
	const more = [...(header ? ['-H', header] : []), ...(script ? ['-s', script] : [])]
	const [command, ...args] = [...place, 'wrk', `-t${threads}`, `-c${connections}`, `-d${seconds}s`, ...more, url]
	const text = execFileSync(command, args, { encoding: 'utf8' })
	const requests = Number(text.match(/(\d+) requests in/)[1])
	if (/Non-2xx|Socket errors/.test(text))
		throw new Error(`${url} was not answered well:\n${text}`)
	return { rate: Number(text.match(/Requests\/sec:\s+([\d.]+)/)[1]), cost: pid ? (processorTime(pid) - before) / requests : NaN }
}
