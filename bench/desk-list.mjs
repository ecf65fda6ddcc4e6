// The desk's list of stories on a newsroom that is there already: milliseconds of each kind of question, from request to whole answer.
//
//   bench/desk-list.mjs DATA [ROUNDS]      DATA as bench/content.mjs and import made it; an account is added to it
process.env.BS_BIN ??= 'build/broadsheet'
const { startSite } = await import('../tests/lib/site.mjs')
const { makeUser, signIn } = await import('../tests/lib/desk.mjs')

const [data, rounds = 15] = [process.argv[2], Number(process.argv[3] ?? 15)]
const site = await startSite({ data })
const desk = await signIn(site, await makeUser(site, { role: 'editor', email: `bench-${Date.now()}@example.org` }))
const first = await desk.get('/desk/')
const next = first.text.match(/href="([^"]+)" rel="next"/)?.[1].replaceAll('&amp;', '&')
const questions = {
	'all': '/desk/', 'next page': next, 'drafts': '/desk/?state=draft', 'withdrawn': '/desk/?state=withdrawn',
	'published': '/desk/?state=published',
	'author': '/desk/?author=author-7', 'author, draft': '/desk/?author=author-7&state=draft', 'theme': '/desk/?term=theme-1',
	'theme, author': '/desk/?term=theme-1&author=author-7', 'region, author': '/desk/?term=region-1&author=author-11',
	'one month': '/desk/?from=2015-03-01&to=2015-03-31',
	'ten years, author': '/desk/?from=2012-01-01&to=2022-12-31&author=author-7', 'common word': '/desk/?q=harbour',
	'two words': '/desk/?q=harbour+ice',
	'word, author': '/desk/?q=harbour&author=author-7', 'rare word': '/desk/?q=zzzz', 'language': '/desk/?lang=en',
	'translations': '/desk/translations', 'into German': '/desk/translations?lang=de', 'by people': '/desk/translations?state=human',
	'not begun in Thai': '/desk/translations?lang=th&state=none', 'German, approved': '/desk/translations?lang=de&state=approved',
	'none out of date': '/desk/translations?lang=sw&state=stale',
}
for (const [name, path] of Object.entries(questions)) {
	const took = []
	let rows = 0
	for (let i = 0; i < rounds; i++) {
		const begun = performance.now()
		const page = await desk.get(path)
		took.push(performance.now() - begun)
		rows = page.text.split('<th scope="row">').length - 1
	}
	took.sort((a, b) => a - b)
	const [median, slowest] = [took[rounds >> 1], took.at(-1)].map(ms => `${ms.toFixed(1)} ms`)
	console.log(`${name.padEnd(20)} ${String(rows).padStart(4)} rows   median ${median}   slowest ${slowest}`)
}
await site.stop()
