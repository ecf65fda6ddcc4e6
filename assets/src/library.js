// Files dropped on the library, or chosen, go up one behind the other, each with how far it is. Without this script the form sends them
// all at once.

import { upload } from './upload.js'

const form = document.querySelector('.upload')
const list = form.querySelector('.progress')
const input = form.elements.namedItem('file')
const words = list.dataset
let sending = false
const waiting = []

function row(name) {
	const item = document.createElement('li')
	const title = document.createElement('span')
	const bar = document.createElement('progress')
	const state = document.createElement('span')
	title.textContent = name
	title.className = 'name'
	bar.max = 1
	bar.value = 0
	bar.setAttribute('aria-label', name)
	state.textContent = words.wait
	item.append(title, bar, state)
	list.append(item)
	return { item, bar, state }
}

async function send({ file, shown }) {
	shown.state.textContent = words.sending
	const answer = await upload(form.elements.namedItem('csrf').value, file, {
		progress: part => { shown.bar.value = part },
		developing: () => {
			shown.bar.removeAttribute('value')
			shown.state.textContent = words.developing
		},
	})
	shown.bar.remove()
	if (answer.status === 201) {
		const link = document.createElement('a')
		link.href = `/desk/pictures/${answer.body.id}`
		link.textContent = words.done
		shown.state.replaceChildren(link)
		document.querySelector('.empty')?.remove()
		return
	}
	shown.item.className = 'fault'
	if (answer.body?.error) // which names the file itself
		shown.item.replaceChildren(answer.body.error)
	else
		shown.state.textContent = words.failed
}

async function sendAll() {
	if (sending)
		return
	sending = true
	while (waiting.length > 0)
		await send(waiting.shift())
	sending = false
	input.value = ''
}

function take(files) {
	for (const file of files)
		waiting.push({ file, shown: row(file.name) })
	sendAll()
}

form.addEventListener('submit', event => {
	event.preventDefault()
	take(input.files)
})

const hint = document.createElement('p')
hint.className = 'drop'
hint.textContent = words.drop
form.querySelector('.buttons').before(hint)
for (const name of ['dragenter', 'dragover']) {
	document.addEventListener(name, event => {
		if (!event.dataTransfer?.types.includes('Files'))
			return
		event.preventDefault()
		form.classList.add('over')
	})
}
document.addEventListener('dragleave', event => {
	if (event.relatedTarget === null)
		form.classList.remove('over')
})
document.addEventListener('drop', event => {
	if (!event.dataTransfer?.types.includes('Files'))
		return
	event.preventDefault()
	form.classList.remove('over')
	take(event.dataTransfer.files)
})
