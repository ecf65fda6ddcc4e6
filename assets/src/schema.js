// What a text can be made of: the blocks and inline elements of src/text/body.h and markup.h, as ProseMirror has them.
//
// The server's sanitiser decides what a story holds; this says no more than it would let through. What the schema does not take apart (definition
// lists, details, ruby, figures of several pictures) stands in the text as one piece, `asis`, in the HTML that the server wrote: it can be moved
// and removed, and comes back byte for byte.

import { Schema } from 'prosemirror-model'

const common = { id: { default: null }, lang: { default: null }, dir: { default: null } }
const COMMON = Object.keys(common)

const given = (dom, names) => Object.fromEntries(names.map(name => [name, dom.getAttribute(name)]))
const said = attrs => Object.fromEntries(Object.entries(attrs).filter(([, value]) => value !== null))
const pick = (attrs, names) => said(Object.fromEntries(names.map(name => [name, attrs[name]])))

// A block that is an element with some attributes and its content.
function block(tag, spec, names = []) {
	const attrs = { ...Object.fromEntries(names.map(name => [name, { default: null }])), ...common }
	const all = Object.keys(attrs)
	return { group: 'block', attrs, parseDOM: [{ tag, getAttrs: dom => given(dom, all) }], toDOM: node => [tag, pick(node.attrs, all), 0], ...spec }
}

function heading() {
	return {
		group: 'block', content: 'inline*', defining: true, attrs: { level: { default: 2 }, ...common },
		parseDOM: [1, 2, 3, 4, 5, 6].map(level => ({ tag: `h${level}`, getAttrs: dom => ({ level: Math.max(2, level), ...given(dom, COMMON) }) })),
		toDOM: node => [`h${node.attrs.level}`, pick(node.attrs, COMMON), 0],
	}
}

const preformatted = {
	group: 'block', content: 'inline*', code: true, defining: true, whitespace: 'pre', attrs: { code: { default: '' }, ...common },
	parseDOM: [{ tag: 'pre', preserveWhitespace: 'full', getAttrs(dom) {
		const code = dom.querySelector(':scope > code')
		return { code: code && (code.className.match(/^language-(.*)$/)?.[1] ?? ''), ...given(dom, COMMON) }
	}, contentElement: dom => dom.querySelector(':scope > code') ?? dom }],
	toDOM({ attrs }) {
		return attrs.code === null ? ['pre', pick(attrs, COMMON), 0]
			: ['pre', pick(attrs, COMMON), ['code', attrs.code ? { class: `language-${attrs.code}` } : {}, 0]]
	},
}

// One picture with its caption and credit, which are there to be filled in even when they are empty.
function figureParts(dom) {
	const parts = document.createElement('div')
	for (const name of ['caption', 'credit'])
		parts.appendChild(document.createElement('div')).dataset.part = name
	const caption = dom.querySelector('figcaption')?.cloneNode(true), credit = caption?.querySelector('small.credit')
	credit?.remove()
	parts.children[0].append(...(caption?.childNodes ?? []))
	parts.children[1].append(...(credit?.childNodes ?? []))
	return parts
}

const figure = {
	group: 'block', content: 'caption credit', isolating: true, draggable: true,
	attrs: { src: { default: '' }, alt: { default: '' }, width: { default: null }, height: { default: null }, href: { default: null }, ...common },
	parseDOM: [{ tag: 'figure', contentElement: figureParts, getAttrs(dom) {
		const images = dom.querySelectorAll('img'), image = images[0]
		if (images.length !== 1)
			return false
		return { ...given(image, ['width', 'height', ...COMMON]), src: image.getAttribute('src') ?? '', alt: image.getAttribute('alt') ?? '',
			href: image.closest('a')?.getAttribute('href') ?? null }
	} }, { tag: 'img[src]', getAttrs: dom => ({ src: dom.getAttribute('src'), alt: dom.getAttribute('alt') ?? '' }) }],
	toDOM: ({ attrs }) => ['figure', ['img', said({ ...attrs, href: null })], ['figcaption', 0]],
}

const figurePart = name => ({
	content: 'inline*', defining: true, parseDOM: [{ tag: `div[data-part=${name}]` }], toDOM: () => ['div', { 'data-part': name }, 0],
})

function cell(tag, role) {
	const sizes = { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null }, align: { default: null } }
	return {
		content: 'paragraph block*', isolating: true, tableRole: role, attrs: { ...sizes, ...common },
		parseDOM: [{ tag, getAttrs: dom => ({ ...given(dom, COMMON), colspan: dom.colSpan, rowspan: dom.rowSpan,
			align: dom.className.match(/\balign-(\w+)/)?.[1] ?? null }) }],
		toDOM({ attrs }) {
			const { colspan, rowspan, align } = attrs
			return [tag, { ...pick(attrs, COMMON), ...(colspan > 1 ? { colspan } : {}), ...(rowspan > 1 ? { rowspan } : {}),
				...(align ? { class: `align-${align}` } : {}) }, 0]
		},
	}
}

const table = {
	group: 'block', content: 'table_row+', isolating: true, tableRole: 'table', attrs: { caption: { default: '' } },
	parseDOM: [{ tag: 'caption', ignore: true }, { tag: 'table', getAttrs: dom => ({ caption: dom.querySelector('caption')?.innerHTML ?? '' }) }],
	toDOM: () => ['table', ['tbody', 0]],
}

