// From the server's HTML into a document and back.
//
// A block that nobody touched is written with the very bytes it was read from: documents of ProseMirror are immutable, so the node itself is
// still the one that was read. What did change is written by the schema, and the sanitiser makes its canonical form of it.

import { DOMParser as Reader, DOMSerializer } from 'prosemirror-model'
import { schema } from './schema.js'

const origins = new WeakMap() // a block at the top of a document → the HTML that it was read from
const reader = Reader.fromSchema(schema)
const inert = document.implementation.createHTMLDocument('') // what is made in it loads no pictures

// An item begins with a paragraph of its own, be it empty, where its HTML begins with another block.
export function beginItems(root) {
	for (const item of root.querySelectorAll('li, td, th')) {
		const first = [...item.childNodes].find(node => node.nodeType === Node.ELEMENT_NODE || node.textContent.trim() !== '')
		if (/^(ul|ol|dl|table|figure|blockquote|aside|details|pre|hr|h[1-6])$/.test(first?.localName))
			item.prepend(item.ownerDocument.createElement('p'))
	}
}

export function read(html) {
	const body = new DOMParser().parseFromString(html, 'text/html').body, blocks = [...body.children].map(block => block.outerHTML)
	beginItems(body)
	const doc = reader.parse(body)
	// Each element of the canonical form is one block; were it ever not, everything is written anew.
	if (doc.childCount === blocks.length)
		doc.forEach((node, _, i) => origins.set(node, blocks[i]))
	return doc
}

const figcaption = node => {
	const caption = inert.createElement('figcaption')
	const [words, credit] = [node.child(0), node.child(1)].map(part => writer.serializeFragment(part.content, { document: inert }))
	caption.append(words)
	if (credit.childNodes.length > 0) {
		const small = inert.createElement('small')
		small.className = 'credit'
		small.append(credit)
		caption.append(...(caption.childNodes.length > 0 ? [' '] : []), small)
	}
	return caption.childNodes.length > 0 ? [caption] : []
}

function writeFigure(node) {
	const figure = inert.createElement('figure'), { href, ...attrs } = node.attrs
	const image = inert.createElement('img')
	for (const [name, value] of Object.entries(attrs))
		value !== null && image.setAttribute(name, value)
	if (href) {
		const link = inert.createElement('a')
		link.setAttribute('href', href)
		link.append(image)
		figure.append(link)
	} else {
		figure.append(image)
	}
	figure.append(...figcaption(node))
	return figure
}

function writeTable(node) {
	const table = inert.createElement('table')
	if (node.attrs.caption)
		table.createCaption().innerHTML = node.attrs.caption
	table.append(writer.serializeFragment(node.content, { document: inert }))
	return table
}

function writeAsis(node) {
	return new DOMParser().parseFromString(node.attrs.html, 'text/html').body.firstChild ?? inert.createTextNode('')
}

function writeRef(node) {
	const sup = inert.createElement('sup'), link = sup.appendChild(inert.createElement('a'))
	link.setAttribute('href', `#${node.attrs.note}`)
	link.textContent = node.attrs.note.slice(3)
	return sup
}

const writer = new DOMSerializer({ ...DOMSerializer.nodesFromSchema(schema), figure: writeFigure, table: writeTable, asis: writeAsis,
	asis_inline: writeAsis, footnote_ref: writeRef }, DOMSerializer.marksFromSchema(schema))

// The first paragraph of an item is the item's own text.
function unwrapItems(root) {
	for (const item of root.querySelectorAll('li, td, th')) {
		const first = item.firstElementChild
		if (first?.localName === 'p' && first.attributes.length === 0 && item.firstChild === first)
			first.replaceWith(...first.childNodes)
	}
}

// By the schema alone.
export function writeBlock(node) {
	const root = inert.createElement('div')
	root.append(writer.serializeNode(node, { document: inert }))
	unwrapItems(root)
	return root.innerHTML
}

export function write(doc) {
	const parts = []
	doc.forEach(node => {
		if (node.type !== schema.nodes.paragraph || node.content.size > 0)
			parts.push(origins.get(node) ?? writeBlock(node))
	})
	return parts.length > 0 ? `${parts.join('\n')}\n` : ''
}
