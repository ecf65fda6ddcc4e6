// The pages that the golden files show: for each template one page with everything on it, and those that are bare.
// Each is [name, template, frame, page]; make() of view.mjs fills in what is not said.

const day = (n, time = '06:30') => ({
	iso: `2025-11-${n}T${time}:00+02:00`,
	text: `${n} November 2025, ${time}`,
	day: `${n} November 2025`,
	short: n === '14' ? time : `${n} Nov`,
})
const link = (url, label, name = '') => ({ url, label, name })
const picture = (name, alt = '') => ({
	src: `/media/${name}/1600.webp`,
	webp: `/media/${name}/480.webp 480w, /media/${name}/1600.webp 1600w`,
	width: '1600',
	height: '1067',
	alt,
})
const term = (vocabulary, slug, name, more) => ({ vocabulary, slug, name, url: `/${vocabulary}/${slug}`, ...more })

const shipping = term('theme', 'shipping', 'Shipping')
const climate = term('theme', 'climate', 'Climate & Ice')
const ingrid = {
	slug: 'ingrid-sorley',
	name: 'Ingrid Sorley',
	job: 'Shipping correspondent',
	url: '/author/ingrid-sorley',
	more: 'More by Ingrid Sorley',
}
const portrait = { ...picture('ingrid', 'Portrait of Ingrid Sorley'), height: '1600' }

const ice = {
	url: '/2025/11/the-first-ice',
	title: 'The First Ice',
	kind: 'report',
	label: 'Report',
	section: climate,
	image: picture('ice', 'An icebreaker'),
	standfirst: 'Aboard the <em>Varg</em> in the week the bay froze.',
	byline: 'By Ingrid Sorley',
	people: [ingrid],
	date: day('14'),
	updated: day('16'),
}
const chart = {
	url: '/2025/11/one-chart',
	title: 'One chart for two coast guards',
	section: shipping,
	date: day('13'),
	source: 'Harbour Review',
}
const opinion = {
	url: '/2025/11/smaller-fleet',
	title: 'We need a smaller fleet',
	kind: 'opinion',
	label: 'Opinion',
	standfirst: 'Tonnage forgets who pays.',
	byline: 'By Ingrid Sorley',
	people: [{ ...ingrid, portrait }],
	date: day('12'),
}
const arabic = {
	url: '/ar/2025/11/ice',
	title: 'الجليد الأول',
	standfirst: 'أسبوع على متن كاسحة الجليد',
	date: day('11'),
	foreign: { lang: 'ar', dir: 'rtl' },
}
const cards = [ice, chart, arabic]

const pagination = {
	line: 'Page 2 of 9',
	previous: link('/theme/shipping', 'Newer stories', 'previous'),
	next: link('/theme/shipping/page/3', 'Older stories', 'next'),
	pages: [
		link('/theme/shipping', '1'),
		{ ...link('/theme/shipping/page/2', '2'), current: true },
		link('', '…'),
		link('/theme/shipping/page/9', '9'),
	],
}
const languages = {
	label: 'Read in 2 languages',
	items: [
		{ ...link('/', 'English', 'en'), current: true, foreign: { lang: 'en', dir: 'ltr' } },
		{ ...link('/ar/', 'العربية', 'ar'), foreign: { lang: 'ar', dir: 'rtl' } },
	],
}

const words = Object.fromEntries(
	`about_people archive_all correction_intro correction_none error_to_home home_empty home_empty_text home_latest home_top
	list_empty list_pages print_links republish_title search_elsewhere search_help
	search_nothing_help search_order search_title search_words share_copy share_link share_networks
	share_print share_print_help share_title site_archive site_contact site_corrections site_feeds site_follow site_foot site_languages site_sections
	site_skip story_media_contact story_other_forms story_related`
		.split(/\s+/)
		.map(word => [word, `[${word}]`]),
)

