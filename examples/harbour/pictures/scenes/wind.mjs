// Blackskerry: the wind farm and the boat, the bubble curtain, the cable that stopped at the beach.

import { Sheet, INK, DEEP, ICE, RUST, PAPER, rect, ellipse, curve, parallel, rings, rays, cloud, noise, clamp, step, mix, random, inside, turn, move } from '../press.mjs';

const W = 1600, H = 1067;

function turbine(s, x, base, tall, angle, colour = INK) {
	const top = base - tall, w = tall * 0.016;
	s.fill(colour, [[x - w * 1.5, base], [x - w * 0.7, top], [x + w * 0.7, top], [x + w * 1.5, base]], { cut: 0.8 });
	for (let i = 0; i < 3; i++) {
		const blade = curve([[0, -w * 0.5, 1], [tall * 0.1, -w * 1.7], [tall * 0.3, -w * 1.1], [tall * 0.62, 0, 1], [tall * 0.3, w * 0.35], [0, w * 0.6, 1]]);
		s.fill(colour, move(turn(blade, angle + i * 2 * Math.PI / 3), x, top), { cut: 0.6 });
	}
	s.fill(colour, ellipse(x, top, w * 1.5));
}

export function blackskerry() {
	const s = new Sheet(W, H, { seed: 51 });
	const horizon = 640, sky = rect(-20, -20, W + 40, horizon + 20);
	s.fill(PAPER, s.whole, { cut: 0 });
	const sun = ellipse(1180, 560, 190, 190);
	s.fill(RUST, sun.map(([x, y]) => [x, Math.min(y, horizon + 4)]));
	s.hatch(ICE, sky, parallel(0, 16, { wave: 7, size: 300 }), (x, y) => clamp(1.02 - y / 620 + (cloud(x / 420, y / 90) - 0.5) * 1.1), { gap: 16, without: [sun] });
	s.hatch(DEEP, sky, parallel(0, 16, { wave: 7, size: 300 }), (x, y) => clamp(0.55 - y / 380 + (cloud(x / 420 + 3, y / 90) - 0.5) * 1.0), { gap: 16, without: [sun] });
	s.hatch(PAPER, sun, parallel(0, 24, { wave: 3 }), (x, y) => y > horizon ? 0 : clamp((y - 470) / 330), { gap: 24 });
	// the farm, row behind row
	const next = random(14);
	for (let i = 0; i < 9; i++)
		turbine(s, 60 + i * 186 + (next() - 0.5) * 18, horizon + 6, 168, next() * 2, DEEP);
	for (let i = 0; i < 6; i++)
		turbine(s, 150 + i * 264, horizon + 12, 300, next() * 2, INK);
	turbine(s, 290, horizon + 70, 660, 0.34, INK);
	turbine(s, 1392, horizon + 56, 520, 1.1, INK);
	// sea
	const sea = rect(-20, horizon, W + 40, H);
	s.fill(DEEP, sea);
	s.hatch(INK, sea, parallel(0, 19, { wave: 13, size: 110 }), (x, y) => clamp(0.25 + (y - horizon) / 520 + (cloud(x / 170, y / 34) - 0.5) * 1.1 - Math.exp(-(((x - 1180) / (170 + (y - horizon) * 0.4)) ** 2)) * 0.5), { gap: 19 });
	s.hatch(RUST, sea, parallel(0, 19, { wave: 13, size: 110 }), (x, y) => clamp(Math.exp(-(((x - 1180) / (120 + (y - horizon) * 0.25)) ** 2)) * 0.9 - 0.2 + (noise(x / 60, y / 16) - 0.5) * 0.9 - (y - horizon) / 900), { gap: 19 });
	s.gouges(ICE, sea, { count: 420, length: [24, 110], width: [2, 6], density: (x, y) => 0.25 + (y - horizon) / 700 });
	for (const [x, w] of [[290, 30], [1392, 26]])
		s.fill(RUST, rect(x - w / 2, horizon - 6, w, 76));
	trawler(s, 720, 850, 1);
	return s.svg();
}

