// The row of tools: one stop of the Tab key, arrows within (ARIA Authoring Practices, toolbar).

import { active, commands, setStyle, styleAt } from './commands.js'

export function makeToolbar(root, getView, others) {
	const items = [...root.querySelectorAll('select, button')], style = root.querySelector('[data-style]')
	const usable = () => items.filter(item => !item.hidden)
	const focusable = item => items.forEach(other => (other.tabIndex = other === item ? 0 : -1))
	focusable(items[0])

	root.addEventListener('keydown', event => {
		const list = usable(), at = list.indexOf(document.activeElement)
		const forward = getComputedStyle(root).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
		const steps = { [forward]: 1, [forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft']: -1 }
		let next = event.key in steps ? (at + steps[event.key] + list.length) % list.length : -1
		if (event.key === 'Home')
			next = 0
		if (event.key === 'End')
			next = list.length - 1
		if (event.key === 'Escape')
			getView().focus()
		if (next < 0)
			return
		event.preventDefault()
		focusable(list[next])
		list[next].focus()
	})
	root.addEventListener('focusin', event => focusable(event.target))
	// A click must not take the selection out of the text.
	root.addEventListener('mousedown', event => event.target.closest('button') && event.preventDefault())
	root.addEventListener('click', event => {
		const name = event.target.closest('button')?.dataset.do, view = getView()
		if (!name || event.target.closest('button').getAttribute('aria-disabled') === 'true')
			return
		if (name in others) {
			others[name](view)
		} else {
			commands[name](view.state, view.dispatch, view)
			view.focus()
		}
		event.preventDefault()
	})
	style.addEventListener('change', () => {
		const view = getView()
		setStyle(style.value)(view.state, view.dispatch)
		view.focus()
	})

	return {
		update(state) {
			style.value = styleAt(state)
			for (const button of items) {
				const { do: name } = button.dataset
				if (name in active)
					button.setAttribute('aria-pressed', String(active[name](state)))
				if (name in commands)
					button.setAttribute('aria-disabled', String(!commands[name](state)))
			}
		},
		focus: () => items.find(item => item.tabIndex === 0)?.focus(),
		press: (name, on) => root.querySelector(`[data-do=${name}]`).setAttribute('aria-pressed', String(on)),
		only(name) { // of all tools, this one can be used
			for (const item of items)
				if (item.dataset.do !== name)
					item.disabled = name !== null
		},
	}
}
