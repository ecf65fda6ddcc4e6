// Hints of the house style where they stand in the text: the words are marked, and below the text stands what to write instead, and why, while
// the cursor is in them. What is a hint, the server says (desk/flow/style.h): it is asked when nobody has typed for a moment, and what it answers
// about a text that has changed since is left alone.

import { closeHistory } from 'prosemirror-history'
import { Plugin, PluginKey, TextSelection } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'

const key = new PluginKey('hints'), IDLE = 1200

// Each block of text as a line, in which each place counts as in the document.
function linesOf(doc) {
	const lines = []
	doc.descendants((node, pos) => {
		if (!node.isTextblock)
			return true
		lines.push({ start: pos + 1, text: node.textBetween(0, node.content.size, '', ' ').replace(/[\r\n]/g, ' ') })
		return false
	})
	return lines
}

const wordsAt = (doc, from, to) => doc.textBetween(from, to, '', ' ')

function marksOf(doc, lines, hints) {
	const marks = hints.filter(({ line }) => line < lines.length).map(({ line, at, length, with: instead, reason }) => {
		const from = lines[line].start + at, to = from + length, words = wordsAt(doc, from, to)
		return Decoration.inline(from, to, { class: 'style-hint', title: [instead, reason].filter(Boolean).join(' – ') }, { words, instead, reason })
	})
	return DecorationSet.create(doc, marks)
}

const all = state => key.getState(state).find().sort((a, b) => a.from - b.from)
function here(state) {
	const { from, to } = state.selection
	return key.getState(state).find(from, to).find(mark => mark.from <= from && mark.to >= to) ?? null
}

// In the place of the words, as one step.
export function take(state, dispatch) {
	const mark = here(state)
	if (!mark?.spec.instead)
		return false
	dispatch?.(closeHistory(state.tr.insertText(mark.spec.instead, mark.from, mark.to)).scrollIntoView())
	return true
}

export const go = step => (state, dispatch) => {
	const marks = all(state), { from } = state.selection
	if (marks.length === 0)
		return false
	const on = here(state), at = step > 0 ? marks.findIndex(mark => mark.from > from && mark !== on) : marks.findLastIndex(mark => mark.to < from)
	const next = marks.at(at >= 0 ? at : step > 0 ? 0 : -1)
	dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, next.from)).scrollIntoView())
	return true
}

export class Hints {
	constructor(surface, form, line) {
		this.surface = surface
		this.form = form
		this.said = line.querySelector('[role=status]')
		this.button = line.querySelector('button')
		this.label = line.dataset.label
		this.without = null // the language of which it was said that no rule is for it
		this.plugin = new Plugin({
			key,
			state: {
				init: () => DecorationSet.empty,
				apply(tr, marks) {
					const mapped = tr.getMeta(key) ?? marks.map(tr.mapping, tr.doc)
					return tr.docChanged ? mapped.remove(mapped.find().filter(mark => wordsAt(tr.doc, mark.from, mark.to) !== mark.spec.words)) : mapped
				},
			},
			props: { decorations: state => key.getState(state) },
			view: () => ({ update: view => this.show(here(view.state)) }),
		})
		this.button.addEventListener('mousedown', event => event.preventDefault())
		this.button.addEventListener('click', () => {
			take(surface.view.state, surface.view.dispatch)
			surface.view.focus()
		})
	}

	start() {
		this.surface.changed(() => this.soon())
		this.form.elements.lang?.addEventListener('change', () => this.soon())
		this.soon()
	}

	get lang() {
		return this.form.elements.lang?.value ?? this.surface.view.dom.lang
	}

	soon() {
		clearTimeout(this.timer)
		if (this.lang !== this.without)
			this.timer = setTimeout(() => this.ask(), IDLE)
	}

	// Without an answer there are no new hints, and nothing else is different.
	async ask() {
		const { view } = this.surface, { doc } = view.state, lines = linesOf(doc), { lang } = this, body = new FormData()
		if (view.composing || this.surface.inSource)
			return // what ends either comes here again
		for (const [name, value] of Object.entries({ csrf: this.form.elements.csrf.value, lang, text: lines.map(({ text }) => text).join('\n') }))
			body.append(name, value)
		const answer = await fetch('/desk/copy/hints', { method: 'POST', body }).catch(() => null)
		const json = answer?.ok && answer.headers.get('Content-Type').startsWith('application/json') ? await answer.json() : null
		if (json === null || lang !== this.lang || !view.state.doc.eq(doc) || view.composing)
			return
		this.without = json.rules === 0 ? lang : null
		if (json.hints.length > 0 || all(view.state).length > 0)
			view.dispatch(view.state.tr.setMeta(key, marksOf(view.state.doc, lines, json.hints)).setMeta('addToHistory', false))
	}

	show(mark) {
		if (mark?.spec === this.shown?.spec)
			return
		this.shown = mark
		this.button.hidden = !mark?.spec.instead
		if (mark === null)
			return this.said.replaceChildren()
		const { words, instead, reason } = mark.spec, [old, next] = ['mark', 'b'].map(name => document.createElement(name))
		old.textContent = words
		next.textContent = instead
		this.said.replaceChildren(`${this.label} `, old, instead ? ' → ' : ' ', next, reason ? ` ${reason}` : '')
	}
}
