// The writing surface: takes the place of the text area of a story's form, and gives back what is written there when the form is sent.
//
// The form works without it. The text area holds Markdown, or HTML after a form came back; the server makes HTML of it for here (read), and what
// goes back is HTML (write). A text in which nothing was changed goes back as it came.

import { dropCursor } from 'prosemirror-dropcursor'
import { gapCursor } from 'prosemirror-gapcursor'
import { baseKeymap } from 'prosemirror-commands'
import { history } from 'prosemirror-history'
import { keymap } from 'prosemirror-keymap'
import { EditorState } from 'prosemirror-state'
import { tableEditing } from 'prosemirror-tables'
import { EditorView } from 'prosemirror-view'
import { keys, typing } from './commands.js'
import { minutesOf, wordsOf } from './count.js'
import * as dialogs from './dialogs.js'
import { go, Hints, take } from './hints.js'
import { read, write } from './html.js'
import { Keeper } from './keep.js'
import { Notices } from './notices.js'
import { notes } from './notes.js'
import { cleanPaste } from './paste.js'
import { learn, placedPlugin } from './placed.js'
import { listen, Preview } from './preview.js'
import { makeToolbar } from './toolbar.js'
import { Uploads } from './uploads.js'
import { emptyHeaders, views } from './views.js'

const form = document.querySelector('form.story'), area = document.getElementById('f-body'), format = document.getElementById('f-format')

const BELOW = { top: 5, right: 5, bottom: 120, left: 5 } // pixels: what stands over the end of the window must not hide the cursor

// The text in the other of its two forms.
async function convert(text, from, to) {
	const fields = new FormData()
	for (const [name, value] of Object.entries({ csrf: form.elements.csrf.value, body: text, format: from, to, lang: form.elements.lang?.value ?? area.lang }))
		fields.append(name, value)
	const answer = await fetch('/desk/copy/text', { method: 'POST', body: fields })
	if (!answer.ok || !answer.headers.get('Content-Type').startsWith('text/plain'))
		throw new Error(`the text was not converted: ${answer.status}`)
	return answer.text()
}

function plugins({ actions, uploads, hints, root }) {
	const own = { 'Mod-.': take, F8: go(1), 'Shift-F8': go(-1), 'Mod-k': () => (actions.link(), true), 'Mod-/': () => (actions.help(), true), 'Alt-F10': () => (actions.tools(), true) }
	return [typing, placedPlugin(root.querySelector('[data-say]'), actions.placed), keymap(own), keymap(keys), keymap(baseKeymap), history(), dropCursor({ class: 'drop-cursor', color: false }), gapCursor(),
		tableEditing(), notes, emptyHeaders, uploads.plugin, hints.plugin]
}

// Whether the text is written on the surface or in the text area, and how it gets from one into the other.
class Surface {
	constructor(parts) {
		this.root = parts.querySelector('.editor')
		this.dialogs = Object.fromEntries([...parts.querySelectorAll('dialog')].map(dialog => [dialog.dataset.dialog, dialog]))
		this.field = area.closest('.field')
		this.label = this.field.querySelector('label')
		this.listeners = []
		this.converted = []
		const open = name => () => dialogs[name](this.dialogs[name], this.view)
		this.actions = { link: open('link'), picture: () => dialogs.picture(this.dialogs.picture, this.view, (files, pos) => this.uploads.take(files, pos)), table: open('table'), placed: open('placed'), help: open('help'), source: () => this.toggleSource(),
			tools: () => this.toolbar.focus() }
		this.uploads = new Uploads(this, form)
		this.hints = new Hints(this, form, this.root.querySelector('[data-style-line]'))
		learn(this.dialogs.placed)
		this.toolbar = makeToolbar(this.root.querySelector('[role=toolbar]'), () => this.view, this.actions)
	}

	async start() {
		const doc = read(await convert(area.value, format.value, 'html'))
		this.area = { value: area.value, format: format.value, doc } // what goes back while nothing is changed
		this.label.id = 'l-body'
		this.view = new EditorView(this.root.querySelector('[data-surface]'), {
			state: EditorState.create({ doc, plugins: plugins(this) }),
			nodeViews: views,
			scrollThreshold: BELOW,
			scrollMargin: BELOW,
			transformPastedHTML: cleanPaste,
			// Below the text there is no word: the browser knows where such a click leads.
			handleDOMEvents: { mousedown: (view, event) => event.detail > 1 && event.target === view.dom },
			dispatchTransaction: tr => this.dispatch(tr),
			attributes: { id: 'text', class: 'text', role: 'textbox', 'aria-multiline': 'true', 'aria-labelledby': 'l-body', spellcheck: 'true' },
		})
		this.follow()
		this.root.querySelector('[role=toolbar]').setAttribute('aria-controls', 'text')
		this.field.before(this.root)
		this.root.prepend(this.label)
		this.field.hidden = true
		format.closest('.field').hidden = true
		document.body.append(...Object.values(this.dialogs))
		this.label.addEventListener('click', () => this.view.focus())
		form.elements.lang?.addEventListener('change', () => this.follow())
		form.addEventListener('formdata', event => this.put(event.formData))
		this.hints.start()
		this.refresh()
	}

