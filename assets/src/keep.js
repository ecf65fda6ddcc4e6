// What is typed and not saved yet is kept: in this browser within a moment, at the desk every few seconds, as a working copy
// (src/desk/copy/copy.h). What reached the desk is taken out of the browser again.
//
// It is kept in the browser under the account, the story and the copy, so that another person there, and another tab, keep apart. A page that
// was left in whatever way offers on return what did not reach the desk; what did, the desk offers itself.

const LOCAL_MS = 400, QUIET_MS = 2000, HURRIED_MS = 700, LONGEST_MS = 5000, RETRY_MS = [2000, 5000, 10000], BEAT_MS = 20000, BEACON_BYTES = 60000
const OWN = new Set(['csrf', 'account', 'copy', 'turn', 'base', 'public-id', 'do'])

class Refused extends Error {
	constructor(why) {
		super(why)
		this.why = why
	}
}

// The fields of a story's form, without those that are about the form itself. Files are not kept.
export function fieldsOf(form) {
	const fields = {}
	for (const [name, value] of new FormData(form))
		if (!OWN.has(name) && typeof value === 'string')
			fields[name] = name in fields ? [fields[name], value].flat() : value
	return fields
}

export class Keeper {
	constructor(form, surface, notices) {
		this.form = form
		this.surface = surface
		this.notices = notices
		this.url = '/desk/copy'
		this.kept = this.shown = JSON.stringify(fieldsOf(form))
		this.unsaved = !('fresh' in form.dataset) // what the page shows is itself not saved yet
		this.failures = 0
		this.keptAt = form.dataset.keptAt
		if (this.unsaved && !this.keptAt)
			this.kept = null // it came back with a fault, or with somebody else's version beside it
	}

	own(name) {
		return this.form.elements[name].value
	}

	get storageKey() {
		return `desk:${this.own('account')}:${this.own('public-id')}:${this.own('copy')}`
	}

	start() {
		const changed = () => this.changed()
		this.form.addEventListener('input', changed)
		this.form.addEventListener('change', changed)
		this.surface.changed(changed)
		this.form.addEventListener('submit', event => this.submitting(event))
		addEventListener('pagehide', () => this.leave())
		addEventListener('pageshow', event => event.persisted && this.beat())
		addEventListener('online', () => this.retryNow())
		addEventListener('focus', () => this.waiting && this.retryNow())
		navigator.locks?.request(this.storageKey, () => new Promise(() => {}))
		this.beating = setInterval(() => Date.now() - (this.heard ?? 0) > BEAT_MS / 2 && this.beat(), BEAT_MS)
		this.beat()
		this.show()
		this.offerLocal()
		if (this.kept === null)
			this.changed()
	}

	// --- typing ---

	changed() {
		this.hold()
		if (this.form.dataset.sent !== undefined)
			return
		this.firstChange ??= Date.now()
		clearTimeout(this.localTimer)
		this.localTimer = setTimeout(() => this.keepHere(), LOCAL_MS)
		this.plan(Math.max(0, Math.min(this.hurried ? HURRIED_MS : QUIET_MS, this.firstChange + LONGEST_MS - Date.now())))
	}

	hold() {
		clearTimeout(this.timer)
		this.timer = undefined
	}

	plan(ms) {
		this.hold()
		// A very long text takes its time; it must not do so all the time.
		this.timer = setTimeout(() => this.keep(), Math.max(ms, 10 * (this.took ?? 0)))
	}

	keepHere() {
		const fields = fieldsOf(this.form), now = JSON.stringify(fields)
		this.unsaved ||= now !== this.shown
		if (now === this.kept)
			return this.show()
		try {
			localStorage.setItem(this.storageKey, JSON.stringify({ at: Date.now(), base: this.own('base'), fields }))
			this.notices.hide('local-full')
		} catch {
			this.notices.show('local-full') // the browser has no room for a text of that length
		}
		this.show()
	}

	// --- to the desk ---