const bare = {
	lang: 'en',
	dir: 'ltr',
	css: 'body{color:#000}',
	msg: words,
	site: { name: 'The Northern Courier', url: '/', search: '/search' },
	head: { title: 'The Northern Courier' },
	footer: { rights: '© The Northern Courier' },
}
const frame = {
	...bare,
	site: { ...bare.site, tagline: 'News & weather from the coasts' },
	head: {
		title: 'The First Ice – The Northern Courier',
		description: 'A week aboard “Varg” & after',
		canonical: 'https://northern-courier.example/',
		previous: '/page/1',
		next: '/page/3',
		alternates: [
			{ lang: 'en', url: 'https://northern-courier.example/' },
			{ lang: 'x-default', url: 'https://northern-courier.example/' },
		],
		feeds: [{ type: 'application/rss+xml', title: 'The Northern Courier', url: '/feed.xml' }],
		meta: [{ name: 'og:title', content: 'The First Ice' }],
		preload: picture('ice'),
		json_ld: '{"@context":"https://schema.org","@type":"WebPage"}',
	},
	nav: [
		{ ...link('/theme/shipping', 'Shipping', 'shipping'), current: true },
		link('/theme/climate', 'Climate & Ice', 'climate'),
	],
	languages,
	footer: {
		links: [link('/archive', 'Archive', 'archive')],
		channels: [link('https://social.example/courier', 'Instagram')],
		feeds: [link('/feed.xml', 'RSS', 'feed')],
		notices: [{ slug: 'foot', kind: 'fair-use', title: 'Fair use', body: '<p>Used fairly.</p>' }],
		address: '3 Customs Quay<br>Port Ansel',
		contacts: [link('mailto:desk@northern-courier.example', 'desk@northern-courier.example')],
		rights: '© The Northern Courier',
	},
}

const note = { slug: 'note', kind: 'note', title: 'Note to readers', body: '<p>Share <a href="/">widely</a>.</p>' }

const story = {
	url: 'https://northern-courier.example/2025/11/the-first-ice',
	title: 'The First <em>Ice</em>',
	standfirst: 'A week aboard.',
	kind: 'report',
	label: 'Report',
	section: climate,
	translation: 'Read the original: <a href="/de/2025/11/eis" hreflang="de" lang="de">Deutsch</a>',
	byline: [
		{
			role: 'author',
			line: 'By <a href="/author/ingrid-sorley" rel="author">Ingrid Sorley</a>',
			people: [{ ...ingrid, portrait }],
		},
		{
			role: 'translator',
			line: 'Translated by <a href="/author/salma" rel="author">Salma</a>',
			people: [{ slug: 'salma', name: 'Salma' }],
		},
	],
	published: day('14'),
	published_line: 'Published <time datetime="2025-11-14T06:30:00+02:00">14 November 2025, 06:30</time>',
	updated: day('16'),
	updated_line: 'Updated <time datetime="2025-11-16T06:30:00+02:00">16 November 2025, 06:30</time>',
	source: {
		line: 'First published by <a href="https://harbour-review.example/ice"><cite>Harbour Review</cite></a>, 13 November 2025',
		name: 'Harbour Review',
		url: 'https://harbour-review.example/ice',
		date: day('13'),
		permission: 'Reprinted with permission & thanks.',
	},
	mail: link('mailto:?subject=The%20First%20Ice', 'E-mail', 'mail'),
	networks: [link('https://network.example/share?u=x&t=y', 'Network', 'network')],
	forms: [link('/2025/11/the-first-ice.txt', 'Plain text', 'text')],
	image: {
		...picture('ice', 'An icebreaker'),
		tall: true,
		caption: 'The <em>Varg</em>.',
		credit: 'Picture: <a href="https://thew.example">Jonas Thew</a>',
	},
	notices_before: [note],
	notices_after: [{ slug: 'after', kind: 'note', body: '<p>Feel free to repost.</p>' }],
	notices_end: [
		{
			slug: 'permission',
			kind: 'permission',
			title: 'Permission to republish',
			body: '<p>إذن</p>',
			foreign: { lang: 'ar', dir: 'rtl' },
		},
	],
	corrections: [
		{
			kind: 'correction',
			label: 'Correction',
			date: day('16'),
			note: 'The depth is 11.2 metres, <em>not</em> 12.',
		},
	],
	corrections_label: 'A correction to this story',
	body: '<p>It began with a <a href="https://sound.example">sound</a>.</p>',
	author_line: '<a href="/author/ingrid-sorley">Ingrid Sorley</a> is a reporter.',
	subjects: [
		{ vocabulary: 'theme', label: 'Themes', terms: [climate, shipping] },
		{
			vocabulary: 'region',
			label: 'Region',
			terms: [term('region', 'baltic', 'بلطيق', { foreign: { lang: 'ar', dir: 'rtl' } })],
		},
	],
	authors: [
		{ ...ingrid, portrait, bio: '<p>Since 2009.</p>', cards: [chart, arabic] },
		{ ...ingrid, slug: 'jonas', name: 'Jonas' },
	],
	authors_label: 'About the authors',
	offers: [
		{
			name: 'newsletter',
			title: 'By mail',
			text: 'Every <em>morning</em>.',
			link: link('/newsletter', 'Subscribe'),
		},
	],
	related: cards,
	licence: { line: 'Free to republish', link: link('/republish/1', 'Get a copy') },
	media_contact: link('mailto:media@northern-courier.example', 'media@northern-courier.example'),
	citations: [{ url: 'https://sound.example', title: 'Sound & Sons' }, { url: 'https://b.example' }],
}

