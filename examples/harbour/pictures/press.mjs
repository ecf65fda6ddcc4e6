// press.mjs - the tools that every picture is cut with.
//
// A picture is a print from up to five blocks: paper, ice, deep, rust and ink. A shape is an array of points [x, y] in pixels
// of the sheet; a tone is a function of a point, 0 (paper left standing) to 1 (solid). Lines are cut as ribbons whose
// width is the tone, as an engraver does it, and end where the tone does. Everything is seeded: the same script draws the
// same bytes.

export const INK = '#15191e', DEEP = '#2b566d', ICE = '#a8c9d1', RUST = '#b84a2b', PAPER = '#f1eadc';

/* Numbers 0..1 from a seed (mulberry32). */
export function random(seed) {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

function lattice(x, y) {
	let h = Math.imul(x, 374761393) ^ Math.imul(y, 668265263);
	h = Math.imul(h ^ (h >>> 13), 1274126177);
	return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/* Smooth noise, 0..1, one cell per unit. */
export function noise(x, y) {
	const x0 = Math.floor(x), y0 = Math.floor(y);
	const ease = t => t * t * (3 - 2 * t);
	const u = ease(x - x0), v = ease(y - y0);
	const top = lattice(x0, y0) * (1 - u) + lattice(x0 + 1, y0) * u;
	const low = lattice(x0, y0 + 1) * (1 - u) + lattice(x0 + 1, y0 + 1) * u;
	return top * (1 - v) + low * v;
}

export function cloud(x, y, octaves = 4) {
	let sum = 0, part = 0.5, all = 0;
	for (let i = 0; i < octaves; i++, x *= 2.03, y *= 2.03, part /= 2) {
		sum += part * noise(x + i * 17.3, y - i * 9.1);
		all += part;
	}
	return sum / all;
}

export const clamp = (v, low = 0, high = 1) => Math.min(high, Math.max(low, v));
export const mix = (a, b, t) => a + (b - a) * t;
export const step = (from, to, v) => { const t = clamp((v - from) / (to - from)); return t * t * (3 - 2 * t); };

/* ---- shapes ---- */

export const rect = (x, y, w, h) => [[x, y], [x + w, y], [x + w, y + h], [x, y + h]];

export function ellipse(cx, cy, rx, ry = rx, from = 0, to = 2 * Math.PI, n = 72) {
	const out = [];
	for (let i = 0; i < n; i++) {
		const a = from + (to - from) * i / (to - from >= 2 * Math.PI ? n : n - 1);
		out.push([cx + rx * Math.cos(a), cy + ry * Math.sin(a)]);
	}
	return out;
}

/* A curve through the points (Catmull-Rom), closed unless told otherwise. A point with a third value 1 is a corner. */
export function curve(points, closed = true, parts = 10) {
	const n = points.length, out = [];
	const at = i => closed ? points[(i + n) % n] : points[clamp(i, 0, n - 1)];
	for (let i = 0; i < (closed ? n : n - 1); i++) {
		const p1 = at(i), p2 = at(i + 1), p0 = p1[2] ? p1 : at(i - 1), p3 = p2[2] ? p2 : at(i + 2);
		for (let k = 0; k < parts; k++) {
			const t = k / parts, t2 = t * t, t3 = t2 * t;
			out.push([0, 1].map(c => 0.5 * (2 * p1[c] + (p2[c] - p0[c]) * t +
				(2 * p0[c] - 5 * p1[c] + 4 * p2[c] - p3[c]) * t2 + (3 * p1[c] - p0[c] - 3 * p2[c] + p3[c]) * t3)));
		}
	}
	if (!closed)
		out.push(at(n - 1).slice(0, 2));
	return out;
}

export const move = (shape, dx, dy) => shape.map(([x, y]) => [x + dx, y + dy]);
export const scale = (shape, s, cx = 0, cy = 0, sy = s) => shape.map(([x, y]) => [cx + (x - cx) * s, cy + (y - cy) * sy]);
export function turn(shape, angle, cx = 0, cy = 0) {
	const c = Math.cos(angle), s = Math.sin(angle);
	return shape.map(([x, y]) => [cx + (x - cx) * c - (y - cy) * s, cy + (x - cx) * s + (y - cy) * c]);
}

export function bounds(shape) {
	let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity;
	for (const [x, y] of shape) {
		x0 = Math.min(x0, x); x1 = Math.max(x1, x);
		y0 = Math.min(y0, y); y1 = Math.max(y1, y);
	}
	return { x0, y0, x1, y1 };
}

export function inside(shape, x, y) {
	let is = false;
	for (let i = 0, j = shape.length - 1; i < shape.length; j = i++) {
		const [xi, yi] = shape[i], [xj, yj] = shape[j];
		if ((yi > y) !== (yj > y) && x < (xj - xi) * (y - yi) / (yj - yi) + xi)
			is = !is;
	}
	return is;
}

/* The same outline as a knife leaves it: long edges are no longer straight, corners stay. */
export function handCut(shape, amount = 1.6, size = 38, closed = true) {
	const out = [];
	for (let i = 0; i < shape.length - (closed ? 0 : 1); i++) {
		const [xa, ya] = shape[i], [xb, yb] = shape[(i + 1) % shape.length];
		const n = Math.max(1, Math.round(Math.hypot(xb - xa, yb - ya) / 14));
		for (let k = 0; k < n; k++) {
			const x = mix(xa, xb, k / n), y = mix(ya, yb, k / n);
			out.push([x + (noise(x / size, y / size + 31) - 0.5) * 2 * amount, y + (noise(x / size + 57, y / size) - 0.5) * 2 * amount]);
		}
	}
	if (!closed)
		out.push(shape[shape.length - 1]);
	return out;
}

/* The cells around the seeds (Voronoi), each a convex polygon within the frame. */
export function cells(seeds, frame) {
	return seeds.map(([px, py], i) => {
		let cell = frame;
		for (const [j, [qx, qy]] of seeds.entries()) {
			if (i === j || cell.length < 3)
				continue;
			const mx = (px + qx) / 2, my = (py + qy) / 2, nx = qx - px, ny = qy - py;
			const side = ([x, y]) => (x - mx) * nx + (y - my) * ny;
			if (cell.every(p => side(p) <= 0))
				continue;
			const kept = [];
			cell.forEach((a, k) => {
				const b = cell[(k + 1) % cell.length], sa = side(a), sb = side(b);
				if (sa <= 0)
					kept.push(a);
				if (sa * sb < 0)
					kept.push([a[0] + (b[0] - a[0]) * sa / (sa - sb), a[1] + (b[1] - a[1]) * sa / (sa - sb)]);
			});
			cell = kept;
		}
		return cell;
	}).filter(c => c.length > 2);
}

/* ---- line families: which way the graver goes. Each gives a list of polylines that cover the shape's bounds ---- */

export const parallel = (angle, gap, { wave = 3, size = 160, bend = null } = {}) => shape => {
	const { x0, y0, x1, y1 } = bounds(shape);
	const cx = (x0 + x1) / 2, cy = (y0 + y1) / 2, r = Math.hypot(x1 - x0, y1 - y0) / 2 + gap;
	const c = Math.cos(angle), s = Math.sin(angle), lines = [];
	for (let v = -r; v <= r; v += gap) {
		const line = [];
		for (let u = -r; u <= r; u += 6) {
			const x = cx + u * c - v * s, y = cy + u * s + v * c;
			const off = (cloud(x / size, y / size, 2) - 0.5) * 2 * wave + (bend ? bend(x, y) : 0);
			line.push([x - s * off, y + c * off]);
		}
		lines.push(line);
	}
	return lines;
};

export const rings = (cx, cy, gap, { squash = 1, wave = 2, from = 0 } = {}) => shape => {
	const { x0, y0, x1, y1 } = bounds(shape), lines = [];
	const far = Math.max(...[[x0, y0], [x1, y0], [x0, y1], [x1, y1]].map(([x, y]) => Math.hypot(x - cx, (y - cy) / squash)));
	for (let r = Math.max(gap, from); r < far + gap; r += gap) {
		const line = [], n = Math.max(24, Math.round(r * 2 * Math.PI / 6));
		const start = noise(r * 7.7, cx) * 40; // so that the ends of the lines do not stand in a row
		for (let i = 0; i <= n; i++) {
			const a = start + i / n * 2 * Math.PI, q = r + (cloud(Math.cos(a) * 3 + r / 90, Math.sin(a) * 3, 2) - 0.5) * 2 * wave;
			line.push([cx + q * Math.cos(a), cy + q * squash * Math.sin(a)]);
		}
		lines.push(line);
	}
	return lines;
};

export const rays = (cx, cy, count, { from = 0, wave = 0.004, length = 2200 } = {}) => () => {
	const lines = [];
	for (let i = 0; i < count; i++) {
		const a = (i + (noise(i * 3.7, 2) - 0.5) * 0.3) / count * 2 * Math.PI, line = [];
		for (let r = from; r < length; r += 6) {
			const b = a + (noise(r / 160, i * 1.3) - 0.5) * 2 * wave;
			line.push([cx + r * Math.cos(b), cy + r * Math.sin(b)]);
		}
		lines.push(line);
	}
	return lines;
};

/* ---- the block: collects what is cut, in one colour after another ---- */

const n1 = v => Math.round(v * 10) / 10;
export const pathOf = (points, closed = true) => 'M' + points.map(([x, y]) => `${n1(x)} ${n1(y)}`).join('L') + (closed ? 'Z' : '');

/* A line of varying width as an outline; widths in pixels, one per point. */
function ribbon(points, widths) {
	const left = [], right = [];
	for (let i = 0; i < points.length; i++) {
		const a = points[Math.max(0, i - 1)], b = points[Math.min(points.length - 1, i + 1)];
		const dx = b[0] - a[0], dy = b[1] - a[1], l = Math.hypot(dx, dy) || 1, w = widths[i] / 2;
		left.push([points[i][0] - dy / l * w, points[i][1] + dx / l * w]);
		right.push([points[i][0] + dy / l * w, points[i][1] - dx / l * w]);
	}
	return pathOf(left.concat(right.reverse()));
}

export class Sheet {
	constructor(width, height, { seed = 1, paper = PAPER } = {}) {
		this.width = width;
		this.height = height;
		this.paper = paper;
		this.next = random(seed);
		this.parts = [];
	}

	get whole() { return rect(-20, -20, this.width + 40, this.height + 40); }

	raw(colour, d, extra = '') {
		if (d)
			this.parts.push(`<path fill="${colour}" d="${d}"${extra}/>`);
	}

	/* A flat area, or several; what is left out of it are holes. */
	fill(colour, shape, { cut = 1.4, holes = [] } = {}) {
		const outlines = [shape, ...holes].map(s => pathOf(cut ? handCut(s, cut) : s));
		this.raw(colour, outlines.join(''), holes.length ? ' fill-rule="evenodd"' : '');
	}

	/* A stroke with tapered ends. */
	line(colour, points, width, { taper = 0.12, uneven = 0.18 } = {}) {
		const n = points.length;
		this.raw(colour, ribbon(points, points.map(([x, y], i) => {
			const t = i / (n - 1);
			const end = taper ? Math.min(1, t / taper, (1 - t) / taper) : 1;
			return Math.max(0.4, width * (0.25 + 0.75 * end) * (1 + (noise(x / 24, y / 24) - 0.5) * 2 * uneven));
		})));
	}

	stroke(colour, points, width, options = {}) {
		this.line(colour, handCut(points, options.cut ?? 1.2, 30, false), width, options);
	}

	/* Fill a shape with lines of a family; the tone gives their width. `within` may be several shapes, `without` are left out. */
	hatch(colour, within, family, tone, { gap = 13, least = 1.1, breaks = 0.012, without = [] } = {}) {
		const shapes = Array.isArray(within[0][0]) ? within : [within];
		const all = shapes.flat();
		const out = [];
		for (const line of family(all)) {
			let run = [], widths = [];
			const end = () => {
				if (run.length > 2) {
					const m = run.length;
					widths = widths.map((w, i) => w * Math.min(1, (i + 0.35) / 2.2, (m - i - 0.65) / 2.2));
					out.push(ribbon(run, widths));
				}
				run = [];
				widths = [];
			};
			for (const [x, y] of line) {
				if (x < -30 || y < -30 || x > this.width + 30 || y > this.height + 30 ||
				    !shapes.some(s => inside(s, x, y)) || without.some(s => inside(s, x, y))) {
					end();
					continue;
				}
				const width = gap * clamp(tone(x, y)) * (0.93 + 0.14 * noise(x / 9, y / 9));
				if (width < least || this.next() < breaks * (1 - clamp(tone(x, y)))) {
					end();
					continue;
				}
				run.push([x, y]);
				widths.push(Math.min(width, gap * 1.08));
			}
			end();
		}
		this.raw(colour, out.join(''));
	}

	/* Single marks of the gouge, scattered: lens-shaped, with the grain of `angle(x, y)`. */
	gouges(colour, within, { count, length = [14, 46], width = [2, 6], angle = () => 0, density = () => 1, without = [] }) {
		const { x0, y0, x1, y1 } = bounds(within), out = [];
		for (let i = 0; i < count; i++) {
			const x = mix(x0, x1, this.next()), y = mix(y0, y1, this.next()), chance = this.next();
			const l = mix(...length, this.next()), w = mix(...width, this.next()), a = angle(x, y) + (this.next() - 0.5) * 0.22;
			const bow = (this.next() - 0.5) * l * 0.12;
			if (!inside(within, x, y) || without.some(s => inside(s, x, y)) || chance > density(x, y))
				continue;
			const pts = [], ws = [];
			for (let k = 0; k <= 6; k++) {
				const t = k / 6, u = (t - 0.5) * l, v = bow * (1 - (2 * t - 1) ** 2);
				pts.push([x + u * Math.cos(a) - v * Math.sin(a), y + u * Math.sin(a) + v * Math.cos(a)]);
				ws.push(w * Math.sin(Math.PI * (0.08 + 0.86 * t ** 0.8)));
			}
			out.push(ribbon(pts, ws));
		}
		this.raw(colour, out.join(''));
	}

	/* Words cut into the block. */
	text(colour, x, y, size, words, { anchor = 'start', weight = 600, spacing = 0, turned = 0, italic = false, face = 'serif' } = {}) {
		const at = turned ? ` transform="rotate(${turned} ${n1(x)} ${n1(y)})"` : '';
		const family = face === 'serif' ? 'Noto Serif, DejaVu Serif' : 'Noto Sans, DejaVu Sans';
		this.parts.push(`<text x="${n1(x)}" y="${n1(y)}" font-family="${family}" font-size="${size}" font-weight="${weight}"` +
			` text-anchor="${anchor}" letter-spacing="${spacing}"${italic ? ' font-style="italic"' : ''} fill="${colour}"${at}>${words}</text>`);
	}

	/* The finished sheet. The edge of each cut is roughened a little, and the ink did not take everywhere. */
	svg({ rough = 3.2, salt = 0.9 } = {}) {
		const { width: w, height: h } = this;
		return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="10 ${n1(10 * h / w)} ${w - 20} ${n1(h - 20 * h / w)}">
<defs>
<filter id="cut" x="-20" y="-20" width="${w + 40}" height="${h + 40}" filterUnits="userSpaceOnUse" color-interpolation-filters="sRGB">
<feTurbulence type="fractalNoise" baseFrequency="0.055" numOctaves="2" seed="3" result="n"/>
<feDisplacementMap in="SourceGraphic" in2="n" scale="${rough}" xChannelSelector="R" yChannelSelector="G"/>
</filter>
<filter id="salt" x="0" y="0" width="${w}" height="${h}" filterUnits="userSpaceOnUse" color-interpolation-filters="sRGB">
<feTurbulence type="fractalNoise" baseFrequency="0.11" numOctaves="2" seed="11"/>
<feColorMatrix values="0 0 0 0 0.945  0 0 0 0 0.918  0 0 0 0 0.863  9 0 0 0 ${-6.95 + salt * 0.25}"/>
</filter>
</defs>
<rect width="${w}" height="${h}" fill="${this.paper}"/>
<g filter="url(#cut)">
${this.parts.join('\n')}
</g>
${salt ? `<rect width="${w}" height="${h}" filter="url(#salt)" opacity="0.5"/>` : ''}
</svg>
`;
	}
}
