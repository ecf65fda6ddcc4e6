// One picture file on its way to the library. Used by the writing surface and by the library's own page.

const RETRY_MS = 1500, TRIES = 40

// XMLHttpRequest, since fetch does not tell how far an upload is. The status is 0 when nothing came back.
function post(csrf, file, on) {
	return new Promise(done => {
		const request = new XMLHttpRequest(), body = new FormData()
		body.append('csrf', csrf)
		body.append('file', file)
		request.open('POST', '/desk/pictures')
		request.setRequestHeader('Accept', 'application/json')
		request.responseType = 'json'
		request.upload.onprogress = event => on.progress(event.loaded / event.total)
		request.upload.onload = () => on.developing()
		request.onloadend = () => done({ status: request.status, body: request.response })
		request.send(body)
	})
}

// { status, body } of the last answer: 201 with the picture, or a body with an "error" that names the file, or no body at all.
// The server develops one picture after another; when too many wait already, the file is sent again.
export async function upload(csrf, file, on) {
	let answer = await post(csrf, file, on)
	for (let tries = 0; answer.status === 503 && answer.body?.error && tries < TRIES; tries++) {
		await new Promise(again => setTimeout(again, RETRY_MS))
		answer = await post(csrf, file, on)
	}
	return answer
}
