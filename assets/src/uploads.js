// Picture files that are dropped on the text, pasted into it, or chosen in the dialog of a picture.
//
// They go to the library one behind the other, while somebody writes on. Each keeps its place in the text by a decoration, which moves with the
// text and is no part of it: so nothing unfinished is saved, and undoing a picture is one step. What is to be known of each stands in a list
// below the text, where it is read out; a fault stays there until it is tried again or left.

import { closeHistory } from 'prosemirror-history'
import { Fragment, Slice } from 'prosemirror-model'
import { Plugin, PluginKey } from 'prosemirror-state'
import { dropPoint } from 'prosemirror-transform'
import { Decoration, DecorationSet } from 'prosemirror-view'
import { brought, describe } from './dialogs.js'
import { cleanPaste } from './paste.js'
import { schema } from './schema.js'
import { upload } from './upload.js'

const { figure, caption, credit, footnotes } = schema.nodes
const key = new PluginKey('uploads')

const element = (tag, className, text = '') => Object.assign(document.createElement(tag), { className, textContent: text })
const textOf = words => (words ? schema.text(words) : null)

// Where a block can stand next to this position.
function placeNear(doc, pos) {
	const end = doc.content.size - (doc.lastChild?.type === footnotes ? doc.lastChild.nodeSize : 0)
	return dropPoint(doc, Math.min(pos, doc.content.size), new Slice(Fragment.from(figure.createAndFill()), 0, 0)) ?? end
}

function mark(entry) {
	const place = element('div', 'arriving', entry.file.name)
	place.setAttribute('aria-hidden', 'true') // the list says it
	place.append(entry.bar)
	return place
}

function decorations(tr, before) {
	const { add, remove, pos } = tr.getMeta(key) ?? {}
	let set = before.map(tr.mapping, tr.doc)
	if (add)
		set = set.add(tr.doc, [Decoration.widget(pos, () => mark(add), { side: 1, entry: add, ignoreSelection: true })])
	if (remove)
		set = set.remove(set.find(undefined, undefined, spec => spec.entry === remove))
	return set
}

// Programs that copy text give a picture of it along: that is not what is meant.
function pastedFiles({ files, getData }, data) {
	const html = getData.call(data, 'text/html')
	if (files.length === 0 || (html && new DOMParser().parseFromString(cleanPaste(html), 'text/html').body.textContent.trim() !== ''))
		return []
	return [...files].filter(file => file.type.startsWith('image/'))
}

export class Uploads {
	constructor(surface, form) {
		this.surface = surface
		this.form = form
		this.list = surface.root.querySelector('[data-uploads]')
		this.words = this.list.dataset
		this.waiting = []
		this.asking = Promise.resolve()
		this.plugin = new Plugin({
			key,
			state: { init: () => DecorationSet.empty, apply: decorations },
			props: {
				decorations: state => key.getState(state),
				handleDrop: (view, event) => this.dropped(event, view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos),
				handlePaste: (view, { clipboardData }) => this.take(pastedFiles(clipboardData, clipboardData), view.state.selection.from),
			},
		})
		this.guard()
	}

	// A file that misses the text must not take its place in the window.
	guard() {
		const ofFiles = event => event.dataTransfer?.types.includes('Files') && !event.defaultPrevented && !event.target.closest?.('input[type=file]')
		document.addEventListener('dragover', event => ofFiles(event) && event.preventDefault())
		document.addEventListener('drop', event => {
			if (!ofFiles(event))
				return
			event.preventDefault()
			if (this.surface.root.contains(event.target) && !this.surface.inSource)
				this.dropped(event, undefined)
		})
	}

	dropped({ dataTransfer }, pos) {
		return this.take([...dataTransfer?.files ?? []], pos ?? this.surface.view.state.selection.from)
	}

	// Whether there was anything to take.
	take(files, pos) {
		for (const file of files) {
			const { view } = this.surface, entry = this.row(file)
			view.dispatch(view.state.tr.setMeta(key, { add: entry, pos: placeNear(view.state.doc, pos) }))
			this.waiting.push(entry)
		}
		this.sendAll()
		return files.length > 0
	}

	row(file) {
		const item = element('li', ''), state = element('span', '', this.words.wait), bar = element('progress', '')
		bar.value = 0
		item.append(element('span', 'name', file.name), state)
		this.list.append(item)
		return { file, item, state, bar }
	}

	async sendAll() {
		if (this.sending)
			return
		this.sending = true
		while (this.waiting.length > 0)
			await this.send(this.waiting.shift())
		this.sending = false
	}

	async send(entry) {
		if (entry.file.size > Number(this.words.most))
			return this.refuse(entry, this.words.large)
		entry.state.textContent = this.words.sending
		const answer = await upload(this.form.elements.csrf.value, entry.file, {
			progress: part => { entry.bar.value = part },
			developing: () => {
				entry.bar.removeAttribute('value')
				entry.state.textContent = this.words.developing
			},
		})
		if (answer.status === 201)
			this.arrived(entry, answer.body)
		else if (answer.status === 413)
			this.refuse(entry, this.words.large)
		else if (answer.status === 422 && answer.body?.error)
			this.refuse(entry, answer.body.error, true)
		else
			this.failed(entry, answer.status)
		return undefined
	}

	button(words, act) {
		const made = element('button', '', words)
		made.type = 'button'
		made.addEventListener('click', act)
		return made
	}

	placeOf(entry) {
		const [found] = key.getState(this.surface.view.state).find(undefined, undefined, spec => spec.entry === entry)
		return found?.from
	}

	takeMark(entry) {
		const { view } = this.surface
		view.dispatch(view.state.tr.setMeta(key, { remove: entry }))
	}

	leave(entry) {
		entry.item.remove()
		this.takeMark(entry)
		this.surface.view.focus()
	}

	// Sent again it would be refused again. `named`: the words name the file themselves.
	refuse(entry, words, named = false) {
		this.takeMark(entry)
		entry.item.className = 'fault'
		entry.item.replaceChildren(element('span', '', named ? words : `${entry.file.name} ${words}`), this.button(this.words.close, () => this.leave(entry)))
	}

	failed(entry, status) {
		entry.item.className = 'fault'
		entry.state.textContent = status === 0 || status >= 500 ? this.words.failed : this.words.refused
		entry.bar.value = 0
		const again = this.button(this.words.again, () => {
			entry.item.className = ''
			again.remove()
			leave.remove()
			this.waiting.push(entry)
			this.sendAll()
			this.surface.view.focus()
		})
		const leave = this.button(this.words.leave, () => this.leave(entry))
		entry.item.append(again, leave)
	}

	arrived(entry, picture) {
		const { view } = this.surface, pos = this.placeOf(entry), src = `media:${picture.id}`
		brought.set(src, picture.name || entry.file.name)
		if (pos === undefined || this.surface.inSource) { // its place went while it was on its way
			const link = element('a', '', this.words.lost)
			link.href = `/desk/pictures/${picture.id}`
			entry.state.replaceChildren(link)
			return this.takeMark(entry)
		}
		const node = figure.create({ src, alt: picture.alt }, [caption.create(null, textOf(picture.caption)), credit.create(null, textOf(picture.credit))])
		view.dispatch(closeHistory(view.state.tr.insert(placeNear(view.state.doc, pos), node).setMeta(key, { remove: entry })))
		entry.item.remove()
		this.asking = this.asking.then(() => describe(this.surface.dialogs.words, view, node, picture, this.form.elements.csrf.value))
		return undefined
	}
}