const footnotes = {
	content: 'footnote+', isolating: true, selectable: false,
	parseDOM: [{ tag: 'div.footnotes', contentElement: 'ol' }],
	toDOM: () => ['div', { class: 'footnotes', role: 'doc-endnotes' }, ['ol', 0]],
}
const footnote = {
	content: 'paragraph block*', defining: true, attrs: { id: { default: null }, lang: { default: null }, dir: { default: null } },
	parseDOM: [{ tag: 'li', context: 'footnotes/', priority: 60, getAttrs: dom => given(dom, COMMON) }],
	toDOM: node => ['li', pick(node.attrs, COMMON), 0],
}
const footnoteRef = {
	group: 'inline', inline: true, atom: true, attrs: { note: { default: '' } },
	parseDOM: [{ tag: 'sup', priority: 60, getAttrs(dom) {
		const href = dom.childNodes.length === 1 && dom.firstElementChild?.getAttribute('href')
		return href && href.startsWith('#fn-') && { note: href.slice(1) }
	} }],
	toDOM: node => ['sup', { class: 'note-ref', 'data-note': node.attrs.note }],
}

// Where the picture of "media:5" is to be seen; those of other hosts are not.
const pictureAddress = src => src.match(/^media:(\d+)$/) ? src.replace(/^media:/, '/desk/picture/') : src.startsWith('/') ? src : null

export function showPicture(image, src) {
	const address = pictureAddress(src)
	if (address === null)
		image.removeAttribute('src')
	else if (image.getAttribute('src') !== address)
		image.setAttribute('src', address)
}

// What is kept as it is. The HTML is the server's own, and the policy of the page lets no script of it run.
function shown(tag, html) {
	const dom = document.createElement(tag)
	dom.className = 'asis'
	const { body } = new DOMParser().parseFromString(html, 'text/html')
	for (const image of body.querySelectorAll('img'))
		showPicture(image, image.getAttribute('src') ?? '')
	dom.append(...body.childNodes)
	return dom
}
const asis = {
	group: 'block', atom: true, draggable: true, attrs: { html: { default: '' } },
	parseDOM: [{ tag: 'dl, details, figure', priority: 40, getAttrs: dom => ({ html: dom.outerHTML }) }],
	toDOM: node => shown('div', node.attrs.html),
}
const asisInline = {
	group: 'inline', inline: true, atom: true, attrs: { html: { default: '' } },
	parseDOM: [{ tag: 'ruby', getAttrs: dom => ({ html: dom.outerHTML }) }],
	toDOM: node => shown('span', node.attrs.html),
}

// A notice of the newsroom stands in a text by its name alone (placed.js shows what it says).
const notice = {
	group: 'block', atom: true, draggable: true, attrs: { slug: { default: '' } },
	parseDOM: [{ tag: 'aside[data-notice]', priority: 60, getAttrs: dom => ({ slug: dom.dataset.notice }) }],
	toDOM: node => ['aside', { 'data-notice': node.attrs.slug }],
}

const nodes = {
	doc: { content: 'block+ footnotes?' },
	paragraph: block('p', { content: 'inline*' }),
	heading: heading(),
	blockquote: block('blockquote', { content: 'block+', defining: true }, ['cite']),
	aside: block('aside', { content: 'block+', defining: true }),
	bullet_list: block('ul', { content: 'list_item+' }),
	ordered_list: block('ol', { content: 'list_item+' }, ['start', 'type', 'reversed']),
	list_item: block('li', { group: '', content: 'paragraph block*', defining: true }, ['value']),
	preformatted,
	rule: { group: 'block', parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
	figure,
	caption: figurePart('caption'),
	credit: figurePart('credit'),
	table,
	table_row: { content: '(table_cell | table_header)*', tableRole: 'row', parseDOM: [{ tag: 'tr' }], toDOM: () => ['tr', 0] },
	table_cell: cell('td', 'cell'),
	table_header: cell('th', 'header_cell'),
	asis,
	notice,
	footnotes,
	footnote,
	text: { group: 'inline' },
	hard_break: { group: 'inline', inline: true, selectable: false, parseDOM: [{ tag: 'br' }], toDOM: () => ['br'] },
	footnote_ref: footnoteRef,
	asis_inline: asisInline,
}

// A mark is an element round a run of text. From the outermost to the innermost.
function mark(tag, names = [], spec = {}) {
	const all = [...names, 'lang', 'dir']
	return { attrs: Object.fromEntries(all.map(name => [name, { default: null }])), parseDOM: [{ tag, getAttrs: dom => given(dom, all) }],
		toDOM: m => [tag, said(m.attrs), 0], ...spec }
}
const also = (spec, ...rules) => ({ ...spec, parseDOM: [...spec.parseDOM, ...rules] })

const marks = {
	link: also(mark('a', ['href', 'hreflang'], { inclusive: false }), { tag: 'a[role=doc-backlink]', ignore: true, priority: 60 }),
	span: { ...mark('span'), parseDOM: [{ tag: 'span[lang], span[dir]', getAttrs: dom => given(dom, ['lang', 'dir']) }] },
	q: mark('q'),
	cite: mark('cite'),
	strong: also(mark('strong'), { tag: 'b' }),
	em: also(mark('em'), { tag: 'i' }),
	u: mark('u'),
	s: also(mark('s'), { tag: 'strike' }),
	...Object.fromEntries(['del', 'ins', 'mark', 'small', 'sub', 'sup', 'kbd', 'samp', 'var', 'bdi', 'bdo'].map(tag => [tag, mark(tag)])),
	abbr: mark('abbr', ['title']),
	dfn: mark('dfn', ['title']),
	time: mark('time', ['datetime']),
	code: mark('code', [], { code: true }),
}

export const schema = new Schema({ nodes, marks })
