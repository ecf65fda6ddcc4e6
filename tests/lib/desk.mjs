// A person at the desk: a browser without JavaScript, as far as forms, cookies and redirects go.
//
//   const ada = await makeUser(site, { role: 'editor' })   // an account
//   const desk = await signIn(site, ada)                   // { get, post, submit … }
//   const page = await desk.get('/desk/')                  // { status, headers, text, url }
//   await desk.submit(page, { title: 'Ice' }, { do: 'save' })
//
// Cookies are taken as Chromium takes them on a loopback address: with the rules of __Host-.

import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { run } from './site.mjs'

export const password = 'correct horse battery'
let made = 0

// Make an account by the command line: { email, password, role }.
export async function makeUser(site, { role = 'editor', email = `${role}-${++made}@example.org`, name, lang } = {}) {
	const done = await run(['user', 'add', '--data', site.data, '--role', role, ...(name ? ['--name', name] : []),
		...(lang ? ['--lang', lang] : []), email], { input: `${password}\n` })
	assert.equal(done.status, 0, done.stderr)
	return { email, password, role }
}

const entities = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }

export function decode(text) {
	return text.replace(/&#x?[\da-f]+;|&\w+;/gi, entity => entities[entity] ?? String.fromCodePoint(Number(entity.slice(2, -1).replace(/^x/i, '0x'))))
}

function attributes(tag) {
	return Object.fromEntries([...tag.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].slice(1).map(([, name, value]) => [name, decode(value ?? '')]))
}

const CONTROL = /(<input\b[^>]*>)|(<textarea\b[^>]*>)([\s\S]*?)<\/textarea>|(<select\b[^>]*>)([\s\S]*?)<\/select>/g

function fieldOf([, input, area, text, select, options]) {
	const { name, type, value, checked } = attributes(input ?? area ?? select)
	if (area)
		return [name, decode(text.replace(/^\n/, ''))]
	if (select) {
		const all = [...options.matchAll(/<option\b[^>]*>/g)].map(([tag]) => attributes(tag))
		return [name, (all.find(option => 'selected' in option) ?? all[0])?.value ?? '']
	}
	return type === 'checkbox' || type === 'radio' ? checked !== undefined && [name, value ?? 'on'] : [name, value ?? '']
}

// The forms of a page: { action, method, type, fields: [[name, value] …] as a browser would send them untouched, buttons }.
export function formsOf(html) {
	return [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map(([text]) => {
		const { action, method, enctype } = attributes(text.match(/<form\b[^>]*>/)[0])
		return { action, method: method ?? 'get', type: enctype, fields: [...text.matchAll(CONTROL)].map(fieldOf).filter(Boolean),
			buttons: [...text.matchAll(/<button\b[^>]*>/g)].map(([tag]) => attributes(tag)) }
	})
}

export class Browser {
	constructor(site, headers = {}) {
		this.site = site
		this.headers = headers
		this.cookies = new Map()
	}

	take(answer) {
		for (const line of answer.headers.getSetCookie()) {
			const [pair, ...rest] = line.split(/;\s*/)
			const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
			const flags = Object.fromEntries(rest.map(part => part.split('=')).map(([key, v]) => [key.toLowerCase(), v ?? true]))
			if (name.startsWith('__Host-'))
				assert.ok(flags.secure && flags.path === '/' && !flags.domain, `${line} is no __Host- cookie`)
			if (flags['max-age'] === '0')
				this.cookies.delete(name)
			else
				this.cookies.set(name, value)
		}
	}

	// One request; `follow` goes on to where a redirect leads.
	async request(method, path, { body, headers = {}, follow = true } = {}) {
		const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
		const origin = method === 'POST' ? { Origin: this.site.url, 'Sec-Fetch-Site': 'same-origin' } : {}
		const answer = await fetch(this.site.url + path, { method, body, redirect: 'manual',
			headers: { ...(cookie ? { Cookie: cookie } : {}), ...origin, ...this.headers, ...headers } })
		this.take(answer)
		const text = await answer.text()
		const location = answer.headers.get('location')
		if (follow && location && answer.status >= 300 && answer.status < 400)
			return this.request('GET', location.replace(this.site.url, ''))
		return { status: answer.status, headers: answer.headers, text, url: path, location }
	}

	get(path, options) {
		return this.request('GET', path, options)
	}

	// Fields as an object; arrays stand for a name that is sent several times.
	post(path, fields, { multipart = false, ...options } = {}) {
		const body = multipart ? new FormData() : new URLSearchParams()
		for (const [name, value] of Object.entries(fields)) {
			for (const one of [value].flat())
				body.append(name, one)
		}
		return this.request('POST', path, { body, ...options })
	}

	// Send a form of the page with these fields changed; `button` is what was pressed. A value of null takes the field out.
	submit(page, changes = {}, button = {}, options = {}) {
		const aside = ['/desk/sign-out', '/desk/copy/discard'] // forms that stand on many pages beside the one that they are about
		const form = formsOf(page.text).find(form => form.method === 'post'
			&& (options.action === undefined ? !aside.includes(form.action) : form.action === options.action))
		assert.ok(form, `no form in\n${page.text}`)
		const fields = {}
		for (const [name, value] of form.fields)
			fields[name] = name in fields ? [fields[name], value].flat() : value
		Object.assign(fields, changes, button)
		for (const name of Object.keys(fields).filter(name => fields[name] === null))
			delete fields[name]
		return this.post(form.action, fields, { multipart: form.type === 'multipart/form-data', ...options })
	}
}

export async function signIn(site, user, browser = new Browser(site)) {
	const page = await browser.submit(await browser.get('/desk/sign-in'), { email: user.email, password: user.password })
	assert.equal(page.status, 200, page.text)
	assert.match(page.url, /^\/desk\/(?!sign-in)/, `signed in, and then ${page.url}`)
	return browser
}

// The message above the content: what was done, or what is wrong.
export const noticeOf = page => decode(page.text.match(/class="notice"[^>]*>([^<]*)</)?.[1] ?? '')

// The code of a key at a time of a second factor (RFC 6238), by another hand than the program's.
export function codeOf(key, at = Date.now() / 1000) {
	const bits = [...key.replace(/\s/g, '')].map(letter => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
	const secret = Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)))
	const step = Buffer.alloc(8)
	step.writeBigUInt64BE(BigInt(Math.floor(at / 30)))
	const mac = createHmac('sha1', secret).update(step).digest()
	return String((mac.readUInt32BE(mac[19] & 15) & 0x7FFFFFFF) % 1e6).padStart(6, '0')
}