function trawler(s, x, y, k) {
	const p = pts => pts.map(([a, b, c]) => [x + a * k, y + b * k, c]);
	const hull = curve(p([[-300, -62, 1], [-120, -28], [60, -34], [210, -84], [318, -142, 1], [290, -40], [246, 62, 1], [0, 74], [-230, 62, 1], [-280, 0]]));
	s.fill(PAPER, hull.map(([a, b]) => [x + (a - x) * 1.025, y + (b - y) * 1.06]));
	s.fill(INK, hull);
	s.hatch(ICE, hull, parallel(-0.06, 13, { wave: 2, bend: (a) => -(((a - x) / 330) ** 2) * 40 }), (a, b) => clamp((a - x) / 380 + 0.1 + (y - b) / 300), { gap: 13 });
	s.stroke(RUST, curve(p([[-296, -42], [-120, -8], [60, -14], [210, -62], [308, -116]]), false), 15 * k, { taper: 0 });
	const house = p([[20, -38], [14, -196], [150, -196], [158, -72]]), roof = p([[0, -194], [0, -214], [170, -214], [170, -194]]);
	s.fill(PAPER, house);
	s.hatch(INK, house, parallel(1.57, 11, { wave: 1 }), a => clamp((x + 120 * k - a) / (120 * k) * 0.75), { gap: 11 });
	for (const a of [34, 76, 118])
		s.fill(INK, p(rect(a, -178, 28, 36)));
	s.fill(INK, roof);
	s.fill(RUST, p(rect(50, -262, 40, 50)));
	// gallows, mast, nets
	s.stroke(INK, p([[-40, -40], [-40, -340]]), 11 * k, { taper: 0 });
	s.stroke(INK, p([[-40, -330], [-210, -190]]), 8 * k, { taper: 0 });
	s.stroke(INK, p([[-250, -60], [-250, -190], [-190, -190], [-190, -50]]), 9 * k, { taper: 0 });
	for (const q of [[[-40, -336], [300, -140]], [[-40, -336], [-292, -62]], [[-210, -190], [-230, -190]], [[-40, -300], [20, -214]]])
		s.stroke(INK, p(q), 3 * k, { taper: 0 });
	const net = curve(p([[-210, -186, 1], [-186, -150], [-168, -96], [-176, -50], [-220, -44], [-252, -56], [-240, -110], [-222, -150]]));
	s.fill(RUST, net);
	for (const a of [0.7, -0.7])
		s.hatch(INK, net, parallel(a, 11, { wave: 2 }), () => 0.3, { gap: 11 });
	s.fill(INK, p(curve([[-100, -36, 1], [-102, -78], [-94, -100], [-80, -100], [-72, -78], [-74, -36, 1]])));
	s.fill(RUST, p(ellipse(-87, -110, 12, 13)));
	// gulls
	const next = random(77);
	for (let i = 0; i < 9; i++) {
		const gx = x - 420 + next() * 330, gy = y - 196 + next() * 150, w = 16 + next() * 20;
		s.stroke(PAPER, curve([[gx - w, gy - w * 0.1], [gx - w * 0.5, gy - w * 0.5], [gx, gy], [gx + w * 0.5, gy - w * 0.55], [gx + w, gy - w * 0.2]], false), 5.5, { taper: 0.4 });
	}
	s.gouges(PAPER, rect(x - 360 * k, y + 46 * k, 700 * k, 44 * k), { count: 150, length: [24, 90], width: [2, 6] });
}

