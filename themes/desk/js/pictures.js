// Files dropped on the library, or chosen, go up one behind the other, each with how far it is. Without this script the form sends them
// all at once.

const form = document.querySelector('.upload')
const list = form.querySelector('.progress')
const input = form.elements.namedItem('file')
const words = list.dataset
const RETRY_MS = 1500
const TRIES = 40
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

// One request: { status, body }. XMLHttpRequest, since fetch does not tell how far an upload is.
function post(file, shown) {
	return new Promise(done => {
		const request = new XMLHttpRequest()
		const body = new FormData()
		body.append('csrf', form.elements.namedItem('csrf').value)
		body.append('file', file)
		request.open('POST', form.action)
		request.setRequestHeader('Accept', 'application/json')
		request.responseType = 'json'
		request.upload.onprogress = event => { shown.bar.value = event.loaded / event.total }
		request.upload.onload = () => {
			shown.bar.removeAttribute('value')
			shown.state.textContent = words.developing
		}
		request.onloadend = () => done({ status: request.status, body: request.response })
		request.send(body)
	})
}

async function send({ file, shown }) {
	shown.state.textContent = words.sending
	let answer = await post(file, shown)
	for (let tries = 0; answer.status === 503 && tries < TRIES; tries++) {
		await new Promise(again => setTimeout(again, RETRY_MS))
		answer = await post(file, shown)
	}
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