const list = { kind: 'theme', label: 'Theme', slug: 'shipping', name: 'Shipping', line: '3 stories', cards }

export const fixtures = [
	[
		'home',
		'home',
		{ ...frame, edition: { ...day('14'), day: 'Friday, 14 November 2025' } },
		{
			lead: ice,
			seconds: [chart, arabic],
			latest: cards,
			groups: [
				{
					layout: 'section',
					slug: 'shipping',
					name: 'Shipping',
					url: '/theme/shipping',
					more: 'More in Shipping',
					count: '3',
					cards,
				},
				{
					layout: 'opinion',
					slug: 'opinion',
					name: 'Opinion',
					count: '2',
					cards: [opinion, { ...opinion, people: [] }],
				},
				{
					layout: 'reports',
					slug: 'reports',
					name: 'In-depth reports',
					count: '0',
					terms: [
						term('report', 'ice-season', 'The Ice Season', {
							description: '<p>A winter at sea.</p>',
							image: picture('report'),
							line: '7 stories',
							cards,
						}),
					],
				},
				{ layout: 'section', slug: 'latest', name: 'Latest', count: '1', cards: [chart] },
			],
			archive: link('/archive', 'All stories'),
			offers: story.offers,
		},
	],
	['home-one', 'home', bare, { lead: chart }],
	['home-empty', 'home', bare, {}],
	['story', 'story', frame, story],
	[
		'story-bare',
		'story',
		bare,
		{
			url: 'https://northern-courier.example/2025/11/x',
			title: 'X',
			kind: 'news',
			body: '<p>X.</p>',
			mail: link('mailto:?subject=X', 'E-mail', 'mail'),
			published: day('14'),
			published_line: 'Published',
		},
	],
	[
		'story-rtl',
		'story',
		{ ...bare, lang: 'ar', dir: 'rtl' },
		{ ...story, title: 'الجليد الأول', authors: [], related: [], notices_end: [] },
	],
	[
		'listing',
		'listing',
		frame,
		{
			...list,
			description: '<p>All that floats.</p>',
			image: { ...picture('floats', 'A ship'), credit: 'Picture: X' },
			parents: [term('theme', 'economy', 'Economy')],
			children: [term('theme', 'pilots', 'Pilots')],
			within: 'Within Shipping',
			pagination,
		},
	],
	[
		'listing-author',
		'listing',
		frame,
		{
			...list,
			kind: 'author',
			label: 'Author',
			slug: 'ingrid-sorley',
			name: 'Ingrid Sorley',
			description: '<p>Since 2009.</p>',
			person: { ...ingrid, portrait, links: [link('https://ingridsorley.example', 'Own site', 'website')] },
		},
	],
	['listing-empty', 'listing', bare, { ...list, line: '', cards: [] }],
	[
		'archive',
		'archive',
		frame,
		{
			years: [
				{
					year: '2025',
					line: '12 stories',
					months: [{ url: '/archive/2025/01', label: 'January', count: '12' }],
				},
			],
		},
	],
	['archive-empty', 'archive', bare, {}],
	[
		'month',
		'month',
		frame,
		{
			name: 'November 2025',
			line: '3 stories',
			archive: link('/archive', 'All months'),
			days: [{ date: day('14'), cards }],
			pagination,
			previous: link('/archive/2025/10', 'Earlier: October 2025', 'previous'),
			next: link('/archive/2025/12', 'Later: December 2025', 'next'),
		},
	],
	[
		'search',
		'search',
		frame,
		{
			query: 'ice & "snow"',
			asked: true,
			line: '2 stories for “ice”',
			named: [{ url: '/report/the-ice-season', name: 'The Ice Season', kind: 'report', label: 'In-depth report' }],
			orders: [
				{ ...link('/search?q=ice', 'Best match first', 'order'), current: true },
				link('/search?q=ice&order=date', 'Newest first', 'order'),
			],
			cards: [{ ...ice, standfirst: 'The <mark>ice</mark> came.' }],
			pagination,
		},
	],
	[
		'search-none',
		'search',
		bare,
		{
			query: 'nix',
			asked: true,
			line: 'Nothing was found for “nix”',
			none: true,
			near: link('/search?q=nicks', 'Did you mean “nicks”?', 'near'),
			elsewhere: [{ ...link('/ar/search?q=nix', 'مقالان عن «nix»', 'ar'), foreign: { lang: 'ar', dir: 'rtl' } }],
			latest: cards,
			archive: link('/archive', 'All stories', 'archive'),
		},
	],
	[
		'corrections',
		'corrections',
		frame,
		{
			entries: [
				{ ...story.corrections[0], card: ice },
				{
					kind: 'update',
					label: 'Update',
					date: day('12'),
					note: 'تحديث',
					card: arabic,
					foreign: arabic.foreign,
				},
			],
			tell_us: 'Have you found an error? Write to <a href="mailto:e@x.example">e@x.example</a>',
			pagination,
		},
	],
	['corrections-none', 'corrections', bare, {}],
	[
		'page',
		'page',
		frame,
		{
			title: 'About <em>us</em>',
			standfirst: 'Since 1898.',
			body: '<p>Founded by pilots.</p>',
			contacts: [{ label: 'Newsroom', link: link('mailto:d@x.example', 'd@x.example') }],
			address: '3 Customs Quay<br>Port Ansel',
			people: [
				{ ...ingrid, portrait },
				{ ...ingrid, job: '' },
			],
			updated_line: 'Updated 14 November 2025',
		},
	],
	[
		'share',
		'share',
		{ ...frame, head: { ...frame.head, title: 'The First Ice – The Northern Courier', description: 'Nobody was ready.' } },
		{ title: 'The First Ice', address: 'x.example › 2025 › 11 › the-first-ice', published: day('14'), image: picture('ice', 'An icebreaker') },
	],
	[
		'error',
		'error',
		frame,
		{
			code: '404',
			title: 'There is no page at this address',
			text: 'Search for it.',
			search: true,
			latest: cards,
		},
	],
	[
		'error-gone',
		'error',
		bare,
		{ code: '410', title: 'Withdrawn', text: 'It was here.', reason: 'It was <em>wrong</em>.', since: day('14') },
	],
]