/* Under water: the pile, the ring of bubbles around it, the sound, and the seal outside. */
export function bubbleCurtain() {
	const s = new Sheet(W, H, { seed: 61 });
	s.fill(DEEP, s.whole, { cut: 0 });
	const surface = 168, cx = 1040;
	const water = rect(-20, surface, W + 40, H);
	s.fill(PAPER, rect(-20, -20, W + 40, surface + 20), { cut: 0 });
	s.hatch(ICE, rect(-20, -20, W + 40, surface + 10), parallel(0, 15, { wave: 5 }), (x, y) => clamp(0.85 - y / 170 + (cloud(x / 300, y / 60) - 0.5) * 0.6), { gap: 15 });
	// light from above
	s.hatch(ICE, water, rays(560, -420, 210, { from: 500, wave: 0.006 }), (x, y) => clamp(0.62 - (y - surface) / 640 + (cloud(x / 130, 3) - 0.5) * 1.5 - step(700, 1000, x) * 0.7), { gap: 17 });
	s.hatch(INK, water, parallel(0, 16, { wave: 6, size: 190 }), (x, y) => clamp((y - surface) / 760 - 0.12 + step(800, 1500, x) * 0.25 + (cloud(x / 240, y / 60) - 0.5) * 0.45), { gap: 16 });
	// blows of the hammer: strong inside the ring, weak outside
	s.hatch(RUST, water, rings(cx, 560, 46, { wave: 3, from: 90 }), (x, y) => {
		const d = Math.hypot(x - cx, y - 560);
		return d < 330 ? clamp(0.62 - d / 900) : clamp(0.16 - (d - 330) / 2600);
	}, { gap: 24, least: 1.6 });
	// pile and vessel's hammer
	s.fill(INK, rect(cx - 58, -20, 116, H));
	s.hatch(ICE, rect(cx - 58, surface, 116, H), parallel(0, 14, { wave: 1 }), x => clamp((cx - 8 - x) / 70), { gap: 14 });
	s.hatch(PAPER, rect(cx - 58, -20, 116, surface), parallel(0, 14, { wave: 1 }), x => clamp((cx + 4 - x) / 60), { gap: 14 });
	s.fill(RUST, rect(cx - 84, -20, 168, 92));
	s.fill(INK, rect(cx - 84, 56, 168, 16));
	// sea bed
	const bed = curve([[-40, 1010, 1], [200, 984], [420, 1000], [700, 972], [cx, 990], [1300, 968], [1640, 992, 1], [1640, 1120, 1], [-40, 1120, 1]]);
	s.fill(INK, bed);
	s.gouges(ICE, bed, { count: 240, length: [14, 70], width: [1.5, 4], angle: () => 0.02 });
	// bubbles, in two walls
	const next = random(9);
	for (const wall of [-1, 1])
		for (let i = 0; i < 250; i++) {
			const t = next(), y = mix(985, surface + 8, t), spread = mix(10, 62, t);
			const x = cx + wall * 330 + (next() + next() - 1) * spread + Math.sin(y / 70 + wall) * 14, r = mix(3, 15, next() ** 2) * mix(0.7, 1.3, t);
			s.fill(PAPER, ellipse(x, y, r, r * 0.92, 0, 2 * Math.PI, 14), { cut: 0.4 });
			if (r > 7) {
				s.fill(DEEP, ellipse(x + r * 0.1, y + r * 0.12, r * 0.68, r * 0.62, 0, 2 * Math.PI, 12), { cut: 0.3 });
				s.fill(PAPER, ellipse(x - r * 0.25, y - r * 0.25, r * 0.22, r * 0.2, 0, 2 * Math.PI, 8), { cut: 0.2 });
			}
		}
	// surface
	s.stroke(PAPER, curve(Array.from({ length: 34 }, (_, i) => [-20 + i * 50, surface + Math.sin(i * 1.7) * 7 + (noise(i, 3) - 0.5) * 12]), false), 9, { taper: 0 });
	seal(s, 352, 600, 0.98);
	return s.svg();
}

function seal(s, x, y, k) {
	const p = pts => pts.map(([a, b, c]) => [x + a * k, y + b * k, c]);
	const tilt = pts => turn(p(pts), -0.2, x, y);
	const body = curve(tilt([[252, -36], [268, -20], [262, -2], [232, 8], [200, 16], [130, 58], [30, 76], [-80, 62], [-170, 30], [-226, 14], [-282, 34], [-312, 30], [-290, 8], [-318, -12], [-300, -24], [-250, -14], [-200, -22], [-110, -58], [0, -78], [100, -72], [168, -62], [204, -68], [234, -58]]));
	const flipper = curve(tilt([[96, 52, 1], [82, 96], [44, 138], [18, 148], [26, 116], [40, 66, 1]]));
	s.fill(PAPER, body.map(([a, b]) => [x + (a - x) * 1.02, y + (b - y) * 1.08]));
	s.fill(INK, body);
	s.hatch(PAPER, body, parallel(-0.2, 12, { wave: 1, bend: (a, b) => Math.sin((a - x) / 340 + 0.3) * -26 }), (a, b) => {
		const v = (b - y) + (a - x) * 0.2;
		return clamp(0.28 - (v + 10) / 150 - Math.abs(a - x) / 1500);
	}, { gap: 12 });
	s.hatch(ICE, body, parallel(-0.2, 12, { wave: 1, bend: (a, b) => Math.sin((a - x) / 340 + 0.3) * -26 }), (a, b) => clamp(((b - y) + (a - x) * 0.2 - 46) / 120), { gap: 12 });
	s.fill(PAPER, flipper.map(([a, b]) => [a - 3, b + 4]));
	s.fill(INK, flipper);
	const next = random(3);
	for (let i = 0; i < 40; i++) {
		const a = x + mix(-190, 150, next()) * k, b = y + mix(-60, 40, next()) * k;
		if (inside(body, a, b))
			s.fill(INK, ellipse(a, b, 3 + next() * 7, 2 + next() * 5, 0, 2 * Math.PI, 10), { cut: 0.6 });
	}
	const [eye] = tilt([[216, -38]]);
	s.fill(PAPER, ellipse(eye[0], eye[1], 15, 14));
	s.fill(INK, ellipse(eye[0] + 1, eye[1] + 1, 11, 11));
	s.fill(PAPER, ellipse(eye[0] - 3, eye[1] - 4, 3.4, 3.4, 0, 2 * Math.PI, 10), { cut: 0 });
	for (const [a, b] of [[300, -6], [298, 8], [286, 22]])
		s.stroke(PAPER, curve(tilt([[250, -12], [(250 + a) / 2, -10 + b * 0.3], [a, b]]), false), 3.2, { taper: 0.5 });
}

