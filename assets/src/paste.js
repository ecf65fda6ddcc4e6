// What is pasted keeps its structure and loses its junk.
//
// The schema already lets through only what a story can hold, and the sanitiser has the last word when the text is saved. What is done here is
// what needs to be known of the programs that text comes from: Word writes lists as paragraphs, notes as anchors of its own and emphasis as
// styles; Google Docs wraps everything in a <b> that is not bold and says bold and italic in styles; pages bring their furniture along.

import { beginItems } from './html.js'

const JUNK = 'script, style, meta, link, title, xml, noscript, template, iframe, object, embed, svg, math, form, button, input, select, textarea, nav, '
	+ '[hidden], [aria-hidden=true], .MsoCommentReference, .MsoCommentText'

// Our policy has browsers ignore style attributes, also of documents that are only read: so they are read by another name, and by hand.
const unstyled = html => html.replace(/<style\b[\s\S]*?<\/style>/gi, '').replace(/<[a-z][^>]*>/gi, tag => tag.replace(/(\s)style(\s*=)/gi, '$1data-css$2').replace(/(\s)on(\w+\s*=)/gi, '$1data-on$2'))
const css = element => element.getAttribute('data-css') ?? ''
const probe = document.createElement('span')
function styleOf(element) {
	probe.style.cssText = css(element)
	return probe.style
}

const px = value => {
	const [, number, unit] = /^([\d.]+)(px|pt)?$/.exec(value ?? '') ?? []
	return number === undefined ? NaN : Number(number) * (unit === 'pt' ? 4 / 3 : 1)
}

function rename(element, tag) {
	const other = element.ownerDocument.createElement(tag)
	for (const { name, value } of element.attributes)
		other.setAttribute(name, value)
	other.append(...element.childNodes)
	element.replaceWith(other)
	return other
}

function wrapInside(element, tag) {
	const inner = element.ownerDocument.createElement(tag)
	inner.append(...element.childNodes)
	element.append(inner)
}

// --- Word ------------------------------------------------------------------------------------------------------------------------------

const isWord = root => root.querySelector('[class^=Mso], [data-css*="mso-"]') !== null

// "l0 level2 lfo1" of mso-list; the numeral or dot that Word drew stands in a span of its own.
function wordItem(paragraph) {
	const [, list, level] = /mso-list:\s*(\S+)\s+level(\d+)/i.exec(css(paragraph)) ?? []
	if (list === undefined)
		return null
	let label = ''
	const drawn = paragraph.querySelector('[data-css*="mso-list:Ignore" i], [data-css*="mso-list: Ignore" i]')
	if (drawn) {
		label = drawn.textContent.trim()
		drawn.remove()
	}
	return { list, level: Number(level), ordered: /^[(]?([0-9]+|[a-z]|[ivxlc]+)[.)]/i.test(label) }
}

function wordLists(root) {
	let stack = [], last = null
	for (const paragraph of [...root.querySelectorAll('p, h1, h2, h3, h4, h5, h6')]) {
		const item = wordItem(paragraph)
		if (!item || paragraph.localName !== 'p') {
			stack = []
			continue
		}
		if (last === null || paragraph.previousElementSibling !== last || stack[0]?.id !== item.list)
			stack = []
		while (stack.length > item.level)
			stack.pop()
		while (stack.length < item.level) {
			const list = root.ownerDocument.createElement(item.ordered ? 'ol' : 'ul'), outer = stack.at(-1)?.list
			if (!outer)
				paragraph.before(list)
			else
				(outer.lastElementChild ?? outer.appendChild(root.ownerDocument.createElement('li'))).append(list)
			stack.push({ id: item.list, list })
		}
		const entry = root.ownerDocument.createElement('li')
		entry.append(...paragraph.childNodes)
		stack.at(-1).list.append(entry)
		paragraph.remove()
		last = stack[0].list
	}
}

function wordParagraphs(root) {
	for (const paragraph of root.querySelectorAll('p[class^=Mso]')) {
		if (/^MsoTitle/.test(paragraph.className))
			rename(paragraph, 'h2')
		else if (/^Mso(Intense)?Quote/.test(paragraph.className))
			rename(paragraph, 'blockquote')
		else if (/^MsoHeading([1-6])/.test(paragraph.className))
			rename(paragraph, `h${RegExp.$1}`)
	}
}

