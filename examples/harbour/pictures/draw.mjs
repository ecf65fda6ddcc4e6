#!/usr/bin/env node
// draw.mjs - draws the pictures of The Northern Courier.
//
//   node draw.mjs            every picture
//   node draw.mjs NAME …     only these
//
// Each file of scenes/ exports functions that give an SVG sheet; rsvg-convert (librsvg2-bin) and cwebp (webp) make WebP of it.
// The finished pictures are kept in the repository, so nobody needs to run this to see the newspaper.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const wanted = new Set(process.argv.slice(2));
const scratch = mkdtempSync(join(tmpdir(), 'harbour-'));
let total = 0;

try {
	for (const file of readdirSync(join(here, 'scenes')).sort()) {
		for (const [name, draw] of Object.entries(await import(join(here, 'scenes', file))))
			print(name.replace(/[A-Z]/g, c => '-' + c.toLowerCase()), draw);
	}
} finally {
	rmSync(scratch, { recursive: true });
}
if (!wanted.size)
	console.log(`${Math.round(total / 1024)} KB in all`);

function print(name, draw) {
	const out = join(here, `${name}.webp`);
	if (!wanted.size || wanted.has(name)) {
		const svg = join(scratch, 'sheet.svg'), png = join(scratch, 'sheet.png');
		writeFileSync(svg, draw());
		const size = name.startsWith('portrait') ? ['-w', '480'] : [];
		execFileSync('rsvg-convert', [...size, '--unlimited', '-o', png, svg]);
		execFileSync('cwebp', ['-quiet', '-q', '36', '-m', '6', '-sharp_yuv', '-preset', 'drawing', png, '-o', out]);
		console.log(`${name}.webp  ${Math.round(statSync(out).size / 1024)} KB`);
	}
	total += statSync(out, { throwIfNoEntry: false })?.size ?? 0;
}