/* The drum on the beach, the end of the cable, the sea it came from. */
export function cable() {
	const s = new Sheet(W, H, { seed: 71 });
	const horizon = 420;
	s.fill(ICE, s.whole, { cut: 0 });
	const sky = rect(-20, -20, W + 40, horizon + 20);
	s.hatch(PAPER, sky, parallel(0.06, 17, { wave: 10, size: 320 }), (x, y) => clamp((cloud(x / 360, y / 80) - 0.36) * 2.4), { gap: 17 });
	// sea and the cable ship
	const sea = rect(-20, horizon, W + 40, 250);
	s.fill(DEEP, sea);
	s.hatch(INK, sea, parallel(0, 15, { wave: 6, size: 130 }), (x, y) => clamp(0.7 - (y - horizon) / 330 + (cloud(x / 160, y / 26) - 0.5) * 1.0), { gap: 15 });
	s.fill(INK, [[270, horizon + 12], [262, horizon - 18], [470, horizon - 18], [500, horizon - 34], [484, horizon + 12]]);
	s.fill(INK, rect(300, horizon - 66, 56, 52));
	s.fill(RUST, rect(316, horizon - 88, 22, 26));
	s.fill(INK, ellipse(420, horizon - 24, 34, 24));
	s.stroke(INK, [[484, horizon - 30], [512, horizon - 70]], 5, { taper: 0 });
	// beach
	const beach = curve([[-40, 690, 1], [160, 640], [420, 628], [700, 600], [1000, 604], [1300, 566], [1640, 560, 1], [1640, 1120, 1], [-40, 1120, 1]]);
	s.fill(PAPER, beach);
	for (let k = 0; k < 3; k++)
		s.stroke(PAPER, curve([[-40, 668 - k * 26], [160, 618 - k * 26], [420, 606 - k * 24], [700, 580 - k * 22], [1000, 584 - k * 24], [1300, 548 - k * 22], [1640, 542 - k * 20]], false), 9 - k * 2, { taper: 0.02, uneven: 0.7 });
	s.hatch(INK, beach, parallel(-0.05, 15, { wave: 7, size: 120 }), (x, y) => clamp((y - 700) / 900 + (cloud(x / 130, y / 30) - 0.52) * 0.9), { gap: 15 });
	s.gouges(RUST, beach, { count: 130, length: [10, 34], width: [2, 5], angle: () => -0.05, density: (x, y) => (y - 640) / 500 });
	// the cable: out of the water, over the sand, cut off short of the trench
	const run = curve([[440, 470], [470, 560], [420, 640], [350, 730], [440, 820], [620, 880], [800, 900]], false, 16);
	s.line(INK, run.map(([x, y]) => [x + 5, y + 12]), 34, { taper: 0.0, uneven: 0.05 });
	const wide = run.map(([, y]) => mix(12, 46, step(470, 860, y)));
	s.raw(INK, strip(run, wide.map(w => w + 9)));
	s.raw(RUST, strip(run, wide));
	for (let i = 14; i < run.length - 2; i += 2) {
		const [x, y] = run[i], [x2, y2] = run[i + 1], a = Math.atan2(y2 - y, x2 - x), w = wide[i] / 2;
		s.stroke(INK, [[x - Math.sin(a - 0.5) * w, y + Math.cos(a - 0.5) * w], [x, y], [x + Math.sin(a - 0.5) * w, y - Math.cos(a - 0.5) * w]], 4.5, { taper: 0.2 });
	}
	s.gouges(ICE, ellipse(438, 476, 70, 20), { count: 26, length: [24, 70], width: [3, 6] });
	const end = ellipse(806, 902, 22, 28);
	s.fill(INK, ellipse(806, 902, 26, 33));
	s.fill(PAPER, end);
	for (const [dx, dy] of [[0, -12], [-8, 7], [8, 7]]) {
		s.fill(INK, ellipse(806 + dx, 902 + dy, 8.5, 9.5));
		s.fill(RUST, ellipse(806 + dx, 902 + dy, 5, 6));
	}
	drum(s, 1170, 660, 300);
	// fence with a notice
	for (let x = 40; x < 330; x += 66) {
		s.fill(INK, [[x, 1100], [x + 4, 860 + x * 0.08], [x + 22, 856 + x * 0.08], [x + 24, 1100]]);
	}
	for (const y of [900, 980])
		s.stroke(INK, [[-20, y], [170, y + 22], [340, y + 28]], 8, { taper: 0 });
	return s.svg();
}

