// Judges from outside: the Nu validator for HTML (and SVG, CSS), Lighthouse for the whole of a page.

import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { chromiumFlags, chromiumPath } from './browser.mjs'
import { temporaryFolder } from './site.mjs'

const require = createRequire(import.meta.url)

// A validator that lives for some seconds: what it took to compile its code well would never come back.
const quickJava = ['-Xss8m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC']

// What the Nu validator says of documents, one line each, warnings included; [] is what is wanted. `documents` is
// { name: text }; all go in one run, since starting it takes longer than checking a page. `kind` is html, svg or css.
export function nu(documents, kind = 'html') {
	const folder = temporaryFolder()
	const jar = join(require.resolve('vnu-jar/package.json'), '../build/dist/vnu.jar')
	const names = Object.keys(documents)
	mkdirSync(folder, { recursive: true })
	names.forEach((name, i) => writeFileSync(join(folder, `${i}.${kind}`), documents[name]))
	const done = spawnSync('java', [...quickJava, '-jar', jar, '--format', 'json', '--stdout', '--exit-zero-always', `--${kind}`,
		...names.map((_, i) => join(folder, `${i}.${kind}`))], { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 })
	rmSync(folder, { recursive: true, force: true })
	if (done.error || done.status !== 0)
		throw new Error(`the Nu validator did not run: ${done.error ?? done.stderr}`)
	return JSON.parse(done.stdout).messages.map(message => {
		const name = names[Number(message.url.match(/(\d+)\.\w+$/)[1])]
		return `${name}:${message.lastLine ?? 0}: ${message.subType ?? message.type}: ${message.message} ${message.extract ?? ''}`.trim()
	})
}

// A Chromium for any number of Lighthouse runs: { port, stop() }.
export async function startChromium() {
	const folder = temporaryFolder()
	const child = spawn(chromiumPath, [...chromiumFlags, '--remote-debugging-port=0', `--user-data-dir=${folder}`, 'about:blank'],
		{ stdio: 'ignore', detached: true }) // a group of its own: what Debian calls by that name may be a script that starts it
	const file = join(folder, 'DevToolsActivePort')
	for (let tries = 0; !existsSync(file) || !readFileSync(file, 'utf8').includes('\n'); tries++) {
		if (tries > 600 || child.exitCode !== null)
			throw new Error('Chromium did not start')
		await new Promise(again => setTimeout(again, 50))
	}
	return {
		port: Number(readFileSync(file, 'utf8').split('\n')[0]),
		async stop() {
			const gone = new Promise(done => child.once('exit', done))
			process.kill(-child.pid)
			await gone
			rmSync(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 200 })
		},
	}
}

const RUNS = 6

// Lighthouse slows the processor down to a phone's by a factor, 4, that is meant for a desktop computer; in the units of its own
// measurement of the machine (1,500 to 2,000 on such a one) that is a phone of 375 to 500. On a machine that is slower, or has other
// work, the same factor makes a phone that nobody has, on which an empty page blocks; on a quicker one, a phone too good. So each run
// slows down to PHONE by what the run before found the machine to be, and counts when the phone was no faster than FASTEST, that is,
// never to a page's advantage.
const PHONE = 400
const FASTEST = 500
let power = 4 * PHONE // what the machine is taken for before a run has told

async function audit(url, browser, without) {
	const { default: run, defaultConfig } = await import('lighthouse')
	const slowdown = Math.max(1, power / PHONE)
	const throttling = { ...defaultConfig.settings.throttling, cpuSlowdownMultiplier: slowdown }
	const { lhr } = await run(url, { port: browser.port, output: 'json', logLevel: 'silent', ignoreStatusCode: true, skipAudits: without,
		throttling })
	if (lhr.runtimeError)
		return { failed: `Lighthouse: ${url}: ${lhr.runtimeError.message}` }
	power = lhr.environment.benchmarkIndex
	if (power / slowdown > FASTEST)
		return { failed: `Lighthouse: ${url}: the machine was ${Math.round(power)} after it was ${Math.round(slowdown * PHONE)}` }
	const scores = {}
	const faults = []
	for (const [name, category] of Object.entries(lhr.categories)) {
		scores[name] = Math.round(category.score * 100)
		for (const { id, weight } of category.auditRefs) {
			const { score, title, displayValue = '' } = lhr.audits[id] ?? { score: null }
			if (weight > 0 && score !== null && score < 1)
				faults.push(`${name}: ${title} ${displayValue}`.trim())
		}
	}
	faults.push(`on a phone of ${Math.round(power / slowdown)}, a machine of ${Math.round(power)}`)
	return { scores, faults }
}

// Lighthouse on a page, as a slow phone (its simulated throttling): { scores: { performance, accessibility, 'best-practices',
// seo } of 0 … 100, faults: [what cost points, and at last how fast phone and machine were] }. `without`: names of audits that cannot hold
// for the page. `enough`: points for speed that end the search for a better run. Only the performance group depends on what else
// the machine does: other work can take points but never give any, so the best of the runs is the page's own.
export async function lighthouse(url, { without = [], enough = 100, chromium } = {}) {
	const browser = chromium ?? await startChromium()
	try {
		let best, failed // a run that Chromium did not record, or for another phone, says nothing of the page
		for (let i = 0; i < RUNS && !(best?.scores.performance >= enough); i++) {
			const found = await audit(url, browser, without)
			failed = found.failed
			if (!failed && !(best?.scores.performance >= found.scores.performance))
				best = found
		}
		if (!best) throw new Error(failed)
		return best
	} finally {
		if (!chromium)
			await browser.stop()
	}
}