// [1] with a link to _ftn1, and the notes behind a rule at the end.
function wordNotes(root) {
	const list = root.ownerDocument.createElement('div'), items = list.appendChild(root.ownerDocument.createElement('ol'))
	list.className = 'footnotes'
	for (const note of [...root.querySelectorAll('[data-css*="mso-element:footnote" i]:not([data-css*="footnote-list" i]), [data-css*="mso-element:endnote" i]:not([data-css*="endnote-list" i])')]) {
		const back = note.querySelector('a[name^=_ftn], a[name^=_edn], a[href*="#_ftnref"], a[href*="#_ednref"]')
		const name = (back?.getAttribute('name') || (back?.getAttribute('href') ?? '').replace(/^.*#/, '')).replace('ref', '')
		if (!name)
			continue
		back.remove()
		const item = items.appendChild(root.ownerDocument.createElement('li'))
		item.id = `fn-${name.replace(/^_/, 'w')}`
		item.append(...note.childNodes)
		note.remove()
	}
	for (const link of root.querySelectorAll('a[href*="#_ftn"], a[href*="#_edn"]')) {
		const name = link.getAttribute('href').replace(/^.*#_/, 'w')
		if (![...items.children].some(item => item.id === `fn-${name}`))
			continue
		const sup = root.ownerDocument.createElement('sup')
		sup.innerHTML = `<a href="#fn-${name}">*</a>`
		link.replaceWith(sup)
	}
	for (const rest of root.querySelectorAll('[data-css*="footnote-list" i], [data-css*="endnote-list" i]'))
		rest.remove()
	if (items.children.length > 0)
		root.append(list)
}

// --- Google Docs -------------------------------------------------------------------------------------------------------------------------

function unwrapDocs(root) {
	for (const wrapper of root.querySelectorAll('b[id^="docs-internal-guid"]'))
		wrapper.replaceWith(...wrapper.childNodes)
	// Its lists within lists stand beside their item, not in it.
	for (const inner of root.querySelectorAll('ul > ul, ul > ol, ol > ul, ol > ol'))
		if (inner.previousElementSibling?.localName === 'li')
			inner.previousElementSibling.append(inner)
}

// --- all -----------------------------------------------------------------------------------------------------------------------------------

// What styles say that elements do not.
function styles(root) {
	for (const span of [...root.querySelectorAll('[data-css]')]) {
		const { display, fontSize, fontWeight, fontStyle, textDecorationLine: line, verticalAlign } = styleOf(span)
		if (display === 'none' || /mso-hide:\s*all/i.test(css(span))) {
			span.remove()
			continue
		}
		if ((span.localName === 'b' && /^(normal|400)$/.test(fontWeight)) || (span.localName === 'i' && fontStyle === 'normal')) {
			span.replaceWith(...span.childNodes)
			continue
		}
		if (!/^(span|font|a|b|i|u|s|em|strong)$/.test(span.localName) || span.textContent.trim() === '')
			continue
		if (/^(bold|bolder|[6-9]00)$/.test(fontWeight) && !span.closest('b, strong, h1, h2, h3, h4, h5, h6'))
			wrapInside(span, 'strong')
		if (/^(italic|oblique)/.test(fontStyle) && !span.closest('i, em'))
			wrapInside(span, 'em')
		if (line.includes('line-through'))
			wrapInside(span, 's')
		if (/^(super|sub)$/.test(verticalAlign) && px(fontSize) !== 0)
			wrapInside(span, verticalAlign === 'sub' ? 'sub' : 'sup')
	}
}

// Links that search engines and Google Docs put before the one that is meant, and what counts clicks.
function links(root) {
	for (const link of root.querySelectorAll('a')) {
		const href = link.getAttribute('href') ?? ''
		if (!/^(https?:|mailto:|tel:|#fn-|\/)/i.test(href)) {
			link.replaceWith(...link.childNodes)
			continue
		}
		try {
			const url = new URL(href)
			const meant = /(^|\.)google\.[a-z.]+$/.test(url.hostname) && url.pathname === '/url' ? url.searchParams.get('q') ?? url.searchParams.get('url') : null
			const plain = new URL(meant ?? href), before = plain.search
			for (const name of [...plain.searchParams.keys()])
				if (/^(utm_|fbclid$|gclid$|mc_[ce]id$)/.test(name))
					plain.searchParams.delete(name)
			if (meant || plain.search !== before)
				link.setAttribute('href', plain.href)
		} catch { /* an address on the page itself */ }
	}
}

function attributes(root) {
	for (const element of root.querySelectorAll('*')) {
		const keptId = element.localName === 'li' && element.id.startsWith('fn-')
		for (const { name } of [...element.attributes])
			if (['dir', 'lang'].includes(name) || (name === 'id' && !keptId) || name.startsWith('data-') || name.startsWith('on'))
				element.removeAttribute(name)
	}
	for (const span of root.querySelectorAll('span, font'))
		span.replaceWith(...span.childNodes)
}

const BLOCKS = 'p, h1, h2, h3, h4, h5, h6, ul, ol, table, figure, blockquote, aside, pre, hr, div, section, article'

function empties(root) {
	// Line breaks between blocks are air.
	for (const line of root.querySelectorAll('br'))
		if (line.previousElementSibling?.matches(BLOCKS) || line.nextElementSibling?.matches(BLOCKS) || line.matches('.Apple-interchange-newline'))
			line.remove()
	for (const block of [...root.querySelectorAll('p, h1, h2, h3, h4, h5, h6, li, blockquote')].reverse())
		if (!/[^\s\u00a0]/.test(block.textContent) && !block.querySelector('img, table, hr'))
			block.remove()
}

// Somebody else's pictures are not ours to show, and readers' browsers are not sent there: what is said of them stays, as text.
function pictures(root) {
	for (const image of root.querySelectorAll('img'))
		if (!/^media:\d+$/.test(image.getAttribute('src')))
			image.remove()
	for (const figure of root.querySelectorAll('figure'))
		if (!figure.querySelector('img, table'))
			figure.replaceWith(...[...figure.querySelectorAll('figcaption')].map(caption => rename(caption, 'p')))
}

export function cleanPaste(html) {
	if (html.includes('data-pm-slice'))
		return html // from this very surface
	const document = new DOMParser().parseFromString(unstyled(html), 'text/html'), root = document.body
	const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT), comments = []
	while (walker.nextNode())
		comments.push(walker.currentNode)
	for (const comment of comments)
		comment.remove()
	for (const element of [...root.querySelectorAll('*')])
		if (element.localName.includes(':'))
			element.replaceWith(...element.childNodes)
	for (const junk of root.querySelectorAll(JUNK))
		junk.remove()
	if (isWord(root)) {
		wordNotes(root)
		wordLists(root)
		wordParagraphs(root)
	}
	unwrapDocs(root)
	styles(root)
	links(root)
	pictures(root)
	attributes(root)
	empties(root)
	beginItems(root)
	return root.innerHTML
}
