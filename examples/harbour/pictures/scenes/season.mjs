// The ice season, continued: the chart, the convoy from above, the traffic room, the ship on the slip.

import { Sheet, INK, DEEP, ICE, RUST, PAPER, rect, ellipse, curve, parallel, rings, rays, cloud, noise, clamp, step, mix, random, inside, bounds, cells, turn, move, scale } from '../press.mjs';

const W = 1600, H = 1067;

/* A chart on a table: land, zones of ice each with its own cutting, a course, dividers. */
export function iceChart() {
	const s = new Sheet(W, H, { seed: 3 });
	s.fill(ICE, s.whole, { cut: 0 });
	const coastWest = curve([[-60, -60, 1], [430, -60, 1], [400, 60], [330, 150], [372, 250], [290, 330], [310, 450], [232, 520], [270, 640], [180, 730], [210, 850], [120, 950], [140, 1130, 1], [-60, 1130, 1]], true, 12);
	const coastEast = curve([[1700, -60, 1], [1010, -60, 1], [1050, 40], [1140, 90], [1130, 190], [1230, 270], [1330, 300], [1320, 420], [1420, 500], [1380, 620], [1470, 720], [1440, 860], [1540, 960], [1520, 1130, 1], [1700, 1130, 1]], true, 12);
	const edge1 = curve([[-60, 360], [200, 350], [330, 326], [400, 300], [520, 330], [620, 250], [760, 280], [880, 220], [1020, 260], [1160, 222], [1300, 250], [1700, 240]], false, 12);
	const edge2 = curve([[-60, 480], [240, 530], [312, 556], [420, 515], [560, 560], [690, 470], [840, 500], [960, 400], [1120, 440], [1320, 396], [1700, 420]], false, 12);
	const edge3 = curve([[-60, 700], [190, 740], [290, 790], [400, 730], [560, 790], [700, 680], [900, 720], [1010, 600], [1180, 630], [1370, 596], [1700, 560]], false, 12);
	const above = edge => [[-60, -60], ...edge, [1700, -60]], between = (high, low) => high.concat(low.slice().reverse());
	const fast = above(edge1), close = between(edge1, edge2), open = between(edge2, edge3);
	s.fill(PAPER, fast);
	s.fill(DEEP, close);
	const water = rect(-20, -20, W + 40, H + 40);
	// fast ice: cracks; close ice: crossed lines; open ice: dashes; water: the long lines of the old charts
	const next = random(8), seeds = [];
	for (let i = 0; i < 90; i++)
		seeds.push([mix(300, 1200, next()), mix(-60, 340, next())]);
	for (const c of cells(seeds, rect(280, -80, 940, 440))) {
		const { x0, y0, x1, y1 } = bounds(c), m = [(x0 + x1) / 2, (y0 + y1) / 2];
		if (inside(fast, ...m))
			c.forEach((a, i) => { const b = c[(i + 1) % c.length]; if (inside(fast, ...a) && inside(fast, ...b)) s.stroke(DEEP, [a, [mix(a[0], b[0], 0.5), mix(a[1], b[1], 0.5)], b], 3.4, { taper: 0 }); });
	}
	s.hatch(PAPER, close, parallel(0.7, 22, { wave: 2 }), () => 0.3, { gap: 22 });
	s.hatch(PAPER, close, parallel(-0.7, 22, { wave: 2 }), () => 0.3, { gap: 22 });
	s.fill(ICE, open);
	s.hatch(DEEP, open, parallel(-0.12, 24, { wave: 5 }), (x, y) => noise(x / 26, y / 12) > 0.42 ? 0.36 : 0, { gap: 24 });
	s.hatch(DEEP, water, parallel(0, 21, { wave: 8, size: 240 }), (x, y) => clamp(0.1 + step(600, 1100, y) * 0.18 + (cloud(x / 200, y / 200) - 0.5) * 0.3), { gap: 21, least: 1.6, without: [fast, close, open, coastWest, coastEast] });
	for (const edge of [edge1, edge2, edge3])
		s.stroke(INK, edge, 5, { taper: 0 });
	for (const land of [coastWest, coastEast]) {
		s.fill(INK, land);
		s.hatch(PAPER, land, parallel(0.95, 15, { wave: 10, size: 90 }), (x, y) => clamp((cloud(x / 120, y / 120) - 0.5) * 2.2 + 0.06), { gap: 15 });
		s.stroke(PAPER, land, 3.2, { taper: 0 });
	}
	// soundings
	[[560, 880, '46'], [760, 930, '61'], [905, 850, '58'], [540, 950, '33'], [1090, 760, '72'], [1230, 850, '49'], [430, 880, '21'], [1010, 985, '84'], [1320, 960, '37'], [1215, 705, '66'], [330, 980, '14']]
		.forEach(([x, y, t]) => s.text(INK, x, y, 27, t, { anchor: 'middle', italic: true, weight: 500 }));
	// the egg: concentration, stages, floe size
	for (const [x, y, rows] of [[700, 130, ['10', '10', '4', '8']], [720, 392, ['9+', '8 1', '4 1', '4 3']]]) {
		const egg = ellipse(x, y, 72, 96);
		s.fill(PAPER, egg);
		s.stroke(INK, egg.concat([egg[0]]), 6, { taper: 0 });
		rows.forEach((r, i) => s.text(INK, x, y - 46 + i * 38, 31, r, { anchor: 'middle', weight: 700 }));
		for (const d of [-34, 4, 42])
			s.stroke(INK, [[x - 64, y - 2 + d], [x + 64, y - 2 + d]], 3, { taper: 0 });
	}
	// compass rose
	rose(s, 1010, 868 - 30, 150);
	// course, drawn in rust, with the waypoints
	const course = [[640, 1090], [690, 900], [590, 700], [760, 560], [905, 440], [930, 250], [1010, 120]];
	for (let i = 0; i < course.length - 1; i++)
		s.stroke(RUST, [course[i], [mix(course[i][0], course[i + 1][0], 0.5), mix(course[i][1], course[i + 1][1], 0.5)], course[i + 1]], 11, { taper: 0 });
	for (const [x, y] of course.slice(1)) {
		s.fill(PAPER, ellipse(x, y, 15));
		s.fill(RUST, ellipse(x, y, 9));
	}
	dividers(s, 930, 250, 760, 560);
	return s.svg();
}