function strip(points, widths) {
	const side = k => points.map(([x, y], i) => {
		const a = points[Math.max(0, i - 1)], b = points[Math.min(points.length - 1, i + 1)];
		const dx = b[0] - a[0], dy = b[1] - a[1], l = Math.hypot(dx, dy) || 1;
		return [x - dy / l * widths[i] / 2 * k, y + dx / l * widths[i] / 2 * k];
	});
	return 'M' + side(1).concat(side(-1).reverse()).map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L') + 'Z';
}

function drum(s, cx, cy, r) {
	s.fill(INK, ellipse(cx + 60, cy + r + 6, r * 1.25, 34));
	const back = ellipse(cx + 190, cy - 8, r * 0.92, r * 0.98);
	s.fill(INK, back);
	s.hatch(ICE, back, rings(cx + 190, cy - 8, 15, { squash: 1.06 }), (x, y) => clamp((x - cx - 330) / 300 - (y - cy) / 700), { gap: 15 });
	// windings between the two discs
	const body = [[cx, cy - r * 0.72], [cx + 190, cy - r * 0.72], [cx + 190, cy + r * 0.72], [cx, cy + r * 0.72]];
	s.fill(RUST, body);
	s.hatch(INK, body, parallel(1.57, 19, { wave: 1 }), (x, y) => clamp(0.26 + Math.abs((y - cy) / r) * 0.7), { gap: 19 });
	const face = ellipse(cx, cy, r, r);
	s.fill(INK, ellipse(cx + 8, cy, r + 12, r + 10));
	s.fill(PAPER, face);
	// planks of the disc
	s.hatch(INK, face, parallel(1.2, 46, { wave: 3, size: 300 }), () => 0.13, { gap: 46, breaks: 0 });
	s.hatch(INK, face, parallel(1.2, 11.5, { wave: 3, size: 90 }), (x, y) => clamp((cloud(x / 26, y / 200) - 0.6) * 1.2 + (x - cx) / 900 + (y - cy) / 900), { gap: 11.5 });
	s.stroke(INK, ellipse(cx, cy, r * 0.93).concat([[cx + r * 0.93, cy]]), 8, { taper: 0 });
	s.fill(INK, ellipse(cx, cy, r * 0.3));
	s.fill(RUST, ellipse(cx, cy, r * 0.25));
	s.fill(INK, ellipse(cx, cy, r * 0.12));
	for (let i = 0; i < 10; i++)
		s.fill(INK, ellipse(cx + Math.cos(i * 0.628) * r * 0.62, cy + Math.sin(i * 0.628) * r * 0.62, 11));
	// chocks
	s.fill(INK, [[cx - r * 0.8, cy + r + 10], [cx - r * 0.5, cy + r + 10], [cx - r * 0.56, cy + r * 0.72]]);
	s.fill(INK, [[cx + r * 0.84, cy + r + 10], [cx + r * 0.5, cy + r + 10], [cx + r * 0.6, cy + r * 0.72]]);
}
