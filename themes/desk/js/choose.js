// The pictures to choose from, found while somebody types; and the words of the chosen one put into the fields below at once, where these
// are empty or still have the words of the one before. What the server does when the form is sent, earlier.

const box = document.getElementById('f-image')
const fields = { alt: 'image-alt', caption: 'image-caption', credit: 'image-credit', credit_url: 'image-credit-url', licence: 'image-licence' }
const WAIT_MS = 250
const search = document.getElementById('f-image-q')
const known = new Map()
let timer
let turn = 0

const ask = async path => {
	const answer = await fetch(path, { headers: { Accept: 'application/json' } })
	return answer.ok ? answer.json() : null
}

async function wordsOf(id) {
	if (id && !known.has(id))
		known.set(id, await ask(`/desk/pictures/${id}`))
	return known.get(id) ?? {}
}

function item(picture) {
	const li = document.createElement('li')
	const label = document.createElement('label')
	const radio = Object.assign(document.createElement('input'), { type: 'radio', name: 'image', value: picture.id })
	const image = Object.assign(document.createElement('img'), { src: picture.thumb, width: picture.width, height: picture.height,
		alt: picture.alt, decoding: 'async' })
	const name = Object.assign(document.createElement('span'), { className: 'name', textContent: picture.name })
	const credit = Object.assign(document.createElement('span'), { className: 'soft', textContent: picture.credit })
	label.append(radio, ' ', image, name, credit)
	li.append(label)
	return li
}

async function find() {
	const mine = ++turn
	const found = await ask(`/desk/pictures?q=${encodeURIComponent(search.value)}`)
	if (!found || mine !== turn)
		return
	const list = box.querySelector('.pictures')
	const kept = [...list.children].filter(li => li.querySelector('input').checked || li.querySelector('input').value === '')
	const ids = kept.map(li => li.querySelector('input').value)
	for (const picture of found.pictures)
		known.set(String(picture.id), picture)
	list.replaceChildren(...kept, ...found.pictures.filter(({ id }) => !ids.includes(String(id))).slice(0, 12).map(item))
}

search.addEventListener('input', () => {
	clearTimeout(timer)
	timer = setTimeout(find, WAIT_MS)
})
search.addEventListener('keydown', event => {
	if (event.key !== 'Enter')
		return
	event.preventDefault() // which would save the story
	find()
})
box.querySelector('.find button').addEventListener('click', event => {
	event.preventDefault()
	find()
})

const form = box.closest('form')
const was = form.elements.namedItem('image-was')
box.addEventListener('change', async event => {
	if (event.target.name !== 'image' || event.target.value === was.value)
		return
	const [before, now] = [await wordsOf(was.value), await wordsOf(event.target.value)]
	if (!event.target.checked)
		return
	for (const [key, name] of Object.entries(fields)) {
		const field = form.elements.namedItem(name)
		const text = field.value.trim()
		if (text === '' || text === (before[key] ?? '').trim()) {
			field.value = now[key] ?? ''
			field.dispatchEvent(new Event('input', { bubbles: true }))
		}
	}
	form.elements.namedItem('image-syndicate').checked = now.may_syndicate === true
	was.value = event.target.value
})
