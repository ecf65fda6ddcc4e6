// What docs/handbook/themes.md says of views, made into a check and into a helper that fills whole views from the few
// values that a test is about.
import fs from 'node:fs'

const PLAIN = ['text', 'phrase', 'inline', 'html', 'raw', 'url', 'abs']
const MARKUP = ['phrase', 'inline', 'html', 'raw']

// Data files know no kinds, so the program escapes all text in them. Markup therefore goes in between these two private
// characters, and comes out of the page by `unwrap`.
const OPEN = '\ue000',
	CLOSE = '\ue001'

export const shapes = read(new URL('../../../docs/handbook/themes.md', import.meta.url))

// {shape: {name: {kind, list}}}, from the tables under the headings of third rank.
function read(file) {
	const found = {}
	let table = null
	for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
		const heading = line.match(/^### (\w+)$/)
		const row = line.match(/^\| `(\w+)` \| (list of )?(\w+) \|/)
		if (heading) table = found[heading[1]] = {}
		else if (/^##? /.test(line)) table = null
		else if (row && table) table[row[1]] = { kind: row[3], list: Boolean(row[2]) }
	}
	found.messages = null // any name: they are the catalogue's
	return found
}

export const isMarkup = kind => MARKUP.includes(kind)
export const isPlain = kind => PLAIN.includes(kind)

// The whole object of a shape: what is given, and everything else empty. Throws for a name or value the handbook has not.
export function make(shape, given = {}, path = shape) {
	const out = {}
	for (const name of Object.keys(given))
		if (!(name in shapes[shape])) throw new Error(`${path}: the handbook has no '${name}' in ${shape}`)
	for (const [name, { kind, list }] of Object.entries(shapes[shape])) {
		const value = given[name]
		if (list) {
			out[name] = (value ?? []).map((item, i) => make(kind, item, `${path}.${name}[${i}]`))
			out[`has_${name}`] = out[name].length > 0
		} else {
			out[name] = single(kind, value, `${path}.${name}`)
		}
	}
	return out
}

function single(kind, value, path) {
	if (kind === 'flag') return value ?? false
	if (kind === 'messages') return value ?? {}
	if (!isPlain(kind)) return value == null ? null : make(kind, value, path)
	if (value != null && typeof value !== 'string') throw new Error(`${path}: ${kind} is a string`)
	return value && isMarkup(kind) ? OPEN + value + CLOSE : (value ?? '')
}

// The view of a page: what the frame has, and the page's own object.
export function view(template, frame, page) {
	return { ...make('frame', { ...frame, template }), [template]: make(template, page) }
}

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

export function unwrap(html) {
	return html.replace(new RegExp(`${OPEN}([^${CLOSE}]*)${CLOSE}`, 'g'), (_, markup) =>
		markup.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => ENTITIES[name]),
	)
}
