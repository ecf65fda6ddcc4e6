// The ice season: the icebreaker, the chart, the convoy from above, the traffic room, the ship on the slip.

import { Sheet, INK, DEEP, ICE, RUST, PAPER, rect, ellipse, curve, parallel, cloud, noise, clamp, step, mix, random, bounds, cells } from '../press.mjs';

const W = 1600, H = 1067;

/* Pack ice seen from a low eye: cells of a plane, drawn smaller towards the horizon. `gap(x, y)` is the open water around a floe, in parts of it. */
function pack(sheet, horizon, { seed, gap, across = 17, down = 15, colour = PAPER, edge = DEEP, depth = 0.13 }) {
	const next = random(seed), seeds = [];
	for (let r = 0; r < down; r++)
		for (let c = 0; c < across; c++)
			seeds.push([(c + (r % 2) / 2 + (next() - 0.5) * 0.95) / across, (r + 0.5 + (next() - 0.5) * 0.85) / down]);
	const project = ([u, v]) => {
		const t = Math.max(0, v) ** 2.1;
		return [W / 2 + (u - 0.5) * W * mix(1.12, 4.6, t), mix(horizon, H + 170, t)];
	};
	for (const cell of cells(seeds, rect(-0.05, 0, 1.1, 1)).map(c => c.map(project))) {
		const { x0, y0, x1, y1 } = bounds(cell), cx = (x0 + x1) / 2, cy = (y0 + y1) / 2;
		if (x1 < -40 || x0 > W + 40 || y0 > H + 40)
			continue;
		const open = gap(cx, cy);
		if (open >= 1)
			continue;
		// Cut the corners, then draw the sides in.
		const soft = [];
		cell.forEach((a, i) => {
			const b = cell[(i + 1) % cell.length];
			soft.push([mix(a[0], b[0], 0.16), mix(a[1], b[1], 0.16)], [mix(a[0], b[0], 0.84), mix(a[1], b[1], 0.84)]);
		});
		const floe = soft.map(([x, y]) => [mix(x, cx, open), mix(y, cy, open)]), thick = Math.max(1.5, (y1 - y0) * depth);
		sheet.fill(edge, floe.map(([x, y]) => [x, y + thick]), { cut: 0.6 });
		sheet.fill(colour, floe, { cut: 0.6 });
		if (y1 - y0 > 46)
			sheet.gouges(ICE, floe, { count: Math.round((x1 - x0) / 26), length: [16, 60], width: [1.5, 4], angle: () => 0.02 });
	}
}

export function firstIce() {
	const s = new Sheet(W, H, { seed: 7 });
	const horizon = 470;
	// Sky: a low sun behind the ship, rings of light cut into blue.
	s.fill(ICE, rect(-20, -20, W + 40, horizon + 30), { cut: 0 });
	const sky = rect(-20, -20, W + 40, horizon + 20);
	const sun = ellipse(1130, 392, 74, 74);
	s.fill(RUST, sun);
	s.hatch(INK, sky, parallel(0.0, 14, { wave: 5, size: 260 }), (x, y) => {
		const d = Math.hypot((x - 1130) / 1.5, y - 392) / 760;
		return clamp(mix(0.03, 0.95, d * 1.15) + (cloud(x / 330, y / 70) - 0.5) * 0.75 - step(280, 470, y) * 0.22);
	}, { gap: 14, without: [sun] });
	s.hatch(PAPER, sky, parallel(0, 14, { wave: 5, size: 260 }), (x, y) => {
		const d = Math.hypot((x - 1130) / 1.5, y - 392) / 760;
		return clamp(0.62 - d * 2.2 + (cloud(x / 300 + 9, y / 60) - 0.5) * 0.7);
	}, { gap: 14, without: [sun] });
	// The ice, and the crack that runs ahead of the stem.
	s.fill(INK, rect(-20, horizon, W + 40, H), { cut: 0 });
	const crack = y => 792 + (noise(y / 90, 4) - 0.5) * 260 * step(690, H, y) + step(760, H + 60, y) * 130;
	pack(s, horizon, { seed: 25, gap: (x, y) => {
		const d = Math.abs(x - crack(y)) / mix(60, 420, (y - horizon) / (H - horizon));
		return 0.055 + 0.2 * Math.exp(-d * d * 2.2) + (d < 0.22 ? 1 : 0);
	} });
	s.gouges(ICE, rect(560, 700, 600, 400), { count: 260, length: [20, 80], width: [1.5, 4], density: (x, y) => Math.abs(x - crack(y)) < 60 ? 0.5 : 0 });
	ship(s, 790, horizon);
	return s.svg();
}

