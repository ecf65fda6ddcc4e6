// Bundle a script of the desk, such as the writing surface: node build.mjs src/ENTRY.js OUT.js [OUT.d]
//
// Called by the build (src/desk/meson.build), which embeds the script in the program. OUT.d names every file that went in, for ninja.

import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const [entry, out, depfile] = process.argv.slice(2)

const esbuild = await import('esbuild').catch(() => {
	console.error('assets/node_modules is missing: script/setup build installs it from assets/package-lock.json')
	process.exit(1)
})

// The licence of what is in a bundle besides our own code goes with it, as it asks.
const licence = () => `/* ProseMirror:\n${readFileSync(join(here, 'node_modules/prosemirror-model/LICENSE'), 'utf8').trim()}\n*/\n`
const made = await esbuild.build({
	absWorkingDir: here,
	entryPoints: [entry],
	bundle: true,
	minify: true,
	format: 'esm',
	target: ['chrome110', 'firefox110', 'safari16'],
	charset: 'utf8',
	legalComments: 'none',
	metafile: true,
	outfile: resolve(out),
	write: false,
	logLevel: 'warning',
})
const foreign = Object.keys(made.metafile.inputs).some(name => name.includes('node_modules'))
writeFileSync(out, (foreign ? licence() : '') + made.outputFiles[0].text)
if (depfile) {
	const inputs = Object.keys(made.metafile.inputs).map(name => join(here, name).replaceAll(' ', '\\ '))
	writeFileSync(depfile, `${relative(process.cwd(), out) || out}: ${inputs.join(' ')}\n`)
}
