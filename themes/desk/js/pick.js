// Fields of names get a combobox (WAI-ARIA 1.2, list autocomplete): one that holds a name keeps it, one that holds names, one a line, becomes a row
// of them with the combobox behind it. The text area stays what is sent. A name that is still being typed when the form goes is added by the
// server, as it is without this script.

const WAIT = 120

class Combobox {
	constructor(root, input) {
		this.root = root
		this.input = input
		this.of = input.getAttribute('list').slice(2)
		input.removeAttribute('list')
		this.list = Object.assign(document.createElement('ul'), { className: 'choices', id: `c-${input.id}`, hidden: true })
		this.list.setAttribute('role', 'listbox')
		this.list.setAttribute('aria-label', input.getAttribute('aria-label') ?? root.querySelector('label').textContent)
		for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-expanded', 'false'], ['aria-controls', this.list.id], ['autocomplete', 'off']])
			input.setAttribute(name, value)
		input.after(this.list)
		input.addEventListener('input', () => this.ask())
		input.addEventListener('keydown', event => this.key(event))
		input.addEventListener('blur', () => this.close())
		this.list.addEventListener('mousedown', event => event.preventDefault())
		this.list.addEventListener('click', event => event.target.role === 'option' && this.add(event.target.textContent))
	}

	// What is not to be proposed.
	get names() {
		return []
	}

	add(name) {
		this.input.value = name.trim()
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
		else if (event.key === 'Enter' && this.at >= 0)
			this.add(this.list.children[this.at].textContent)
		else if (event.key === 'Escape' && count)
			this.close()
		else
			return this.otherKey(event)
		event.preventDefault()
	}

	otherKey() {}
}

class Picker extends Combobox {
	constructor(root) {
		const input = root.querySelector('input')
		super(root, input)
		this.area = root.querySelector('textarea')
		this.area.hidden = true
		this.chips = Object.assign(document.createElement('ul'), { className: 'chips' })
		root.querySelector('label').htmlFor = input.id
		input.removeAttribute('aria-label')
		this.area.before(this.chips)
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

	otherKey(event) {
		if (event.key === 'Enter' && this.input.value.trim())
			this.add(this.input.value)
		else if (event.key === 'Backspace' && !this.input.value && this.names.length)
			this.names = this.names.slice(0, -1)
		else
			return
		event.preventDefault()
	}
}

for (const root of document.querySelectorAll('.pick')) {
	if (root.querySelector('textarea'))
		new Picker(root)
	else
		new Combobox(root, root.querySelector('input'))
}
