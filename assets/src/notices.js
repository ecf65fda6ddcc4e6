// What the page has to say while somebody writes: its words stand in the page, hidden, until they are true.

export class Notices {
	constructor(parts, root) {
		this.root = root
		this.panel = parts.querySelector('[data-notices]')
		this.hereLine = root.querySelector('[data-here]')
		document.querySelector('form.story').before(this.panel)
	}

	find(name) {
		return this.panel.querySelector(`[data-notice="${name}"]`)
	}

	// Written anew only when something is new, so that it is read out once.
	show(name, words = {}) {
		const notice = this.find(name), said = JSON.stringify(words)
		if (!notice || (!notice.hidden && notice.dataset.said === said))
			return
		for (const [key, value] of Object.entries(words))
			for (const place of notice.querySelectorAll(`[data-${key}]`))
				place.textContent = value
		notice.dataset.said = said
		notice.hidden = false
	}

	hide(name) {
		const notice = this.find(name)
		if (notice)
			notice.hidden = true
	}

	here(names) {
		this.hereLine.hidden = names.length === 0
		const line = this.hereLine.querySelector('[data-names]'), text = new Intl.ListFormat(document.documentElement.lang).format(names)
		if (line.textContent !== text)
			line.textContent = text
	}

	state(name, time) {
		for (const part of this.root.querySelectorAll('[data-state]'))
			part.hidden = part.dataset.state !== name
		if (time)
			this.root.querySelector('[data-kept-at]').textContent = time
		this.root.dataset.state = name
	}

	// Text that is in this browser alone.
	offer(entry, bringBack, discard) {
		const notice = this.find('local').cloneNode(true)
		notice.querySelector('[data-when]').textContent =
			new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long', timeStyle: 'short' }).format(entry.at)
		notice.querySelector('[data-title]').textContent = entry.fields.title ?? ''
		const act = what => () => {
			notice.remove()
			what()
		}
		notice.querySelector('[data-do=bring]').addEventListener('click', act(bringBack))
		notice.querySelector('[data-do=discard]').addEventListener('click', act(discard))
		notice.hidden = false
		this.panel.append(notice)
	}
}