function rose(s, cx, cy, r) {
	s.fill(PAPER, ellipse(cx, cy, r));
	s.stroke(INK, ellipse(cx, cy, r, r).concat([[cx + r, cy]]), 5, { taper: 0 });
	s.stroke(INK, ellipse(cx, cy, r * 0.86).concat([[cx + r * 0.86, cy]]), 2.6, { taper: 0 });
	for (let i = 0; i < 72; i++) {
		const a = i / 72 * 2 * Math.PI, q = i % 3 ? 0.93 : 0.9;
		s.line(INK, [[cx + Math.cos(a) * r * 0.86, cy + Math.sin(a) * r * 0.86], [cx + Math.cos(a) * r * q, cy + Math.sin(a) * r * q], [cx + Math.cos(a) * r, cy + Math.sin(a) * r]], 2.6, { taper: 0 });
	}
	for (let i = 0; i < 16; i++) {
		const a = -Math.PI / 2 + i * Math.PI / 8, long = i % 4 === 0 ? 0.82 : i % 2 === 0 ? 0.62 : 0.42, b = Math.PI / 8;
		const tip = [cx + Math.cos(a) * r * long, cy + Math.sin(a) * r * long], q = r * 0.15;
		s.fill(i === 0 ? RUST : INK, [[cx, cy], tip, [cx + Math.cos(a + b) * q, cy + Math.sin(a + b) * q]], { cut: 0.5 });
		s.fill(PAPER, [[cx, cy], tip, [cx + Math.cos(a - b) * q, cy + Math.sin(a - b) * q]], { cut: 0.5 });
		s.stroke(INK, [[cx, cy], tip], 2, { taper: 0 });
		s.stroke(INK, [tip, [cx + Math.cos(a - b) * q, cy + Math.sin(a - b) * q]], 2, { taper: 0 });
	}
}

