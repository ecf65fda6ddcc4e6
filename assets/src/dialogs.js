// Dialogs of the tools: a link, a picture, a table, the keys. Each is a <dialog> of the page; its buttons say by their value what was wanted.

import { TextSelection } from 'prosemirror-state'
import { addColumnAfter, addColumnBefore, addRowAfter, addRowBefore, deleteColumn, deleteRow, deleteTable, mergeCells, splitCell, toggleHeaderColumn,
	toggleHeaderRow } from 'prosemirror-tables'
import { markActive, within } from './commands.js'
import { place, tell } from './placed.js'
import { schema } from './schema.js'

const { nodes, marks } = schema

// The pictures that came in from here: how their text calls them → their names.
export const brought = new Map()

// Show it with these values; what was wanted, or null, and the fields.
function ask(dialog, values, edit) {
	const form = dialog.querySelector('form')
	form.reset()
	for (const [name, value] of Object.entries(values))
		form.elements[name].value = value
	for (const part of dialog.querySelectorAll('[data-only]'))
		part.hidden = part.dataset.only !== (edit ? 'edit' : 'new')
	dialog.returnValue = 'cancel'
	dialog.showModal()
	return new Promise(done => dialog.addEventListener('close', () => {
		const { returnValue } = dialog
		done({ wanted: returnValue === 'cancel' || returnValue === '' ? null : returnValue,
			fields: Object.fromEntries(new FormData(form)) })
	}, { once: true }))
}

function linkAround(state) {
	const { $from } = state.selection, mark = marks.link.isInSet($from.marks()) ?? marks.link.isInSet($from.nodeAfter?.marks ?? [])
	if (!mark)
		return null
	let from = $from.pos, to = $from.pos
	$from.parent.forEach((node, offset) => {
		const start = $from.start() + offset
		if (mark.isInSet(node.marks) && start <= $from.pos && start + node.nodeSize >= $from.pos) {
			from = Math.min(from, start)
			to = Math.max(to, start + node.nodeSize)
		}
	})
	return { mark, from, to }
}

