// Notices of the newsroom in the text: a box with the name of each and how it begins. What they say is the newsroom's; the text has their names.

import { NodeSelection, Plugin } from 'prosemirror-state'
import { schema } from './schema.js'

const known = new Map() // slug → the option of the dialog that has its name and words
let phrases

// What the page knows of them stands in the dialog that chooses one.
export function learn(dialog) {
	for (const option of dialog.querySelectorAll('option'))
		known.set(option.value, option)
	phrases = { what: dialog.querySelector('h2').textContent, ...dialog.dataset }
}

// Its name and words into two elements.
export function tell(slug, name, words) {
	const option = known.get(slug)
	name.textContent = option?.label ?? slug
	// One without a title is called by how it begins, which may be all.
	words.textContent = option ? (option.dataset.words === option.label ? '' : option.dataset.words) : phrases.unknown
	words.hidden = words.textContent === ''
	for (const element of [name, words]) {
		element.lang = option?.lang ?? document.documentElement.lang
		element.dir = option?.dir ?? document.documentElement.dir
	}
}

export class PlacedView {
	constructor(node) {
		this.dom = document.createElement('div')
		this.dom.className = 'placed'
		this.dom.setAttribute('role', 'group')
		const what = this.dom.appendChild(document.createElement('span'))
		what.className = 'what'
		what.textContent = phrases.what
		what.lang = document.documentElement.lang
		this.name = this.dom.appendChild(document.createElement('b'))
		this.words = this.dom.appendChild(document.createElement('p'))
		this.update(node)
	}

	update(node) {
		if (node.type !== schema.nodes.notice)
			return false
		tell(node.attrs.slug, this.name, this.words)
		this.dom.classList.toggle('unknown', !known.has(node.attrs.slug))
		this.dom.setAttribute('aria-label', `${phrases.what}: ${this.name.textContent}`)
		return true
	}

	ignoreMutation() {
		return true
	}
}

// What is selected is read out, and what the keys do with it.
export const placedPlugin = (say, choose) => new Plugin({
	view: () => ({
		update({ state: { selection, doc } }, before) {
			if (selection.eq(before.selection) && doc.eq(before.doc))
				return
			const slug = selection.node?.type === schema.nodes.notice ? selection.node.attrs.slug : null, option = known.get(slug)
			say.textContent = slug === null ? '' : `${phrases.what}: ${option?.label ?? slug}. ${option ? '' : `${phrases.unknown} `}${phrases.keys}`
		},
	}),
	props: {
		handleKeyDown: ({ state }, event) => event.key === 'Enter' && !event.ctrlKey && !event.metaKey && state.selection.node?.type === schema.nodes.notice && (choose(), true),
		handleDoubleClickOn: (view, pos, node) => node.type === schema.nodes.notice && (choose(), true),
	},
})

// Behind the block at the top of the text in which the cursor stands, in its place where it is empty: no sentence is taken apart.
export function place(state, slug) {
	const { $from, to } = state.selection, { nodes } = schema, top = $from.depth > 0 ? $from.node(1) : null
	const node = nodes.notice.create({ slug }), tr = state.tr
	let at = $from.depth === 0 ? to : top.type === nodes.footnotes ? $from.before(1) : $from.after(1)
	if (top?.type === nodes.paragraph && top.content.size === 0) {
		at = $from.before(1)
		tr.replaceWith(at, at + top.nodeSize, node)
	} else {
		tr.insert(at, node)
	}
	return tr.setSelection(NodeSelection.create(tr.doc, at)).scrollIntoView()
}
