// One page of each kind of the demo newsroom, and of the stories in edition/ that it has no use for.

import { cpSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { makeNewsroom, root, startSite, temporaryFolder } from '../lib/site.mjs'

export const story = '/2025/11/the-first-ice'
export const pages = {
	home: '/',
	'home-arabic': '/ar/',
	'home-german': '/de/',
	story,
	'story-everything': '/2025/11/everything-at-once',
	'story-elsewhere': '/2025/11/ravnik-and-port-ansel-open-a-shared-school-for-deckhands-the-first-twenty-six',
	'story-notes': '/2025/11/how-to-read-an-ice-chart',
	'story-arabic': '/ar/2025/11/daou-al-manara-tantafi',
	theme: '/theme/shipping',
	report: '/report/the-ice-season',
	region: '/region/north-shore',
	author: '/author/ingrid-sorley',
	archive: '/archive',
	month: '/archive/2025/11',
	corrections: '/corrections',
	about: '/about',
	'search-empty': '/search',
	search: '/search?q=ice',
	'search-nothing': '/search?q=xylophone',
	'search-arabic': '/ar/search?q=%D8%A7%D9%84%D9%85%D9%86%D8%A7%D8%B1%D8%A9',
	'story-everything-arabic': '/ar/2025/11/kull-shay',
	'theme-arabic': '/ar/theme/shipping',
	'archive-arabic': '/ar/archive',
	'corrections-arabic': '/ar/corrections',
	'about-arabic': '/ar/about',
	'not-found': '/2025/11/never-written',
	'not-found-arabic': '/ar/2025/11/never-written',
	withdrawn: '/2025/10/a-ship-that-never-sailed',
	'withdrawn-arabic': '/ar/2025/10/safina-lam-tubhir',
}
export const status = { 'not-found': 404, 'not-found-arabic': 404, withdrawn: 410, 'withdrawn-arabic': 410 }

// That newsroom, served: { site, stop() }.
export async function startPaper() {
	const folder = temporaryFolder()
	cpSync(join(root, 'examples/harbour'), folder, { recursive: true })
	cpSync(join(root, 'tests/browser/edition'), folder, { recursive: true })
	const site = await startSite({ data: await makeNewsroom({ folder }) })
	return {
		site,
		async stop() {
			await site.stop()
			for (const made of [dirname(site.data), folder]) rmSync(made, { recursive: true, force: true })
		},
	}
}
