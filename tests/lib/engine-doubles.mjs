// Doubles of the three translation services that cannot be run in tests: they speak each one's protocol as its documentation has it
// (LibreTranslate /translate, DeepL /v2/translate, OpenAI /v1/chat/completions), refuse what the service would refuse, and
// "translate" by writing every letter as a capital. They are no proof that the service itself answers so today.
//
//   const double = await startDouble('deepl', { key: 'k', fail: request => status or undefined })
//   double.url, double.requests, await double.stop()

import { createServer } from 'node:http'

// Letters alone; tags stay as they are.
export const shout = text => text.replace(/<[^>]*>|&#?\w+;|[^<&]+/g, part => (/^[<&]/.test(part) ? part : part.toUpperCase()))

const protocols = {
	libretranslate(path, headers, body, key) {
		if (path !== '/translate') return [404, {}]
		if (key && body.api_key !== key) return [403, { error: 'Invalid API key' }]
		if (!Array.isArray(body.q) || !body.source || !body.target || body.format !== 'html') return [400, { error: 'Invalid request' }]
		return [200, { translatedText: body.q.map(shout) }]
	},
	deepl(path, headers, body, key) {
		if (path !== '/v2/translate') return [404, {}]
		if (headers.authorization !== `DeepL-Auth-Key ${key}`) return [403, { message: 'Forbidden' }]
		if (!Array.isArray(body.text) || body.text.length > 50 || !/^[A-Z-]+$/.test(body.target_lang)) return [400, { message: 'Bad request' }]
		return [200, { translations: body.text.map(text => ({ detected_source_language: body.source_lang, text: shout(text) })) }]
	},
	openai(path, headers, body, key) {
		if (path !== '/v1/chat/completions') return [404, {}]
		if (key && headers.authorization !== `Bearer ${key}`) return [401, { error: { message: 'Incorrect API key' } }]
		if (!body.model || body.messages?.at(-1)?.role !== 'user') return [400, { error: { message: 'bad request' } }]
		const { passages } = JSON.parse(body.messages.at(-1).content)
		const content = JSON.stringify({ passages: passages.map(shout) })
		return [200, { choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }] }]
	},
}

export async function startDouble(kind, { key, fail = () => undefined, change = answer => answer } = {}) {
	const requests = []
	const server = createServer(async (request, response) => {
		let text = ''
		for await (const part of request.setEncoding('utf8')) text += part
		const body = JSON.parse(text)
		requests.push({ path: request.url, headers: request.headers, body })
		const status = fail(requests.length)
		const [code, answer] = status ? [status, { message: 'out of order' }] : protocols[kind](request.url, request.headers, body, key)
		response.writeHead(code, { 'content-type': 'application/json' })
		response.end(JSON.stringify(change(answer)))
	})
	await new Promise(done => server.listen(0, '127.0.0.1', done))
	return { url: `http://127.0.0.1:${server.address().port}`, requests, stop: () => new Promise(done => server.close(done)) }
}
