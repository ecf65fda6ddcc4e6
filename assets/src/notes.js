// Footnotes: a reference stands in the text, the note in a list at its end, in the order in which the text refers to them. References show the
// place of their note in that list.

import { Plugin, PluginKey, TextSelection } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import { schema } from './schema.js'

const { footnotes, footnote, footnote_ref: ref, paragraph } = schema.nodes

function notesOf(doc) {
	const last = doc.lastChild, list = []
	if (last?.type === footnotes)
		last.forEach((node, offset) => list.push({ node, id: node.attrs.id, pos: doc.content.size - last.nodeSize + 1 + offset }))
	return list
}

// How many notes the text refers to before this place: that many stand before the new one.
function notesBefore(doc, notes, pos) {
	const seen = new Set()
	doc.nodesBetween(0, pos, node => node.type === ref && seen.add(node.attrs.note))
	return notes.filter(note => seen.has(note.id)).length
}

function freshId(notes) {
	let number = notes.length + 1
	while (notes.some(note => note.id === `fn-${number}`))
		number++
	return `fn-${number}`
}

export function insertNote(state, dispatch) {
	const { $from } = state.selection
	const index = $from.index()
	if (!$from.parent.inlineContent || !$from.parent.canReplaceWith(index, index, ref) || $from.node(1)?.type === footnotes)
		return false
	if (!dispatch)
		return true
	const notes = notesOf(state.doc), id = freshId(notes), before = notesBefore(state.doc, notes, $from.pos)
	const note = footnote.create({ id }, paragraph.create())
	const tr = state.tr.insert(state.selection.to, ref.create({ note: id }))
	const at = notes.length === 0 ? tr.doc.content.size : before < notes.length ? tr.mapping.map(notes[before].pos) : tr.doc.content.size - 1
	tr.insert(at, notes.length === 0 ? footnotes.create(null, note) : note)
	tr.setSelection(TextSelection.near(tr.doc.resolve(at + (notes.length === 0 ? 3 : 2))))
	dispatch(tr.scrollIntoView())
	return true
}

// From a reference to its note, and from a note back to the first reference.
export function followNote(state, dispatch) {
	const { selection, doc } = state, { $from } = selection
	const note = selection.node?.type === ref ? notesOf(doc).find(({ id }) => id === selection.node.attrs.note) : undefined
	let target = note && note.pos + 2
	if (!note && $from.node(1)?.type === footnotes && $from.depth >= 2) {
		const { id } = $from.node(2).attrs
		doc.descendants((node, pos) => {
			if (target === undefined && node.type === ref && node.attrs.note === id)
				target = pos + 1
			return target === undefined
		})
	}
	if (target === undefined)
		return false
	dispatch?.(state.tr.setSelection(TextSelection.near(doc.resolve(target))).scrollIntoView())
	return true
}

function decorate(doc) {
	const numbers = new Map(notesOf(doc).map(({ id }, i) => [id, i + 1])), marks = [], used = new Set()
	doc.descendants((node, pos) => {
		if (node.type === ref) {
			const number = String(numbers.get(node.attrs.note) ?? '?')
			used.add(node.attrs.note)
			marks.push(Decoration.node(pos, pos + 1, { 'data-number': number }))
		}
	})
	for (const { node, id, pos } of notesOf(doc))
		if (!used.has(id))
			marks.push(Decoration.node(pos, pos + node.nodeSize, { class: 'unused' }))
	return DecorationSet.create(doc, marks)
}

const key = new PluginKey('notes')
export const notes = new Plugin({
	key,
	state: {
		init: (_, { doc }) => decorate(doc),
		apply: (tr, old) => (tr.docChanged ? decorate(tr.doc) : old),
	},
	props: { decorations: state => key.getState(state) },
})
