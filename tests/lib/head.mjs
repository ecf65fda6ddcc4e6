// What a page's head says for machines, and a walk over all pages of a site.
//
//   const head = headOf(page.text)      // { canonical, alternates: {de: url}, links: [{rel, href …}], meta: {'og:url': […]}, ld }
//   for (const [path, page] of await crawl(site, ['/'])) …

const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

export function unescape(text) {
	return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex, decimal, name) =>
		name ? (NAMED[name] ?? all) : String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal)),
	)
}

// The tags of one name, each as {attribute: value}. Our own templates write attributes in double quotes.
export function tags(html, name) {
	return [...html.matchAll(new RegExp(`<${name}\\b([^>]*)>`, 'g'))].map(([, attributes]) =>
		Object.fromEntries([...attributes.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, key, value]) => [key, unescape(value ?? '')])),
	)
}

export function headOf(html) {
	const head = html.slice(0, html.indexOf('</head>')).replace(/<style>.*?<\/style>/s, '')
	const links = tags(head, 'link')
	const meta = {}
	for (const { name, property, content } of tags(head, 'meta')) if (name ?? property) (meta[name ?? property] ??= []).push(content)
	return {
		links,
		meta,
		canonical: links.find(link => link.rel === 'canonical')?.href,
		alternates: Object.fromEntries(links.filter(link => link.hreflang).map(link => [link.hreflang, link.href])),
		title: unescape(head.match(/<title>(.*?)<\/title>/s)?.[1] ?? ''),
		lang: html.match(/<html lang="([^"]+)"/)?.[1],
		ld: JSON.parse(head.match(/<script type="application\/ld\+json">(.*?)<\/script>/s)?.[1] ?? 'null'),
	}
}

// Every page that links lead to from `from`, as path → { status, headers, text }; only HTML is read for further links.
export async function crawl(site, from, skip = () => false) {
	const found = new Map()
	const queue = [...from]
	while (queue.length > 0) {
		const path = queue.pop()
		if (found.has(path) || skip(path)) continue
		const page = await site.get(path)
		found.set(path, page)
		if (!page.headers.get('content-type')?.startsWith('text/html')) continue
		for (const { href = '' } of tags(page.text, 'a')) if (/^\/(?!\/)/.test(href)) queue.push(href.split('#')[0])
	}
	return found
}