/* The icebreaker, bows on. (cx, y) is where the waterline meets the stem. */
function ship(s, cx, horizon) {
	const wl = horizon + 222, top = horizon - 108;
	const half = [[cx, wl + 14, 1], [cx - 74, wl - 6], [cx - 148, wl - 66], [cx - 196, wl - 170], [cx - 214, top + 34], [cx - 218, top, 1]];
	const left = curve([...half, [cx - 6, top - 34, 1]], true, 10);
	const right = left.map(([x, y]) => [2 * cx - x, y]);
	// upper works first
	const house = [[cx - 168, top - 4], [cx - 160, top - 128], [cx + 160, top - 128], [cx + 168, top - 4]];
	const bridge = [[cx - 214, top - 124], [cx - 220, top - 206], [cx - 150, top - 222], [cx + 150, top - 222], [cx + 220, top - 206], [cx + 214, top - 124]];
	const mastBase = [[cx - 46, top - 216], [cx - 30, top - 300], [cx + 30, top - 300], [cx + 46, top - 216]];
	for (const shape of [mastBase, house, bridge])
		s.fill(INK, shape);
	s.fill(RUST, [[cx - 164, top - 10], [cx - 158, top - 104], [cx - 6, top - 104], [cx - 6, top - 10]]);
	s.fill(PAPER, [[cx + 6, top - 10], [cx + 6, top - 104], [cx + 158, top - 104], [cx + 164, top - 10]], { cut: 0.8 });
	s.hatch(INK, [[cx + 6, top - 10], [cx + 6, top - 104], [cx + 158, top - 104], [cx + 164, top - 10]], parallel(0, 9, { wave: 1 }), (x) => clamp(0.18 + (x - cx) / 400), { gap: 9 });
	for (let i = -9; i <= 9; i++)
		s.fill(i > 2 ? PAPER : ICE, rect(cx + i * 21.5 - 8, top - 196, 16, 36), { cut: 0.6 });
	for (let i = -3; i <= 3; i++)
		s.fill(INK, ellipse(cx + i * 42, top - 58, 9, 10), { cut: 0.5 });
	// masts, radar, lights
	s.stroke(INK, [[cx, top - 296], [cx, top - 372]], 13, { taper: 0 });
	s.stroke(INK, [[cx - 92, top - 336], [cx + 92, top - 336]], 9, { taper: 0.04 });
	s.fill(INK, rect(cx - 64, top - 324, 128, 11));
	s.fill(RUST, ellipse(cx, top - 352, 9));
	for (const side of [-1, 1]) {
		s.stroke(INK, [[cx + side * 190, top - 214], [cx + side * 190, top - 284]], 6, { taper: 0 });
		s.stroke(INK, [[cx + side * 90, top - 336], [cx + side * 212, top - 214]], 2.6, { taper: 0 });
		s.stroke(INK, [[cx, top - 366], [cx + side * 66, top - 326]], 2.6, { taper: 0 });
		s.fill(INK, rect(cx + side * 132 - 26, top - 290, 52, 72));
		s.fill(RUST, rect(cx + side * 132 - 26, top - 272, 52, 16));
	}
	// hull: lit side cut with lines that follow the flare
	s.fill(INK, left);
	s.fill(INK, right);
	const flare = () => {
		const lines = [];
		for (let k = 0; k <= 26; k++) {
			const v = k / 26, line = [];
			for (let i = 0; i <= 40; i++) {
				const u = i / 40, w = 214 * Math.sin(Math.min(1, (1 - v) * 1.25 + 0.08) * Math.PI / 2);
				line.push([cx + u * w * 1.04, mix(top - 30 + u * 30, wl + 10 - u * u * 70, v)]);
			}
			lines.push(line);
		}
		return lines;
	};
	s.hatch(PAPER, right, flare, (x, y) => clamp((x - cx) / 215 * 0.95 - 0.12 + (top + 110 - y) / 500), { gap: 11 });
	s.hatch(DEEP, left, () => flare().map(l => l.map(([x, y]) => [2 * cx - x, y])), (x, y) => clamp((cx - x) / 215 * 0.75 - 0.1), { gap: 11 });
	s.stroke(PAPER, [[cx, top - 30], [cx - 1, wl - 8]], 4, { taper: 0.05 });
	s.fill(PAPER, [[cx - 206, top + 22], [cx - 214, top + 6], [cx - 8, top - 24], [cx - 8, top - 8]], { cut: 0.6 });
	s.fill(RUST, [[cx + 8, top - 24], [cx + 214, top + 6], [cx + 206, top + 24], [cx + 8, top - 6]], { cut: 0.6 });
	// anchor pockets
	for (const side of [-1, 1]) {
		s.fill(INK, ellipse(cx + side * 92, top + 84, 15, 20));
		s.stroke(side > 0 ? INK : ICE, [[cx + side * 92, top + 88], [cx + side * 90, top + 128]], 7, { taper: 0 });
		s.stroke(side > 0 ? INK : ICE, curve([[cx + side * 68, top + 110], [cx + side * 90, top + 132], [cx + side * 114, top + 108]], false), 8, { taper: 0.2 });
	}
	// broken ice and foam at the stem
	const foam = curve([[cx - 250, wl + 26], [cx - 150, wl - 14], [cx - 60, wl + 14], [cx, wl - 6], [cx + 60, wl + 14], [cx + 150, wl - 14], [cx + 250, wl + 26],
		[cx + 120, wl + 46], [cx, wl + 40], [cx - 120, wl + 46]]);
	s.fill(PAPER, foam);
	s.gouges(INK, foam, { count: 120, length: [18, 60], width: [2, 5], angle: (x) => (x - cx) / 500 });
	const next = random(99);
	for (let i = 0; i < 46; i++) {
		const a = next() * Math.PI * 2, side = next() < 0.5 ? -1 : 1, d = mix(40, 300, next());
		const x = cx + side * d, y = wl + 26 + d * 0.18 + (next() - 0.5) * 60, r = mix(10, 34, next());
		const pts = [];
		for (let k = 0; k < 6; k++)
			pts.push([x + Math.cos(a + k) * r * mix(0.7, 1.2, next()), y + Math.sin(a + k) * r * 0.6 * mix(0.7, 1.2, next())]);
		s.fill(DEEP, pts.map(([px, py]) => [px, py + 7]), { cut: 0.5 });
		s.fill(PAPER, pts, { cut: 0.5 });
	}
}