function dividers(s, x1, y1, x2, y2) {
	const hx = 1150, hy = 690;
	for (const [x, y] of [[x1, y1], [x2, y2]]) {
		const dx = hx - x, dy = hy - y, l = Math.hypot(dx, dy), nx = -dy / l, ny = dx / l;
		const leg = [[x, y], [mix(x, hx, 0.42) + nx * 7, mix(y, hy, 0.42) + ny * 7], [hx + nx * 17, hy + ny * 17], [hx - nx * 17, hy - ny * 17], [mix(x, hx, 0.42) - nx * 7, mix(y, hy, 0.42) - ny * 7]];
		s.fill(PAPER, leg.map(([px, py], i) => i ? [px + nx * (i < 3 ? 5 : -5), py + ny * (i < 3 ? 5 : -5)] : [px, py]), { cut: 0.5 });
		s.fill(INK, leg, { cut: 0.5 });
		s.line(PAPER, [[mix(x, hx, 0.45), mix(y, hy, 0.45)], [mix(x, hx, 0.7), mix(y, hy, 0.7)], [hx, hy]], 5, { taper: 0.2 });
	}
	s.fill(PAPER, ellipse(hx, hy, 44));
	s.fill(INK, ellipse(hx, hy, 38));
	s.fill(RUST, ellipse(hx, hy, 15));
	s.fill(INK, turn(rect(hx - 11, hy - 108, 22, 80), 0.85, hx, hy));
}

/* Four ships in the lane behind an icebreaker, as from an aeroplane. */
export function convoy() {
	const s = new Sheet(W, H, { seed: 12 });
	const path = t => [mix(-120, 1720, t) + 40, mix(1010, 80, t) + Math.sin(t * 5.2) * 105];
	const lane = [];
	for (let t = 0; t <= 1.001; t += 0.02)
		lane.push(path(t));
	const along = (x, y) => { let best = Infinity, at = 0; lane.forEach(([px, py], i) => { const d = Math.hypot(px - x, py - y); if (d < best) { best = d; at = i / (lane.length - 1); } }); return [best, at]; };
	s.fill(DEEP, s.whole, { cut: 0 });
	s.fill(INK, s.whole, { cut: 0 });
	const lead = 0.735, next = random(5), seeds = [];
	// small floes beside the lane, large ones away from it
	let guard = 0;
	while (seeds.length < 620 && guard++ < 60000) {
		const x = mix(-60, W + 60, next()), y = mix(-60, H + 60, next()), [d, at] = along(x, y);
		const want = at > lead + 0.02 ? 105 : mix(30, 105, step(40, 330, d));
		if (seeds.every(([px, py]) => Math.hypot(px - x, py - y) > want))
			seeds.push([x, y]);
	}
	for (const c of cells(seeds, rect(-90, -90, W + 180, H + 180))) {
		const cx = c.reduce((a, p) => a + p[0], 0) / c.length, cy = c.reduce((a, p) => a + p[1], 0) / c.length;
		const [d, at] = along(cx, cy), behind = at < lead;
		if (behind && d < 34 && noise(cx / 20, cy / 20) > 0.3)
			continue;
		const open = behind ? mix(0.3, 0.05, step(20, 250, d)) : 0.045;
		const soft = [];
		c.forEach((a, i) => { const b = c[(i + 1) % c.length]; soft.push([mix(a[0], b[0], 0.17), mix(a[1], b[1], 0.17)], [mix(a[0], b[0], 0.83), mix(a[1], b[1], 0.83)]); });
		const floe = soft.map(([x, y]) => [mix(x, cx, open), mix(y, cy, open)]);
		const tint = noise(cx / 160 + 40, cy / 160) > 0.7 && d > 120 ? ICE : PAPER;
		s.fill(DEEP, move(floe, 4, 6), { cut: 0.7 });
		s.fill(tint, floe, { cut: 0.7 });
		const { x0, x1 } = bounds(floe);
		if (x1 - x0 > 60)
			s.gouges(tint === ICE ? PAPER : ICE, floe, { count: Math.round((x1 - x0) / 7), length: [12, 42], width: [1.5, 4.2], angle: () => -0.35 });
	}
	const vessel = (t, l, w, colour, draw) => {
		const [x, y] = path(t), [ax, ay] = path(t + 0.01), a = Math.atan2(ay - y, ax - x);
		const put = shape => move(turn(shape, a), x, y);
		const hull = curve([[l / 2, 0, 1], [l * 0.36, w * 0.36], [l * 0.2, w / 2], [-l * 0.42, w / 2], [-l / 2, w * 0.36], [-l / 2, -w * 0.36], [-l * 0.42, -w / 2], [l * 0.2, -w / 2], [l * 0.36, -w * 0.36]]);
		s.fill(INK, move(put(hull.map(([px, py]) => [px * 1.03, py * 1.1])), 9, 13));
		s.fill(PAPER, put(hull.map(([px, py]) => [px * 1.04, py * 1.16])));
		s.fill(colour, put(hull));
		draw(put);
	};
	// wake of the icebreaker
	vessel(lead, 178, 54, INK, put => {
		s.fill(RUST, put(rect(-42, -22, 62, 44)));
		s.fill(PAPER, put(rect(6, -25, 16, 50)));
		s.fill(INK, put(ellipse(-62, 0, 14)));
		s.stroke(PAPER, put([[-62, -12], [-62, 12]]), 3);
	});
	[[0.545, 196, 48, INK], [0.385, 176, 44, DEEP], [0.225, 206, 50, INK], [0.075, 170, 44, INK]].forEach(([t, l, w, c], k) => vessel(t, l, w, c, put => {
		s.fill(PAPER, put(rect(-l * 0.42, -w * 0.32, l * 0.13, w * 0.64)));
		for (let i = 0; i < 4; i++)
			s.fill(k % 2 ? ICE : RUST, put(rect(-l * 0.22 + i * l * 0.13, -w * 0.3, l * 0.1, w * 0.6)));
	}));
	s.gouges(ICE, s.whole, { count: 3400, length: [12, 40], width: [1.5, 4], angle: (x, y) => { const [, t] = along(x, y), [ax, ay] = path(t), [bx, by] = path(t + 0.02); return Math.atan2(by - ay, bx - ax); },
		density: (x, y) => { const [d, t] = along(x, y); return t < lead - 0.04 && d < 26 && ![0.545, 0.385, 0.225, 0.075].some(v => Math.abs(v - t) < 0.062) ? 0.75 : 0; } });
	return s.svg();
}

