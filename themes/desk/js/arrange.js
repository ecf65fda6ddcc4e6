// Lists whose rows are dragged to their places, by mouse and by finger, or carried there by the arrow keys on the same handle. The buttons and
// numbers of the form go on doing it without.
//
// In a list with data-arrange="step" each move is a step of the form, sent at once, and the page that comes back takes the place of this one; in
// one with data-arrange="number" the numbers of the rows follow, and are saved with the form. The others move around the row that is held: it
// stays where it is in the document, and so keeps the pointer and the focus.

const QUIET_MS = 500
const main = document.getElementById('main')
const said = document.body.appendChild(Object.assign(document.createElement('p'), { className: 'unseen' }))
said.setAttribute('role', 'status')
let timer, waits = null, sending = false, then = null // a move that is to be sent, one that is; the button that was pressed meanwhile

const rowsOf = list => [...list.querySelectorAll(':scope > [data-row]')]
const nameOf = row => row.dataset.name || row.querySelector('[name$=-to]')?.value || row.querySelector('legend')?.textContent
const other = (row, way) => (row[way]?.matches('[data-row]') ? row[way] : null)
const forth = row => other(row, 'nextElementSibling')
const back = row => other(row, 'previousElementSibling')

function tell(row) {
	const rows = rowsOf(row.parentElement)
	said.textContent = `${nameOf(row)}: ${row.parentElement.dataset.place} ${rows.indexOf(row) + 1} / ${rows.length}`
}

// Whether it could.
function step(row, down) {
	const near = down ? forth(row) : back(row)
	if (near && down)
		row.before(near)
	else if (near)
		row.after(near)
	return near !== null
}

function number(list) {
	rowsOf(list).forEach((row, at) => { row.querySelector('[name$=-place]').value = at + 1 })
}

// The form with this step; what comes back has the buttons, the badge and the base that follow from it.
async function send(row) {
	const form = row.closest('form'), key = row.dataset.row, body = new URLSearchParams(new FormData(form))
	body.set('do', `to:${rowsOf(row.parentElement).indexOf(row) + 1}:${key}`)
	waits = null
	sending = true
	const answer = await fetch(form.action, { method: 'POST', body }).catch(() => null)
	const page = answer && new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('main')
	sending = false
	if (!page?.querySelector('[data-arrange]')) {
		location.reload() // signed out, or no answer: the browser says which
		return
	}
	main.replaceChildren(...page.childNodes)
	begin()
	main.querySelector(`[data-row="${CSS.escape(key)}"] > .handle`)?.focus()
	if (then)
		main.querySelector(`[name=do][value="${CSS.escape(then)}"]`)?.click()
	then = null
}

function settle(row, wait) {
	if (row.parentElement.dataset.arrange === 'number')
		return number(row.parentElement)
	clearTimeout(timer)
	waits = row
	timer = setTimeout(send, wait, row)
	return undefined
}

function carry(row, event) {
	const all = event.key === 'Home' || event.key === 'End', down = event.key === 'ArrowDown' || event.key === 'End'
	if (!all && !down && event.key !== 'ArrowUp')
		return
	event.preventDefault()
	if (sending)
		return
	let moved = step(row, down)
	while (all && moved && step(row, down));
	tell(row)
	if (moved)
		settle(row, QUIET_MS)
}

function hold(row, handle, event) {
	if (sending || event.button !== 0)
		return
	const before = rowsOf(row.parentElement), ending = new AbortController(), { signal } = ending
	const middle = near => near.getBoundingClientRect().top + near.offsetHeight / 2
	handle.setPointerCapture(event.pointerId)
	row.classList.add('held')
	const end = () => {
		ending.abort()
		row.classList.remove('held')
	}
	const put = () => {
		before.slice(0, before.indexOf(row)).forEach(near => row.before(near))
		before.slice(before.indexOf(row) + 1).reverse().forEach(near => row.after(near))
		end()
	}
	handle.addEventListener('pointermove', ({ clientY }) => {
		let moved = false
		while (forth(row) && clientY > middle(forth(row)))
			moved = step(row, true)
		while (back(row) && clientY < middle(back(row)))
			moved = step(row, false)
		if (moved)
			tell(row)
	}, { signal })
	handle.addEventListener('pointerup', () => {
		end()
		if (rowsOf(row.parentElement).some((near, at) => near !== before[at]))
			settle(row, 0)
	}, { signal })
	handle.addEventListener('pointercancel', put, { signal })
	document.addEventListener('keydown', ({ key }) => key === 'Escape' && put(), { signal })
}

function begin() {
	for (const list of main.querySelectorAll('[data-arrange]')) {
		for (const row of rowsOf(list)) {
			const handle = Object.assign(document.createElement('button'), { type: 'button', className: 'handle', textContent: '↕' })
			handle.setAttribute('aria-label', `${list.dataset.handle}: ${nameOf(row)}`)
			handle.addEventListener('keydown', event => carry(row, event))
			handle.addEventListener('pointerdown', event => hold(row, handle, event))
			if (row.querySelector(':scope > legend'))
				row.querySelector(':scope > legend').after(handle)
			else
				row.prepend(handle)
		}
	}
}

// A button that is pressed while a move is to be sent, or on its way, comes after it.
main.addEventListener('submit', event => {
	if (!waits && !sending)
		return
	event.preventDefault()
	then = event.submitter?.value
	clearTimeout(timer)
	if (waits)
		send(waits)
})
begin()