	// `forced`: also what nobody has typed in yet, so that there is something to look at.
	async keep(forced = false) {
		if (this.sending)
			return this.sending
		const fields = fieldsOf(this.form), now = JSON.stringify(fields)
		this.firstChange = undefined
		if (now === this.kept && !(forced && this.own('turn') === '0' && this.own('base') === '0'))
			return this.show()
		this.unsaved ||= now !== this.shown
		this.sending = this.send(this.url, new FormData(this.form)).then(answer => this.arrived(answer, now), fault => this.failed(fault))
		await this.sending.finally(() => { this.sending = undefined })
		return this.show()
	}

	async send(url, data, limit = 30000) {
		const began = Date.now()
		let answer
		try {
			answer = await fetch(url, { method: 'POST', body: data, signal: AbortSignal.timeout(limit) })
		} catch {
			throw new Refused('offline')
		}
		const json = answer.headers.get('Content-Type')?.startsWith('application/json') ? await answer.json() : null
		if (url === this.url)
			this.took = Date.now() - began
		if (json?.other)
			throw new Refused('other')
		if (json)
			return json
		if (answer.status === 413)
			throw new Refused('large')
		if (answer.status >= 500)
			throw new Refused('offline')
		return this.atTheDoor(await answer.text(), answer.status, url, data)
	}

	// A page instead of an answer: the session is over; or there is a new one, whose token forms must carry.
	atTheDoor(html, status, url, data) {
		const page = new DOMParser().parseFromString(html, 'text/html'), token = page.querySelector('input[name=csrf]')?.value
		if (page.querySelector('form[action="/desk/sign-in"]'))
			throw new Refused('signed-out')
		if (status !== 200 || !token || this.renewed === token)
			throw new Refused(status === 403 ? 'denied' : 'offline')
		this.renewed = token
		for (const field of document.querySelectorAll('input[name=csrf]'))
			field.value = token
		data.set('csrf', token)
		return this.send(url, data)
	}

	arrived(answer, now) {
		this.failures = 0
		this.waiting = false
		for (const name of ['offline', 'signed-out', 'other', 'large', 'denied'])
			this.notices.hide(name)
		if (answer.forked) { // this copy is written to by another page: go on in one of our own
			localStorage.removeItem(this.storageKey)
			this.form.elements.copy.value = [...crypto.getRandomValues(new Uint8Array(8))].map(byte => byte.toString(16).padStart(2, '0')).join('')
			this.form.elements.turn.value = '0'
			this.kept = null
			this.keepHere()
			return this.plan(0)
		}
		this.form.elements.turn.value = String(answer.turn)
		this.kept = now
		this.keptAt = answer.time
		this.tell(answer)
		for (const key of [this.storageKey, this.broughtBack].filter(Boolean))
			localStorage.removeItem(key)
		this.broughtBack = undefined
		if (JSON.stringify(fieldsOf(this.form)) !== now)
			this.changed()
		return undefined
	}

	failed(fault) {
		const why = fault instanceof Refused ? fault.why : 'offline'
		this.waiting = true
		this.notices.show(why)
		this.keepHere()
		if (why !== 'large')
			this.plan(RETRY_MS[Math.min(this.failures++, RETRY_MS.length - 1)])
	}

	retryNow() {
		this.failures = 0
		if (this.waiting)
			this.plan(0)
	}

	// --- who else is here, and what they did ---

	async beat() {
		const data = new FormData()
		for (const name of ['csrf', 'account', 'copy', 'public-id'])
			data.set(name, this.own(name))
		try {
			this.tell(await this.send(`${this.url}/here`, data))
			if (this.waiting)
				this.retryNow()
		} catch (fault) {
			if (['signed-out', 'other', 'denied'].includes(fault.why))
				this.notices.show(fault.why)
		}
	}

	tell(answer) {
		this.heard = Date.now()
		this.onHeard?.()
		this.notices.here(answer.here ?? [])
		if (answer.revision && String(answer.revision) !== this.own('base') && this.form.dataset.sent === undefined)
			this.notices.show('moved', { who: answer.who, when: answer.when, status: answer.status })
		else
			this.notices.hide('moved')
		if (answer.may === false)
			this.notices.show('closed', { status: answer.status })
		else
			this.notices.hide('closed')
	}