/* The traffic room at night: somebody at the long desk, her back to us, and the bay in the window. */
export function trafficRoom() {
	const s = new Sheet(W, H, { seed: 31 });
	s.fill(INK, s.whole, { cut: 0 });
	// the window, a band of night over the ice
	const glass = [[70, 70], [1530, 70], [1530, 560], [70, 560]];
	s.fill(DEEP, glass);
	const sky = rect(70, 70, 1460, 330);
	s.hatch(INK, sky, parallel(0, 13, { wave: 4, size: 300 }), (x, y) => clamp(0.92 - step(90, 400, y) * 0.85 + (cloud(x / 260, y / 60) - 0.5) * 0.5), { gap: 13 });
	const moon = ellipse(1240, 190, 52);
	s.fill(PAPER, moon);
	s.hatch(ICE, sky, rings(1240, 190, 15, { wave: 3, from: 62 }), (x, y) => clamp(0.75 - Math.hypot(x - 1240, y - 190) / 330), { gap: 15 });
	s.fill(ICE, rect(70, 396, 1460, 164));
	s.hatch(DEEP, rect(70, 400, 1460, 160), parallel(0, 15, { wave: 6, size: 120 }), (x, y) => clamp(0.72 - Math.abs(x - 1240) / 900 * -0.3 - step(0, 170, 170 - Math.abs(x - 1240)) * 0.6 + (noise(x / 60, y / 14) - 0.5) * 0.6), { gap: 15 });
	// far shore, and the lights of three ships that wait
	s.fill(INK, curve([[70, 404, 1], [70, 372], [180, 356], [300, 376], [420, 366], [560, 390], [700, 398], [740, 404, 1]]));
	for (const [x, y, k] of [[250, 470, 1.2], [570, 424, 0.8], [1010, 452, 1.25]]) {
		s.fill(INK, [[x - 54 * k, y - 9 * k], [x + 60 * k, y - 9 * k], [x + 48 * k, y + 11 * k], [x - 48 * k, y + 11 * k]]);
		s.fill(INK, rect(x - 44 * k, y - 32 * k, 24 * k, 26 * k));
		s.stroke(INK, [[x + 20 * k, y - 8 * k], [x + 20 * k, y - 40 * k]], 4, { taper: 0 });
		s.fill(RUST, ellipse(x + 20 * k, y - 42 * k, 6 * k));
		s.fill(PAPER, ellipse(x - 32 * k, y - 24 * k, 4 * k));
	}
	// mullions
	for (const x of [430, 800, 1170])
		s.fill(INK, rect(x - 9, 60, 18, 510));
	s.fill(INK, rect(50, 548, 1500, 30));
	// radar on the left, the list on the right
	screen(s, 90, 610, 500, 300, () => {
		const cx = 340, cy = 760;
		for (const r of [46, 92, 134])
			s.stroke(ICE, ellipse(cx, cy, r).concat([[cx + r, cy]]), 3, { taper: 0 });
		s.hatch(ICE, [[cx, cy], ...ellipse(cx, cy, 136, 136, -1.25, -0.45, 20)], rays(cx, cy, 150, { wave: 0 }), (x, y) => clamp((Math.atan2(y - cy, x - cx) + 1.25) / 0.8 * 0.9), { gap: 5, least: 0.6 });
		s.stroke(PAPER, [[cx, cy], [cx + 136 * Math.cos(-0.45), cy + 136 * Math.sin(-0.45)]], 5, { taper: 0 });
		for (const [dx, dy, r] of [[-60, 40, 6], [-28, 64, 5], [22, 78, 6], [62, -84, 6], [-96, -30, 5]])
			s.fill(dx === 62 ? RUST : PAPER, ellipse(cx + dx, cy + dy, r));
		s.stroke(ICE, curve([[120, 660], [170, 700], [166, 760], [205, 800], [196, 880]], false), 4);
	});
	screen(s, 1010, 610, 500, 300, () => {
		for (let r = 0; r < 8; r++) {
			const y = 652 + r * 31;
			s.fill(r === 3 ? RUST : ICE, rect(1046, y, 20, 15), { cut: 0.6 });
			s.stroke(r === 3 ? RUST : ICE, [[1084, y + 8], [1180 + noise(r * 3.1, 1) * 90, y + 8]], 9, { taper: 0 });
			s.stroke(DEEP, [[1300, y + 8], [1340 + noise(r * 5.3, 4) * 60, y + 8]], 9, { taper: 0 });
			s.stroke(PAPER, [[1420, y + 8], [1466, y + 8]], 9, { taper: 0 });
		}
	});
	// desk
	s.fill(DEEP, [[-20, 930], [1620, 930], [1620, 1100], [-20, 1100]]);
	s.hatch(INK, rect(-20, 934, 1640, 160), parallel(0.01, 14, { wave: 6, size: 300 }), (x, y) => clamp(0.5 + (cloud(x / 220, y / 30) - 0.5) * 1.2 + Math.abs(x - 800) / 2600), { gap: 14 });
	s.stroke(ICE, [[-20, 932], [560, 932]], 6, { taper: 0 });
	s.stroke(ICE, [[1040, 932], [1620, 932]], 6, { taper: 0 });
	person(s);
	return s.svg();
}