	// The language of the story, for the browser's spelling and the reader's eye.
	follow() {
		const lang = form.elements.lang?.value || area.lang
		const rtl = new Intl.Locale(lang).maximize().script.match(/^(Arab|Hebr|Thaa|Syrc|Nkoo|Adlm)$/) !== null
		for (const element of [this.view.dom, ...document.querySelectorAll('.write textarea')]) {
			element.lang = lang
			element.dir = rtl ? 'rtl' : 'ltr'
		}
	}

	dispatch(tr) {
		this.view.updateState(this.view.state.apply(tr))
		this.toolbar.update(this.view.state)
		if (tr.docChanged)
			this.refresh()
	}

	refresh() {
		this.toolbar.update(this.view.state)
		clearTimeout(this.counting)
		this.counting = setTimeout(() => {
			const words = wordsOf(this.view.state.doc), number = new Intl.NumberFormat(document.documentElement.lang)
			this.root.querySelector('[data-words]').value = number.format(words)
			this.root.querySelector('[data-minutes]').value = number.format(minutesOf(words))
		}, 200)
		for (const listener of this.listeners)
			listener()
	}

	changed(listener) {
		this.listeners.push(listener)
	}

	get inSource() {
		return !this.field.hidden
	}

	// { body, format } as the form has them.
	text() {
		if (this.inSource)
			return { body: area.value, format: format.value }
		const { doc } = this.view.state
		return doc.eq(this.area.doc) ? { body: this.area.value, format: this.area.format } : { body: write(doc), format: 'html' }
	}

	// Another text in the place of this one.
	async load(body, as) {
		area.value = body
		format.value = as
		this.area = { value: body, format: as, doc: read(await convert(body, as, 'html')) }
		this.view.updateState(EditorState.create({ doc: this.area.doc, plugins: this.view.state.plugins }))
		this.refresh()
	}

	put(data) {
		const { body, format: as } = this.text()
		data.set('body', body)
		data.set('format', as)
	}

	// While the text is converted, nothing can be typed into the old form of it. Without an answer it stays in that form.
	async toggleSource() {
		if (this.root.inert)
			return
		this.root.inert = this.field.inert = true
		const done = await this.showSource(!this.inSource).then(() => true, () => false)
		this.root.inert = this.field.inert = false
		for (const listener of this.converted)
			listener(done)
		if (this.inSource)
			area.focus()
		else
			this.view.focus()
	}

	async showSource(toSource) {
		const { body, format: as } = this.text()
		if (toSource) {
			area.value = as === 'markdown' ? body : await convert(body, as, 'markdown')
			format.value = 'markdown'
		} else {
			await this.load(area.value, format.value)
		}
		this.field.hidden = !toSource
		this.root.querySelector('[data-surface]').hidden = toSource
		this.toolbar.press('source', toSource)
		this.toolbar.only(toSource ? 'source' : null)
		this.refresh()
	}
}

function keepAndShow(parts, surface) {
	const notices = new Notices(parts, surface.root), keeper = new Keeper(form, surface, notices)
	const preview = new Preview(parts, form, keeper, surface.toolbar)
	surface.actions.preview = () => preview.toggle()
	surface.converted.push(done => done ? notices.hide('not-converted') : notices.show('not-converted'))
	surface.root.querySelector('[data-do=preview]').hidden = false
	keeper.start()
	keeper.onHeard = listen(form, {
		copy: copy => copy === form.elements.copy.value && preview.refresh(),
		saved: () => keeper.beat(),
		here: () => keeper.beat(),
	})
}

async function start() {
	const parts = document.getElementById('editor-parts')?.content.cloneNode(true)
	if (!form || !area || !parts)
		return
	const surface = new Surface(parts)
	await surface.start() // when it fails, the form is there as it was
	if (form.elements.copy)
		keepAndShow(parts, surface)
	document.addEventListener('keydown', event => {
		const save = form.querySelector('button[name=do][value=save]')
		if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key !== 's' || !save)
			return
		event.preventDefault()
		form.requestSubmit(save)
	})
	form.dataset.ready = ''
}

start()