// What people type as an address: a bare host gets its scheme, one with an @ is mail.
function addressOf(text) {
	const typed = text.trim()
	if (/^[^\s/:@]+@[^\s/:@]+\.\w+$/.test(typed))
		return `mailto:${typed}`
	return /^[\w-]+(\.[\w-]+)+([/?#].*)?$/.test(typed) ? `https://${typed}` : typed
}

export async function link(dialog, view) {
	const around = linkAround(view.state), edit = around !== null || markActive(view.state, marks.link)
	const { wanted, fields } = await ask(dialog, { href: around?.mark.attrs.href ?? '' }, edit)
	const { selection } = view.state, range = selection.empty && around ? around : { from: selection.from, to: selection.to }
	const href = addressOf(fields.href), tr = view.state.tr
	if (wanted === 'remove' || (wanted === 'set' && href === '')) {
		view.dispatch(tr.removeMark(range.from, range.to, marks.link))
	} else if (wanted === 'set') {
		const mark = marks.link.create({ href })
		if (range.from === range.to)
			tr.insert(range.from, schema.text(href.replace(/^(https?:\/\/|mailto:)/, ''), [mark]))
		else
			tr.removeMark(range.from, range.to, marks.link).addMark(range.from, range.to, mark)
		view.dispatch(tr.removeStoredMark(marks.link))
	}
	view.focus()
}

function figureHere(state) {
	if (state.selection.node?.type === nodes.figure)
		return { node: state.selection.node, pos: state.selection.from }
	return within(state, nodes.figure)
}

// The pictures that the form offers for the lead, which a search there can change.
function offered() {
	const listed = [...document.querySelectorAll('#f-image input[name=image]')].filter(choice => choice.value)
		.map(choice => new Option(choice.closest('label').querySelector('.name')?.textContent ?? choice.value, `media:${choice.value}`))
	return [...[...brought].filter(([src]) => !listed.some(option => option.value === src)).map(([src, name]) => new Option(name, src)), ...listed]
}

// Files chosen there come in; `take` has them, and where.
export async function picture(dialog, view, take) {
	const here = figureHere(view.state), choices = dialog.querySelector('select')
	choices.replaceChildren(...offered())
	if (here && ![...choices.options].some(option => option.value === here.node.attrs.src))
		choices.prepend(new Option(here.node.attrs.src, here.node.attrs.src))
	const { wanted, fields } = await ask(dialog, { alt: here?.node.attrs.alt ?? '', ...(here ? { src: here.node.attrs.src } : {}) }, here)
	const files = [...dialog.querySelector('input[type=file]').files]
	if (wanted === 'set' && !here && files.length > 0) {
		take(files, view.state.selection.from)
	} else if (wanted === 'set' && fields.src) {
		const same = here?.node.attrs.src === fields.src
		if (here)
			view.dispatch(view.state.tr.setNodeMarkup(here.pos, null, { ...here.node.attrs, alt: fields.alt.trim(), src: fields.src,
				...(same ? {} : { width: null, height: null }) }))
		else
			view.dispatch(view.state.tr.replaceSelectionWith(nodes.figure.create({ src: fields.src, alt: fields.alt.trim() },
				[nodes.caption.create(), nodes.credit.create()])).scrollIntoView())
	}
	view.focus()
}

async function saveWords(picture, csrf, fields) {
	const body = new FormData(), { base, caption, credit_url: url } = picture
	for (const [name, value] of Object.entries({ csrf, do: 'save', base, caption, 'credit-url': url, ...fields, ...(picture.may_syndicate ? { syndicate: '1' } : {}) }))
		body.append(name, value)
	const answer = await fetch(`/desk/pictures/${picture.id}`, { method: 'POST', body, headers: { Accept: 'application/json' } }).catch(() => null)
	const json = answer?.headers.get('Content-Type')?.startsWith('application/json') ? await answer.json() : null
	return json && !json.error ? null : json?.error ?? ''
}

// What readers must be told of a picture that has just come in, asked at once; it can be left for later, when publishing
// asks for it.
export async function describe(dialog, view, node, picture, csrf) {
	const { alt, credit, licence } = picture, fault = dialog.querySelector('[data-fault]'), image = dialog.querySelector('img')
	image.src = picture.thumb
	dialog.querySelector('[data-name]').textContent = picture.name
	let values = { alt, credit, licence }, wanted, wrong = null
	do {
		fault.hidden = wrong === null
		fault.textContent = wrong || dialog.dataset.failed
		const said = await ask(dialog, values, false)
		wanted = said.wanted
		values = Object.fromEntries(Object.entries(said.fields).map(([name, text]) => [name, text.trim()]))
		wrong = wanted === 'set' ? await saveWords(picture, csrf, values) : null
	} while (wrong !== null)
	let at = null
	view.state.doc.descendants((other, pos) => { // the same node still, while nobody could change it
		at ??= other === node ? pos : null
	})
	if (at !== null && (values.alt !== alt || values.credit !== credit || wanted === 'set')) { // left for later, what was typed stands in the text
		const inside = at + 2 + node.child(0).nodeSize, tr = view.state.tr.setNodeMarkup(at, null, { ...node.attrs, alt: values.alt })
		if (values.credit !== credit)
			tr.replaceWith(inside, inside + node.child(1).content.size, values.credit ? schema.text(values.credit) : [])
		view.dispatch(tr)
	}
	view.focus()
}

// A notice of the newsroom; where one is selected, another in its place.
export async function placed(dialog, view) {
	const { selection } = view.state, here = selection.node?.type === nodes.notice ? selection : null
	const select = dialog.querySelector('select'), words = dialog.querySelector('.placed-words')
	const show = () => tell(select.value, document.createElement('b'), words)
	select.onchange = show
	const answer = ask(dialog, here ? { slug: here.node.attrs.slug } : {}, here)
	show()
	const { wanted, fields } = await answer
	if (wanted === 'remove' && here)
		view.dispatch(view.state.tr.delete(here.from, here.to).scrollIntoView())
	else if (wanted === 'set' && fields.slug && here)
		view.dispatch(view.state.tr.setNodeMarkup(here.from, null, { slug: fields.slug }))
	else if (wanted === 'set' && fields.slug)
		view.dispatch(place(view.state, fields.slug))
	view.focus()
}

function newTable({ rows, columns, caption }) {
	const count = (text, most) => Math.min(most, Math.max(1, Number(text) || 1))
	const row = type => nodes.table_row.create(null, Array.from({ length: count(columns, 20) }, () => type.createAndFill()))
	return nodes.table.create({ caption: textAsHtml(caption) },
		Array.from({ length: count(rows, 50) }, (_, i) => row(i === 0 ? nodes.table_header : nodes.table_cell)))
}

function textAsHtml(text) {
	const element = document.createElement('span')
	element.textContent = text.trim()
	return element.innerHTML
}

function textOfHtml(html) {
	return new DOMParser().parseFromString(html, 'text/html').body.textContent
}

const changes = { addRowBefore, addRowAfter, deleteRow, addColumnBefore, addColumnAfter, deleteColumn, toggleHeaderRow, toggleHeaderColumn, deleteTable,
	mergeOrSplit: (state, dispatch) => mergeCells(state, dispatch) || splitCell(state, dispatch) }

export async function table(dialog, view) {
	const here = within(view.state, nodes.table), before = here ? textOfHtml(here.node.attrs.caption) : ''
	const { wanted, fields } = await ask(dialog, { caption: before }, here)
	if (wanted === 'set' && here && fields.caption.trim() !== before) {
		view.dispatch(view.state.tr.setNodeMarkup(here.pos, null, { caption: textAsHtml(fields.caption) }))
	} else if (wanted === 'set' && !here) {
		const at = view.state.selection.from, tr = view.state.tr.replaceSelectionWith(newTable(fields))
		view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(tr.doc.content.size, tr.mapping.map(at, -1) + 1)))).scrollIntoView())
	} else if (wanted in changes) {
		changes[wanted](view.state, view.dispatch)
	}
	view.focus()
}

export async function help(dialog, view) {
	await ask(dialog, {}, false)
	view.focus()
}