function screen(s, x, y, w, h, draw) {
	s.fill(ICE, rect(x - 8, y - 8, w + 16, h + 16));
	s.fill(INK, rect(x, y, w, h));
	draw();
	s.fill(INK, rect(x + w / 2 - 40, y + h + 8, 80, 26));
}

/* From behind: hair in a knot, headset, a knitted jersey. The screens light the edges of her. */
function person(s) {
	const shoulders = curve([[486, 1110, 1], [500, 990], [548, 886], [640, 822], [722, 792], [748, 742], [852, 742], [878, 792], [960, 822], [1052, 886], [1100, 990], [1114, 1110, 1]]);
	const small = shape => scale(shape, 0.86, 800, 770);
	const head = small(curve([[800, 470], [878, 492], [916, 556], [914, 640], [888, 712], [850, 752], [848, 800], [880, 850], [720, 850], [752, 800], [750, 752], [712, 712], [686, 640], [684, 556], [722, 492]]));
	const knot = small(ellipse(800, 466, 66, 58));
	const rim = (shape, colour, width) => s.stroke(colour, shape.concat([shape[0]]), width, { taper: 0 });
	for (const shape of [knot, head, shoulders])
		rim(shape, ICE, 15);
	s.fill(RUST, shoulders);
	// knitting: chevrons, darker towards the middle of the back
	s.hatch(INK, shoulders, parallel(0, 20, { wave: 0, bend: x => Math.abs(((x - 800) / 30 + 1000.5) % 1 - 0.5) * 22 + Math.abs(x - 800) * 0.08 }), (x, y) => clamp(0.78 - Math.abs(x - 800) / 420 + (y - 800) / 900), { gap: 20 });
	s.fill(INK, head);
	s.fill(INK, knot);
	const collar = curve([[716, 858, 1], [722, 806], [760, 822], [800, 828], [840, 822], [878, 806], [884, 858, 1], [800, 884]]);
	s.fill(RUST, collar);
	s.hatch(INK, collar, parallel(1.57, 12, { wave: 0 }), () => 0.4, { gap: 12 });
	rim(collar, INK, 5);
	s.hatch(ICE, head, parallel(1.57, 11, { wave: 2, bend: (x, y) => (x - 800) * 0.34 * Math.sin((y - 510) / 250 * Math.PI) * -1 }), (x, y) => y > 740 ? 0 : clamp((Math.abs(x - 800) - 40) / 90 * (0.95 - (y - 510) / 360) + (noise(x / 13, y / 70) - 0.5) * 0.6), { gap: 11 });
	s.hatch(ICE, knot, rings(800, 511, 10, { squash: 0.88 }), (x, y) => clamp(0.28 + (511 - y) / 100 + (noise(x / 16, y / 16) - 0.5) * 0.7), { gap: 10 });
	// headset
	s.stroke(PAPER, small(ellipse(800, 606, 124, 134, Math.PI * 1.04, Math.PI * 1.96, 40)), 12, { taper: 0.02 });
	for (const side of [-1, 1]) {
		s.fill(PAPER, small(ellipse(800 + side * 122, 618, 25, 46)));
		s.fill(RUST, small(ellipse(800 + side * 122, 618, 14, 33)));
	}
	s.stroke(PAPER, small(curve([[680, 652], [672, 700], [694, 736]], false)), 7);
}

