// The point where the eye goes, on the picture itself: by a click, or by the arrow keys. The form's numbers stay what is saved.

const place = document.querySelector('.focus')
const [x, y] = ['focus-x', 'focus-y'].map(name => document.getElementById(`f-${name}`))
const choice = document.getElementById('f-focus')
const svg = 'http://www.w3.org/2000/svg'

const part = (name, attributes) => {
	const made = document.createElementNS(svg, name)
	for (const [key, value] of Object.entries(attributes))
		made.setAttribute(key, value)
	return made
}

// A drawing over the picture: the page's policy allows no style to be set on an element, but geometry is not style.
const drawing = part('svg', { class: 'point', 'aria-hidden': 'true' })
const rings = [part('circle', { r: 14, class: 'halo' }), part('circle', { r: 14, class: 'ring' })]
drawing.append(...rings)
place.append(drawing)
place.tabIndex = 0
place.setAttribute('role', 'group')
const hint = document.createElement('p')
hint.className = 'hint'
hint.id = 'h-point'
hint.textContent = place.dataset.help
place.after(hint)
place.setAttribute('aria-label', document.querySelector('.focus-fields legend').textContent)
place.setAttribute('aria-describedby', 'h-point')

const within = value => Math.min(100, Math.max(0, Math.round(value)))

function show() {
	for (const ring of rings) {
		ring.setAttribute('cx', `${within(Number(x.value))}%`)
		ring.setAttribute('cy', `${within(Number(y.value))}%`)
	}
}

function move(toX, toY) {
	x.value = within(toX)
	y.value = within(toY)
	choice.value = ''
	show()
}

place.addEventListener('click', event => {
	const box = place.querySelector('img').getBoundingClientRect()
	move((event.clientX - box.left) / box.width * 100, (event.clientY - box.top) / box.height * 100)
})
place.addEventListener('keydown', event => {
	const step = event.shiftKey ? 10 : 2
	const way = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key]
	if (!way)
		return
	event.preventDefault()
	move(Number(x.value) + way[0], Number(y.value) + way[1])
})
x.addEventListener('input', show)
y.addEventListener('input', show)
choice.addEventListener('change', () => {
	if (choice.value !== '')
		[x.value, y.value] = choice.value.split(' ')
	show()
})
show()
