// XML read strictly: what is not well-formed, or uses a prefix that nobody declared, throws.
//
//   const feed = parse(text)               // { name: 'rss', uri, attributes, children, text }
//   all(feed, 'item').map(item => textOf(item, 'title'))

import { SaxesParser } from 'saxes'

export function parse(text) {
	const root = { children: [] }
	const open = [root]
	const parser = new SaxesParser({ xmlns: true })
	parser.on('error', fault => { throw fault })
	parser.on('opentag', ({ name, uri, attributes }) => {
		const element = { name, uri, children: [], text: '',
			attributes: Object.fromEntries(Object.values(attributes).map(({ name, value }) => [name, value])) }
		open.at(-1).children.push(element)
		open.push(element)
	})
	const take = text => { open.at(-1).text += text }
	parser.on('text', take)
	parser.on('cdata', take)
	parser.on('closetag', () => open.pop())
	parser.write(text).close()
	return root.children[0]
}

export const all = (element, name) => element.children.filter(child => child.name === name)
export const one = (element, name) => all(element, name)[0]
export const textOf = (element, name) => one(element, name)?.text

// Every element below, itself first.
export function* walk(element) {
	yield element
	for (const child of element.children) yield* walk(child)
}