/* Hull 417 on the slip: ribs, plates, staging, and the crane over it. */
export function slipway() {
	const s = new Sheet(W, H, { seed: 41 });
	const ground = 880;
	s.fill(PAPER, s.whole, { cut: 0 });
	const sky = rect(-20, -20, W + 40, ground + 20);
	s.fill(ICE, sky, { cut: 0 });
	s.hatch(PAPER, sky, parallel(-0.5, 17, { wave: 9, size: 280 }), (x, y) => clamp((cloud(x / 380, y / 190) - 0.42) * 2.2 + 0.1), { gap: 17 });
	// the gantry
	for (const x of [150, 1450])
		s.fill(INK, [[x - 44, ground], [x - 18, 96], [x + 18, 96], [x + 44, ground]]);
	s.fill(INK, rect(60, 60, 1480, 74));
	for (let i = 0; i < 24; i++) {
		const x = 78 + i * 61;
		s.fill(ICE, [[x, 124], [x + 26, 72], [x + 52, 124]], { cut: 0.8 });
	}
	for (const x of [150, 1450])
		for (let k = 0; k < 9; k++) {
			const t = k / 9, y = mix(150, ground - 20, t), y2 = mix(150, ground - 20, (k + 1) / 9), h = mix(19, 42, t) - 9;
			s.fill(ICE, [[x - h, y2 - 8], [x, y + 8], [x + h, y2 - 8]], { cut: 0.8 });
		}
	// trolley and load
	s.fill(RUST, rect(930, 40, 150, 100));
	s.fill(INK, rect(950, 134, 110, 22));
	for (const x of [968, 1042])
		s.stroke(INK, [[x, 150], [x === 968 ? 985 : 1025, 222]], 4, { taper: 0 });
	s.fill(INK, rect(978, 216, 54, 30));
	for (const x of [878, 1132])
		s.stroke(INK, [[1005, 242], [x, 292]], 4, { taper: 0 });
	const plate = [[848, 290], [1162, 290], [1144, 352], [870, 352]];
	s.fill(RUST, plate);
	s.hatch(INK, plate, parallel(0.02, 12, { wave: 1 }), (x, y) => clamp((y - 292) / 100), { gap: 12 });
	hull417(s, ground);
	// ground and keel blocks
	s.fill(INK, rect(-20, ground, W + 40, 240));
	s.gouges(PAPER, rect(-20, ground + 14, W + 40, 180), { count: 420, length: [20, 90], width: [1.5, 5], angle: () => 0.02, density: (x, y) => 0.9 - step(ground, H, y) * 0.4 });
	for (let x = 330; x < 1300; x += 74)
		s.fill(RUST, rect(x, ground - 30, 44, 36));
	for (const [x, k, c] of [[212, 1, INK], [240, 0.94, INK], [1392, 1.05, INK]])
		worker(s, x, ground + 6, k * 0.74, c);
	return s.svg();
}

