// Fields of names, one a line, become a row of names with a combobox behind it (WAI-ARIA 1.2, list autocomplete). The text area stays what is
// sent. A name that is still being typed when the form goes is added by the server, as it is without this script.

const WAIT = 120

class Picker {
	constructor(root) {
		this.root = root
		this.area = root.querySelector('textarea')
		this.input = root.querySelector('input')
		this.of = this.input.getAttribute('list').slice(2)
		this.input.removeAttribute('list')
		this.area.hidden = true
		this.chips = Object.assign(document.createElement('ul'), { className: 'chips' })
		this.list = Object.assign(document.createElement('ul'), { className: 'choices', id: `c-${this.input.id}`, hidden: true })
		this.list.setAttribute('role', 'listbox')
		this.list.setAttribute('aria-label', this.input.getAttribute('aria-label'))
		for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-expanded', 'false'], ['aria-controls', this.list.id], ['autocomplete', 'off']])
			this.input.setAttribute(name, value)
		root.querySelector('label').htmlFor = this.input.id
		this.input.removeAttribute('aria-label')
		this.area.before(this.chips)
		this.input.after(this.list)
		this.input.addEventListener('input', () => this.ask())
		this.input.addEventListener('keydown', event => this.key(event))
		this.input.addEventListener('blur', () => this.close())
		this.list.addEventListener('mousedown', event => event.preventDefault())
		this.list.addEventListener('click', event => event.target.role === 'option' && this.add(event.target.textContent))
		this.area.addEventListener('input', event => event.isTrusted && this.draw())
		this.draw()
	}

	get names() {
		return this.area.value.split('\n').map(line => line.trim()).filter(Boolean)
	}

	set names(names) {
		this.area.value = names.join('\n')
		this.area.dispatchEvent(new Event('input', { bubbles: true }))
		this.draw()
	}

	draw() {
		this.chips.replaceChildren(...this.names.map((name, index) => {
			const item = document.createElement('li')
			const button = Object.assign(document.createElement('button'), { type: 'button', textContent: '×' })
			button.setAttribute('aria-label', `${this.root.dataset.remove} ${name}`)
			button.addEventListener('click', () => {
				this.names = this.names.filter((_, at) => at !== index)
				this.input.focus()
			})
			item.append(name, ' ', button)
			return item
		}))
	}

	add(name) {
		name = name.trim()
		if (name && !this.names.includes(name))
			this.names = [...this.names, name]
		this.input.value = ''
		this.close()
	}

	ask() {
		clearTimeout(this.timer)
		const typed = this.input.value.trim()
		if (!typed)
			return this.close()
		this.timer = setTimeout(async () => {
			const answer = await fetch(`/desk/names?of=${this.of}&q=${encodeURIComponent(typed)}`).catch(() => null)
			if (!answer?.ok || this.input.value.trim() !== typed || document.activeElement !== this.input)
				return
			this.show((await answer.json()).names.filter(name => !this.names.includes(name)))
		}, WAIT)
	}

	show(names) {
		this.list.replaceChildren(...names.map((name, index) => {
			const item = Object.assign(document.createElement('li'), { id: `${this.list.id}-${index}`, textContent: name, role: 'option' })
			item.setAttribute('aria-selected', 'false')
			return item
		}))
		this.list.hidden = names.length === 0
		this.input.setAttribute('aria-expanded', String(names.length > 0))
		this.choose(-1)
	}

	choose(index) {
		const items = [...this.list.children]
		this.at = index
		items.forEach((item, at) => item.setAttribute('aria-selected', String(at === index)))
		if (items[index]) {
			this.input.setAttribute('aria-activedescendant', items[index].id)
			items[index].scrollIntoView({ block: 'nearest' })
		} else {
			this.input.removeAttribute('aria-activedescendant')
		}
	}

	close() {
		clearTimeout(this.timer)
		this.show([])
	}

	key(event) {
		const count = this.list.children.length
		if (event.isComposing)
			return
		if (event.key === 'ArrowDown' && count)
			this.choose((this.at + 1) % count)
		else if (event.key === 'ArrowUp' && count)
			this.choose(this.at <= 0 ? count - 1 : this.at - 1)
		else if (event.key === 'Enter' && (this.at >= 0 || this.input.value.trim()))
			this.add(this.at >= 0 ? this.list.children[this.at].textContent : this.input.value)
		else if (event.key === 'Escape' && count)
			this.close()
		else if (event.key === 'Backspace' && !this.input.value && this.names.length)
			this.names = this.names.slice(0, -1)
		else
			return
		event.preventDefault()
	}
}

for (const root of document.querySelectorAll('.pick'))
	new Picker(root)
