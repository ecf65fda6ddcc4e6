// The page as readers will see it, beside the text: made by the server from the working copy, and made anew whenever the server says that it kept
// something (server-sent events). Two frames take turns, so that nothing flickers and the place in the text stays.

const DESK_WIDTH = 1280

export class Preview {
	constructor(parts, form, keeper, toolbar) {
		this.panel = parts.querySelector('[data-preview]')
		this.pane = this.panel.querySelector('[data-pane]')
		this.form = form
		this.keeper = keeper
		this.toolbar = toolbar
		this.width = 'phone'
		form.append(this.panel)
		for (const button of this.panel.querySelectorAll('button[data-width]'))
			button.addEventListener('click', () => this.setWidth(button.dataset.width))
		new ResizeObserver(() => this.fit()).observe(this.pane)
	}

	get open() {
		return !this.panel.hidden
	}

	async toggle() {
		this.panel.hidden = this.open
		this.form.classList.toggle('previewing', this.open)
		this.toolbar.press('preview', this.open)
		this.keeper.hurried = this.open
		if (!this.open)
			return this.pane.replaceChildren()
		this.setWidth(this.width)
		await this.keeper.keep(true)
		return this.refresh()
	}

	// A phone, a desk, or what search engines and networks will show of it, which is another page.
	setWidth(width) {
		const other = (width === 'share') !== (this.width === 'share')
		this.width = width
		this.pane.dataset.width = width
		for (const button of this.panel.querySelectorAll('button[data-width]'))
			button.setAttribute('aria-pressed', String(button.dataset.width === width))
		this.fit()
		if (other)
			this.refresh()
	}

	// The page of a desk has the width of one, and is made smaller to be seen whole.
	fit() {
		const { clientWidth: width, clientHeight: height } = this.pane, scale = this.width === 'desk' ? Math.min(1, width / DESK_WIDTH) : 1
		for (const frame of this.pane.children) {
			frame.style.transform = scale < 1 ? `scale(${scale})` : ''
			frame.style.height = `${height / scale}px`
		}
	}

	refresh() {
		if (!this.open)
			return
		if (this.coming) {
			this.again = true
			return
		}
		const frame = document.createElement('iframe'), value = name => this.form.elements[name].value
		this.coming = frame
		frame.title = this.panel.dataset.title
		frame.setAttribute('sandbox', 'allow-same-origin')
		frame.className = 'coming'
		frame.src = `/desk/copy/${this.width === 'share' ? 'share' : 'preview'}?${new URLSearchParams({ story: value('public-id'), copy: value('copy') })}`
		frame.addEventListener('load', () => this.arrived(frame), { once: true })
		this.pane.append(frame)
		this.fit()
	}

	arrived(frame) {
		const before = [...this.pane.children].find(other => other !== frame)
		frame.contentWindow?.scrollTo(0, before?.contentWindow?.scrollY ?? 0)
		before?.remove()
		frame.className = ''
		this.coming = undefined
		if (this.again) {
			this.again = false
			this.refresh()
		}
	}
}

// What the server tells this page, while somebody looks at it: a browser opens six connections at most to a server without HTTP/2, so
// pages in the background leave theirs to others.
export function listen(form, handlers) {
	let source
	const follow = () => {
		if (document.visibilityState === 'visible' && (!source || source.readyState === EventSource.CLOSED)) {
			source = new EventSource(`/desk/copy/events?${new URLSearchParams({ story: form.elements['public-id'].value })}`)
			for (const [name, handler] of Object.entries(handlers))
				source.addEventListener(name, event => handler(event.data))
		} else if (document.visibilityState !== 'visible') {
			source?.close()
			source = undefined
		}
	}
	document.addEventListener('visibilitychange', follow)
	addEventListener('pagehide', () => source?.close())
	follow()
	return follow // after a session has come back
}