function worker(s, x, y, k, c) {
	const p = pts => pts.map(([a, b]) => [x + a * k, y + b * k]);
	s.fill(c, p(curve([[-15, 0, 1], [-17, -44], [-20, -84], [-12, -106], [12, -106], [20, -84], [17, -44], [15, 0, 1], [4, 0, 1], [0, -42], [-4, 0, 1]])));
	s.fill(c, p(ellipse(0, -118, 11, 13)));
	s.fill(RUST, p(curve([[-14, -119, 1], [-11, -131], [0, -136], [11, -131], [14, -119, 1]])));
}

function hull417(s, ground) {
	const keel = ground - 30, deckAt = x => 392 - step(1000, 1330, x) * 66 + Math.max(0, 420 - x) * 0.05;
	const hull = curve([[262, deckAt(262), 1], [300, 560], [318, 700], [372, keel, 1], [1030, keel, 1], [1150, keel - 40], [1240, keel - 150], [1318, keel - 330], [1368, deckAt(1360), 1], [1200, deckAt(1200)], [1000, deckAt(1000)], [620, deckAt(620)]]);
	s.fill(INK, hull);
	// the plated part: rows of plates, lit from the left; beyond x = 800 only the ribs stand
	const plated = hull.map(([x, y]) => [Math.min(x, 800), y]);
	for (let r = 0; r < 6; r++)
		for (let c = 0; c < 9; c++) {
			const x0 = 250 + c * 96 + (r % 2) * 46, y0 = 408 + r * 76, tile = rect(x0 + 4, y0 + 4, 88, 68), mid = [x0 + 48, y0 + 38];
			if (!inside(plated, mid[0], mid[1]) || !inside(hull, x0 + 2, y0 + 60) || x0 + 92 > 812)
				continue;
			if (noise(c * 2.1 + 5, r * 1.7) > 0.66)
				s.fill(RUST, tile, { cut: 0.8 });
			else
				s.hatch(ICE, tile, parallel(0.02, 11, { wave: 1 }), () => clamp(0.72 - r * 0.1 - c * 0.02), { gap: 11 });
		}
	// ribs and stringers of the open part: sky shows between them
	for (let x = 822; x < 1330; x += 46) {
		const top = deckAt(x) + 16, low = x < 1030 ? keel - 12 : mix(keel - 12, deckAt(1340), step(0.0, 1, ((x - 1010) / 330) ** 1.7 * 0.98) * 1) ;
		const rows = 4, h = (low - top) / rows;
		for (let r = 0; r < rows; r++)
			if (h > 30)
				s.fill(r === 3 ? DEEP : ICE, [[x + 6, top + r * h + 6], [x + 38, top + r * h + 6], [x + 36, top + (r + 1) * h - 8], [x + 8, top + (r + 1) * h - 8]], { cut: 1 });
	}
	// staging
	for (const x of [196, 330, 470, 610, 750])
		s.stroke(INK, [[x, 300], [x, ground]], 7, { taper: 0 });
	for (const y of [330, 470, 610, 750]) {
		s.stroke(INK, [[170, y], [780, y]], 8, { taper: 0 });
		s.stroke(PAPER, [[170, y - 6], [780, y - 6]], 2.5, { taper: 0 });
	}
	for (const [x, y] of [[404, 466], [520, 326], [652, 746], [226, 606], [262, 606]])
		worker(s, x, y, 0.68, INK);
	// a welder's light
	s.hatch(PAPER, ellipse(700, 690, 96), rays(700, 690, 26, { from: 12, length: 120 }), (x, y) => clamp(0.8 - Math.hypot(x - 700, y - 690) / 100), { gap: 7 });
	s.fill(PAPER, ellipse(700, 690, 12));
}