	// --- leaving ---

	// What is on its way must arrive before the form does, or it would be there again after the save.
	submitting(event) {
		this.hold()
		if (this.sending) {
			const { submitter } = event
			event.preventDefault()
			this.sending.finally(() => this.form.requestSubmit(submitter))
			return
		}
		this.keepHere()
		clearTimeout(this.localTimer)
		this.form.dataset.sent = ''
		sessionStorage.setItem('desk:sent', this.storageKey)
	}

	leave() {
		const sent = this.form.dataset.sent !== undefined, here = new FormData()
		clearInterval(this.beating)
		if (!sent)
			this.keepHere()
		if (!sent && this.unsaved && this.kept !== JSON.stringify(fieldsOf(this.form))) {
			const data = new FormData(this.form), bytes = [...data.values()].reduce((sum, value) => sum + 3 * value.length, 0)
			if (bytes < BEACON_BYTES)
				navigator.sendBeacon(this.url, data)
		}
		for (const name of ['csrf', 'account', 'copy', 'public-id'])
			here.set(name, this.own(name))
		here.set('leave', '1')
		navigator.sendBeacon(`${this.url}/here`, here)
	}

	// --- coming back ---

	// Texts of this story in the browser that did not reach the desk, but for those of pages that are open.
	async offerLocal() {
		const sent = sessionStorage.getItem('desk:sent'), saved = new URLSearchParams(location.search).has('done')
		sessionStorage.removeItem('desk:sent')
		if (sent && saved)
			localStorage.removeItem(sent)
		const start = `desk:${this.own('account')}:`, story = `${start}${this.own('public-id')}:`, isNew = location.pathname.endsWith('/new')
		const { held = [] } = await navigator.locks?.query() ?? {}, open = new Set(held.map(lock => lock.name))
		for (const key of Object.keys(localStorage)) {
			if (!key.startsWith(isNew ? start : story) || open.has(key))
				continue
			const entry = JSON.parse(localStorage.getItem(key))
			// A correction has fields that the story's own form has not, and the other way about.
			if (('correction' in entry.fields) !== Boolean(this.form.elements.correction))
				continue
			if ((isNew && entry.base !== '0') || await this.isAtDesk(key, entry))
				continue
			this.notices.offer(entry, () => this.bringBack(key, entry), () => localStorage.removeItem(key))
		}
	}

	// It arrived after all, with the answer lost.
	async isAtDesk(key, entry) {
		const [, , story, copy] = key.split(':')
		if (!document.querySelector(`.copies input[value="${CSS.escape(copy)}"]`) && copy !== this.own('copy'))
			return false
		const answer = await fetch(`${location.pathname}?${new URLSearchParams({ story, copy })}`)
		const page = new DOMParser().parseFromString(await answer.text(), 'text/html'), form = page.querySelector('form.story')
		if (form?.elements.copy.value !== copy || JSON.stringify(fieldsOf(form)) !== JSON.stringify(entry.fields))
			return false
		localStorage.removeItem(key)
		return true
	}

	async bringBack(key, { base, fields }) {
		const [, , story] = key.split(':')
		this.form.elements['public-id'].value = story
		this.form.elements.base.value = base
		for (const element of this.form.elements) {
			if (!element.name || OWN.has(element.name) || element.type === 'submit')
				continue
			const value = [fields[element.name] ?? []].flat()
			if (element.type === 'checkbox')
				element.checked = value.includes(element.value)
			else
				element.value = value[0] ?? ''
		}
		await this.surface.load(fields.body ?? '', fields.format)
		this.broughtBack = key
		this.unsaved = true
		this.kept = null
		this.changed()
	}

	show() {
		const state = !this.unsaved ? 'same' : this.kept === JSON.stringify(fieldsOf(this.form)) ? 'kept' : this.waiting ? 'waiting' : 'typing'
		this.notices.state(state, this.keptAt)
	}
}
