// The translation page by keyboard. Everything it does can be done without it: the buttons are buttons of the form.
const form = document.querySelector('form.sheet')
const areas = [...form.querySelectorAll('textarea')]
const passageOf = element => element?.closest('.passage')
let changed = false

function go(area) {
	if (!area)
		return
	area.focus()
	passageOf(area).scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' })
}

function fill(button) {
	const area = passageOf(button).querySelector('textarea')
	area.value = button.dataset.fill
	area.dispatchEvent(new Event('input', { bubbles: true }))
	area.focus()
}

function step(by) {
	const at = areas.findIndex(area => passageOf(area) === passageOf(document.activeElement))
	go(areas[at < 0 ? 0 : at + by])
}

function nextPending() {
	const at = areas.findIndex(area => passageOf(area) === passageOf(document.activeElement))
	const order = [...areas.slice(at + 1), ...areas.slice(0, at + 1)]
	go(order.find(area => passageOf(area).hasAttribute('data-pending')))
}

form.addEventListener('click', event => {
	const button = event.target.closest('button[data-fill]')
	if (!button)
		return
	event.preventDefault()
	fill(button)
})
form.addEventListener('input', () => { changed = true })
form.addEventListener('submit', () => { changed = false })
addEventListener('beforeunload', event => {
	if (changed)
		event.preventDefault()
})

addEventListener('keydown', event => {
	const key = event.key.toLowerCase()
	if ((event.ctrlKey || event.metaKey) && !event.altKey && key === 's') {
		event.preventDefault()
		form.requestSubmit(form.querySelector('button[value="save"]'))
	} else if (event.altKey && !event.ctrlKey && (key === 'arrowdown' || key === 'arrowup')) {
		event.preventDefault()
		step(key === 'arrowdown' ? 1 : -1)
	} else if (event.altKey && !event.ctrlKey && event.code === 'KeyM') {
		event.preventDefault()
		nextPending()
	} else if (event.altKey && !event.ctrlKey && /^Digit[1-5]$/.test(event.code)) {
		const offers = passageOf(document.activeElement)?.querySelectorAll('button[data-fill]')
		if (offers?.[Number(event.code.slice(5)) - 1]) {
			event.preventDefault()
			fill(offers[Number(event.code.slice(5)) - 1])
		}
	}
})

form.querySelector('[data-keys]').hidden = false
if (!location.hash)
	areas.find(area => passageOf(area).hasAttribute('data-pending'))?.focus({ preventScroll: true })
