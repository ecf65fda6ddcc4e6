// The coast: the lighthouse, the ferry, the jetty on dry land, the horns, the swimmer, the ear under the ice.

import { Sheet, INK, DEEP, ICE, RUST, PAPER, rect, ellipse, curve, parallel, rings, rays, cloud, noise, clamp, step, mix, random, inside, turn, move, scale } from '../press.mjs';

const W = 1600, H = 1067;

export function lighthouse() {
	const s = new Sheet(W, H, { seed: 121 });
	s.fill(INK, s.whole, { cut: 0 });
	const lx = 560, ly = 262, horizon = 860;
	const sky = rect(-20, -20, W + 40, horizon + 20);
	// stars of short cuts in rings around the pole, then the beams
	const beams = [[0.1, 0.085], [Math.PI + 0.06, 0.1]];
	const lit = (x, y) => {
		const a = Math.atan2(y - ly, x - lx);
		return Math.max(...beams.map(([b, w]) => { let d = Math.abs(a - b); d = Math.min(d, 2 * Math.PI - d); return 1 - d / w; }));
	};
	s.hatch(DEEP, sky, rings(1180, 120, 19, { wave: 2 }), (x, y) => lit(x, y) > -0.15 ? 0 : clamp(0.2 + (noise(x / 34, y / 34) - 0.42) * 1.1 + (y / horizon) * 0.34), { gap: 19, breaks: 0.06 });
	const next = random(2);
	for (let i = 0; i < 90; i++) {
		const x = next() * W, y = next() ** 1.4 * 720, l = mix(3, 8, next() ** 3);
		if (lit(x, y) < -0.3)
			s.fill(PAPER, [[x - l, y], [x, y - l * 0.3], [x + l, y], [x, y + l * 0.3]], { cut: 0 }), s.fill(PAPER, [[x, y - l], [x + l * 0.3, y], [x, y + l], [x - l * 0.3, y]], { cut: 0 });
	}
	s.hatch(PAPER, s.whole, rays(lx, ly, 400, { from: 44, wave: 0.0012 }), (x, y) => { const v = lit(x, y); return v <= 0 ? 0 : clamp(0.35 + v * 0.9 - Math.hypot(x - lx, y - ly) / 2600); }, { gap: 13, breaks: 0.004 });
	// sea
	const sea = rect(-20, horizon, W + 40, 240);
	s.fill(DEEP, sea);
	s.hatch(INK, sea, parallel(0, 16, { wave: 11, size: 90 }), (x, y) => clamp(0.62 + (cloud(x / 130, y / 26) - 0.5) * 1.2), { gap: 16 });
	// rock
	const rock = curve([[170, 1120, 1], [190, 960], [250, 900], [330, 868], [390, 806], [470, 790], [560, 776], [650, 786], [716, 812], [770, 860], [860, 884], [920, 944], [1010, 980], [1050, 1120, 1]]);
	s.fill(PAPER, rock.map(([x, y]) => [x, y - 6]));
	s.fill(INK, rock);
	s.gouges(ICE, rock, { count: 520, length: [20, 80], width: [2, 7], angle: (x) => (x - 600) / 700, density: (x, y) => clamp(0.55 - (y - 780) / 420 + (noise(x / 40, y / 40) - 0.5)) });
	// tower
	const tower = [[lx - 92, 800], [lx - 56, 350], [lx + 56, 350], [lx + 92, 800]];
	s.fill(PAPER, tower);
	for (let i = 0; i < 3; i++) {
		const t0 = (i * 2 + 0.7) / 6.3, t1 = (i * 2 + 1.7) / 6.3, w0 = mix(56, 92, t0), w1 = mix(56, 92, t1), y0 = mix(350, 800, t0), y1 = mix(350, 800, t1);
		s.fill(RUST, [[lx - w0, y0], [lx + w0, y0 + 6], [lx + w1, y1 + 6], [lx - w1, y1]]);
	}
	s.hatch(INK, tower, parallel(0.02, 12, { wave: 2, bend: (x) => ((x - lx) / 90) ** 2 * -12 }), (x, y) => clamp((x - lx + 20) / 105), { gap: 12 });
	for (const [dy, w] of [[440, 15], [600, 17]])
		s.fill(INK, curve([[lx - 28 - w, dy + 58, 1], [lx - 28 - w, dy + 14], [lx - 28, dy - 4], [lx - 28 + w, dy + 14], [lx - 28 + w, dy + 58, 1]]));
	s.fill(INK, curve([[lx - 40, 800, 1], [lx - 40, 744], [lx - 14, 722], [lx + 12, 744], [lx + 12, 800, 1]]));
	// gallery and lantern
	s.fill(INK, [[lx - 84, 352], [lx - 76, 328], [lx + 76, 328], [lx + 84, 352]]);
	for (let i = -4; i <= 4; i++)
		s.stroke(INK, [[lx + i * 19, 330], [lx + i * 19, 294]], 4.5, { taper: 0 });
	s.stroke(INK, [[lx - 80, 294], [lx + 80, 294]], 6, { taper: 0 });
	s.fill(PAPER, rect(lx - 46, 206, 92, 122));
	s.fill(RUST, ellipse(lx, ly, 26, 34));
	s.hatch(PAPER, ellipse(lx, ly, 26, 34), parallel(0, 9, { wave: 0 }), () => 0.35, { gap: 9 });
	for (const d of [-46, -16, 16, 46])
		s.stroke(INK, [[lx + d, 206], [lx + d, 328]], 6, { taper: 0 });
	s.stroke(INK, [[lx - 46, 300], [lx + 46, 300]], 5, { taper: 0 });
	s.fill(INK, curve([[lx - 64, 210, 1], [lx - 40, 168], [lx, 146], [lx + 40, 168], [lx + 64, 210, 1]]));
	s.fill(INK, ellipse(lx, 140, 11));
	s.stroke(INK, [[lx, 136], [lx, 88]], 5, { taper: 0 });
	// the dark outline against the night
	s.stroke(ICE, [[lx + 58, 352], [lx + 93, 800]], 3, { taper: 0 });
	s.stroke(ICE, curve([[lx - 64, 210], [lx - 40, 168], [lx, 146], [lx + 40, 168], [lx + 64, 210]], false), 3.4, { taper: 0 });
	// keeper's house
	s.fill(PAPER, [[700, 806], [700, 740], [856, 752], [862, 872], [716, 826]]);
	s.hatch(INK, [[700, 806], [700, 740], [856, 752], [862, 872], [716, 826]], parallel(0.03, 11, { wave: 1 }), x => clamp((x - 690) / 210), { gap: 11 });
	s.fill(RUST, [[684, 748], [742, 690], [874, 704], [872, 764]]);
	s.fill(INK, rect(742, 772, 26, 32));
	s.gouges(PAPER, rect(140, 950, 940, 120), { count: 220, length: [20, 90], width: [2, 7], density: (x, y) => !inside(rock, x, y - 16) ? 0.8 : 0.06, without: [] });
	return s.svg();
}

export function ferry() {
	const s = new Sheet(W, H, { seed: 131 });
	s.fill(DEEP, s.whole, { cut: 0 });
	const shore = 470;
	const sky = rect(-20, -20, W + 40, shore);
	s.hatch(INK, sky, parallel(-0.04, 15, { wave: 8, size: 260 }), (x, y) => clamp(0.85 - y / 560 + (cloud(x / 300, y / 80) - 0.5) * 1.0), { gap: 15 });
	s.hatch(ICE, sky, parallel(-0.04, 15, { wave: 8, size: 260 }), (x, y) => clamp((y - 210) / 420 + (cloud(x / 340 + 7, y / 60) - 0.55) * 1.1), { gap: 15 });
	// island with the village
	const hill = curve([[-40, 520, 1], [-40, 330], [120, 270], [300, 220], [480, 250], [640, 300], [800, 330], [1000, 320], [1180, 356], [1400, 420], [1640, 452, 1], [1640, 520, 1]]);
	s.fill(INK, hill);
	s.hatch(DEEP, hill, parallel(0.5, 15, { wave: 14, size: 90 }), (x, y) => clamp(0.5 - (y - 250) / 300 + (cloud(x / 70, y / 60) - 0.5)), { gap: 15 });
	const next = random(15);
	const houses = [];
	for (let i = 0; i < 23; i++)
		houses.push([70 + i * 58 + next() * 26, 486 - next() ** 2 * 130 * step(1500, 200, i * 62), mix(0.8, 1.15, next()), next()]);
	houses.sort((a, b) => a[1] - b[1]);
	for (const [x, y, k, c] of houses)
		house(s, x, y, k, c);
	// church
	s.fill(PAPER, [[404, 300], [404, 214], [440, 160], [476, 214], [476, 300]]);
	s.hatch(INK, [[404, 300], [404, 214], [440, 160], [476, 214], [476, 300]], parallel(0, 9, { wave: 1 }), x => clamp((x - 420) / 70), { gap: 9 });
	s.fill(INK, [[426, 190], [440, 74], [454, 190]]);
	s.fill(INK, rect(432, 232, 16, 30));
	// quay
	s.fill(INK, [[-20, 486], [1180, 486], [1180, 516], [-20, 516]]);
	s.stroke(ICE, [[-20, 488], [1180, 488]], 4, { taper: 0 });
	// water with the lights in it
	const sea = rect(-20, 512, W + 40, H);
	s.fill(INK, sea);
	s.hatch(DEEP, sea, parallel(0, 17, { wave: 10, size: 110 }), (x, y) => clamp(0.72 - (y - 512) / 900 + (cloud(x / 150, y / 28) - 0.5) * 1.1), { gap: 17 });
	for (const [x, , , c] of houses)
		if (c > 0.35)
			s.gouges(c > 0.7 ? RUST : PAPER, rect(x - 16, 524, 32, 190), { count: 16, length: [10, 34], width: [2.5, 6], density: (px, py) => 1 - (py - 524) / 230 });
	boat(s, 860, 905, 1);
	return s.svg();
}

function house(s, x, y, k, c) {
	const w = 38 * k, h = 34 * k, r = 26 * k;
	s.fill(PAPER, rect(x - w / 2 - 2.5, y - h - 2, w + 5, h + 2));
	s.fill(c < 0.4 ? RUST : c < 0.75 ? DEEP : PAPER, rect(x - w / 2, y - h, w, h), { cut: 0.8 });
	s.fill(INK, [[x - w / 2 - 5, y - h + 2], [x, y - h - r], [x + w / 2 + 5, y - h + 2]], { cut: 0.8 });
	s.stroke(PAPER, [[x - w / 2 - 6, y - h + 2], [x, y - h - r - 2], [x + w / 2 + 6, y - h + 2]], 2.4, { taper: 0 });
	for (const d of [-0.24, 0.24])
		s.fill(c < 0.75 ? PAPER : INK, rect(x + d * w - 4 * k, y - h * 0.68, 8 * k, 11 * k), { cut: 0.4 });
}

function boat(s, x, y, k) {
	const p = pts => pts.map(([a, b, c]) => [x + a * k, y + b * k, c]);
	const hull = curve(p([[-420, -56, 1], [360, -56, 1], [450, -96, 1], [400, 40], [370, 70], [-370, 70], [-404, 30]]));
	s.fill(PAPER, hull.map(([a, b]) => [x + (a - x) * 1.018, y + (b - y) * 1.09]));
	s.fill(INK, hull);
	s.hatch(ICE, hull, parallel(0, 14, { wave: 2, bend: a => (Math.max(0, a - x) / 450) ** 2 * -30 }), (a, b) => clamp((a - x + 60) / 640 - (b - y) / 300), { gap: 14 });
	s.stroke(RUST, p([[-414, -30], [0, -30], [380, -32], [436, -52]]), 17, { taper: 0 });
	const deck = p([[-360, -56], [-360, -150], [250, -150], [290, -56]]), upper = p([[-250, -150], [-250, -224], [150, -224], [186, -150]]), bridge = p([[20, -224], [20, -292], [130, -292], [150, -224]]);
	for (const shape of [deck, upper, bridge])
		s.fill(PAPER, shape);
	s.hatch(INK, deck, parallel(0, 10, { wave: 1 }), (a) => clamp((x - 60 - a) / 460), { gap: 10 });
	for (let i = 0; i < 9; i++)
		s.fill(INK, p(rect(-330 + i * 62, -128, 40, 40)), { cut: 0.8 });
	for (let i = 0; i < 6; i++)
		s.fill(i === 4 ? RUST : INK, p(rect(-226 + i * 58, -206, 38, 36)), { cut: 0.8 });
	for (let i = 0; i < 3; i++)
		s.fill(INK, p(rect(32 + i * 34, -280, 26, 32)), { cut: 0.6 });
	s.fill(RUST, p([[-150, -224], [-142, -316], [-66, -316], [-58, -224]]));
	s.fill(INK, p(rect(-148, -316, 88, 22)));
	s.stroke(INK, p([[78, -292], [78, -400]]), 8, { taper: 0 });
	s.stroke(INK, p([[78, -396], [-300, -224]]), 3, { taper: 0 });
	s.stroke(INK, p([[78, -396], [440, -94]]), 3, { taper: 0 });
	s.fill(PAPER, p(ellipse(78, -378, 9)));
	// smoke
	for (let i = 0; i < 5; i++)
		s.stroke(ICE, curve(p([[-108, -322], [-150 - i * 30, -352 - i * 8], [-260 - i * 26, -346 - i * 14], [-400 - i * 30, -372 - i * 16]]), false), 8 - i, { taper: 0.4, uneven: 0.6 });
	const next = random(33);
	for (let i = 0; i < 9; i++) {
		const a = -330 + next() * 640;
		s.fill(INK, p(curve([[a - 7, -150, 1], [a - 8, -172], [a, -184], [a + 8, -172], [a + 7, -150, 1]])));
		s.fill(i % 3 ? INK : RUST, p(ellipse(a, -189, 6.5, 7.5)));
		if (i > 4)
			break;
	}
	s.gouges(PAPER, rect(x - 520 * k, y + 48 * k, 1010 * k, 54 * k), { count: 300, length: [24, 100], width: [2, 8] });
	s.gouges(ICE, rect(-20, y + 70 * k, W, 150), { count: 120, length: [30, 120], width: [2, 5] });
}

/* The land rises: a boathouse and its jetty, and the water a field away. */
export function uplift() {
	const s = new Sheet(W, H, { seed: 141 });
	s.fill(PAPER, s.whole, { cut: 0 });
	const horizon = 380;
	const sky = rect(-20, -20, W + 40, horizon + 10);
	s.hatch(ICE, sky, parallel(0.03, 17, { wave: 10, size: 300 }), (x, y) => clamp(0.95 - y / 520 + (cloud(x / 320, y / 90) - 0.5) * 1.2), { gap: 17 });
	const sea = rect(-20, horizon, W + 40, 120);
	s.fill(DEEP, sea);
	s.hatch(INK, sea, parallel(0, 13, { wave: 5, size: 120 }), (x, y) => clamp(0.7 - (y - horizon) / 200 + (cloud(x / 130, y / 20) - 0.5) * 0.9), { gap: 13 });
	for (const [x, w, h] of [[180, 190, 26], [420, 120, 18], [1230, 260, 34], [1480, 150, 22]])
		s.fill(INK, curve([[x - w / 2, horizon + 4, 1], [x - w * 0.3, horizon - h * 0.7], [x, horizon - h], [x + w * 0.34, horizon - h * 0.6], [x + w / 2, horizon + 4, 1]]));
	// old shore lines, one behind another
	const line = (k) => curve(Array.from({ length: 12 }, (_, i) => [-40 + i * 154, 452 + k * k * 17 + k * 26 + Math.sin(i * 0.9 + k * 1.3) * (9 + k * 5) + i * (k - 2) * 4.2]), false, 8);
	for (let k = 0; k < 7; k++) {
		const upper = line(k), field = upper.concat([[1640, 1140], [-40, 1140]]);
		s.fill(PAPER, field);
		s.hatch(k % 2 ? INK : RUST, field.slice(0, upper.length).concat(line(k + 1).slice().reverse()), parallel(k % 2 ? -0.06 : 1.35, 15, { wave: 8, size: 100 }), (x, y) => clamp((k % 2 ? 0.18 : 0.2) + (cloud(x / 120, y / 40) - 0.5) * 0.85), { gap: 15 });
		s.stroke(INK, upper, 6 + k * 0.8, { taper: 0, uneven: 0.5 });
		s.gouges(INK, upper.concat(line(k + 0.7).slice().reverse()), { count: 90 + k * 26, length: [9, 24 + k * 5], width: [2, 4 + k * 0.4], angle: () => -1.4 });
	}
	jetty(s);
	return s.svg();
}

function jetty(s) {
	// boathouse
	const front = [[1040, 900], [1040, 640], [1180, 520], [1320, 640], [1320, 900]], side = [[700, 860], [700, 610], [1040, 640], [1040, 900]];
	s.fill(RUST, side);
	s.hatch(INK, side, parallel(1.57, 27, { wave: 2 }), () => 0.16, { gap: 27, breaks: 0 });
	s.hatch(INK, side, parallel(1.57, 9, { wave: 2 }), (x, y) => clamp((860 - x) / 300 + (cloud(x / 18, y / 120) - 0.55) * 0.8), { gap: 9 });
	s.fill(RUST, front);
	s.hatch(INK, front, parallel(1.57, 28, { wave: 1 }), () => 0.15, { gap: 28, breaks: 0 });
	s.fill(INK, [[720, 610], [860, 470], [1180, 500], [1040, 646], [700, 616]]);
	s.hatch(ICE, [[720, 604], [862, 478], [1176, 506], [1040, 636]], parallel(0.09, 15, { wave: 2 }), (x, y) => clamp(0.55 - (y - 480) / 260), { gap: 15 });
	s.stroke(PAPER, [[1026, 652], [1180, 510], [1336, 652]], 10, { taper: 0 });
	s.stroke(INK, [[1020, 660], [1180, 520], [1342, 660]], 7, { taper: 0 });
	s.fill(INK, [[1092, 902], [1092, 700], [1268, 700], [1268, 902]]);
	// slip rails that end in grass, the boat inside
	s.fill(ICE, curve([[1120, 880, 1], [1120, 820], [1180, 790], [1240, 820], [1240, 880, 1], [1180, 898]]));
	s.stroke(INK, [[1180, 792], [1180, 896]], 5, { taper: 0 });
	// jetty on its piles, on dry ground
	const deck = [[120, 830], [540, 700], [724, 716], [724, 742], [300, 880], [120, 860]];
	for (let i = 0; i < 6; i++) {
		const t = i / 5, x = mix(136, 690, t), y = mix(846, 716, t);
		for (const d of [0, 1]) {
			const px = x + d * mix(150, 26, t), py = y + d * mix(26, 18, t);
			s.fill(INK, [[px - 9, py], [px + 9, py], [px + 11, py + mix(170, 120, t)], [px - 11, py + mix(170, 120, t)]]);
			s.stroke(PAPER, [[px - 3, py + 20], [px - 3, py + mix(150, 100, t)]], 3.4, { taper: 0.2 });
			s.stroke(ICE, [[px - 12, py + 74], [px + 12, py + 74]], 9, { taper: 0 });
		}
	}
	s.fill(INK, deck.map(([x, y]) => [x, y + 14]));
	s.fill(PAPER, deck);
	s.hatch(INK, deck, parallel(0.36, 21, { wave: 1 }), () => 0.22, { gap: 21, breaks: 0 });
	s.stroke(INK, deck.concat([deck[0]]), 5, { taper: 0 });
	// mooring ring and post
	s.fill(INK, rect(150, 756, 26, 92));
	s.fill(RUST, rect(146, 748, 34, 14));
	s.stroke(INK, ellipse(163, 800, 22, 24).concat([[185, 800]]), 6, { taper: 0 });
	// one who stands where the water was
	const m = pts => pts.map(([x, y, c]) => [x + 440, y + 44, c]);
	s.fill(INK, m(curve([[420, 1010, 1], [416, 930], [404, 870], [420, 836], [452, 836], [468, 870], [456, 930], [454, 1010, 1]])));
	s.fill(INK, m(ellipse(436, 812, 19, 22)));
	s.fill(DEEP, m(curve([[412, 806, 1], [416, 786], [436, 778], [456, 786], [460, 806, 1]])));
	s.stroke(INK, m([[466, 860], [512, 930], [520, 1012]]), 6, { taper: 0 });
}

/* Twelve horns. */
export function foghorns() {
	const s = new Sheet(W, H, { seed: 151 });
	s.fill(PAPER, s.whole, { cut: 0 });
	const base = 800;
	s.fill(ICE, rect(-20, -20, W + 40, base), { cut: 0 });
	const centres = [];
	for (let i = 0; i < 5; i++)
		centres.push([190 + i * 305, 520 - Math.abs(i - 2) * -26]);
	s.hatch(PAPER, rect(-20, -20, W + 40, base), rings(800, 640, 31, { wave: 4, from: 20 }), (x, y) => clamp(0.85 - Math.hypot(x - 800, y - 640) / 1250), { gap: 31 });
	s.hatch(DEEP, rect(-20, -20, W + 40, base), rings(800, 640, 31, { wave: 4, from: 35 }), (x, y) => clamp(Math.hypot(x - 800, y - 640) / 1700 + (cloud(x / 260, y / 160) - 0.5) * 0.6 - 0.04), { gap: 31 });
	const back = [0, 1, 2, 3].map(i => [342 + i * 305, 560]);
	for (const [x, y] of back)
		horn(s, x, y - 170, 92, base, DEEP);
	centres.forEach(([x, y], i) => horn(s, x, y, 142, base, i === 2 ? RUST : INK));
	s.fill(INK, rect(-20, base - 4, W + 40, 300));
	s.hatch(PAPER, rect(-20, base + 10, W + 40, 60), parallel(1.57, 36, { wave: 1 }), () => 0.1, { gap: 36 });
	// the conductor, small, from behind; the audience as a dark edge
	s.hatch(DEEP, rect(-20, base + 60, W + 40, 240), parallel(0, 14, { wave: 6 }), (x, y) => clamp(0.5 + (cloud(x / 160, y / 30) - 0.5) * 1.1 - (y - base) / 500), { gap: 14 });
	const p = pts => pts.map(([a, b, c]) => [800 + a, 950 + b, c]);
	const conductor = [p(curve([[-46, 130, 1], [-50, 20], [-36, -60], [-112, -132], [-142, -196, 1], [-124, -204, 1], [-88, -150], [-18, -92], [18, -92], [88, -150], [130, -220, 1], [146, -212, 1], [112, -130], [36, -60], [50, 20], [46, 130, 1]])), p(ellipse(0, -124, 28, 34))];
	for (const part of conductor)
		s.stroke(INK, part.concat([part[0]]), 16, { taper: 0 });
	for (const part of conductor) {
		s.fill(PAPER, part);
		s.hatch(INK, part, parallel(1.57, 11, { wave: 2 }), (x, y) => clamp((x - 786) / 110 + (y - 870) / 500), { gap: 11 });
	}
	s.stroke(PAPER, p([[138, -214], [196, -276]]), 7, { taper: 0 });
	const next = random(12);
	for (let i = 0; i < 25; i++) {
		const x = i * 68 + (next() - 0.5) * 30, y = 1016 + (next() - 0.5) * 24 + (Math.abs(x - 800) < 60 ? 30 : 0), k = mix(0.9, 1.15, next());
		s.fill(ICE, ellipse(x, y, 30 * k, 36 * k));
		s.fill(INK, ellipse(x, y + 4, 29 * k, 36 * k));
		s.fill(INK, ellipse(x, y + 80, 56 * k, 56));
	}
	return s.svg();
}

function horn(s, x, y, r, base, colour) {
	// the pipe stands, turns and opens towards us
	s.fill(INK, [[x - r * 0.22, y], [x + r * 0.22, y], [x + r * 0.34, base], [x - r * 0.34, base]]);
	s.hatch(colour === INK ? ICE : PAPER, [[x - r * 0.22, y], [x + r * 0.22, y], [x + r * 0.34, base], [x - r * 0.34, base]], parallel(0, 12, { wave: 1 }), (px) => clamp((x - px) / (r * 0.5)), { gap: 12 });
	s.fill(PAPER, ellipse(x, y, r + 8));
	s.fill(INK, ellipse(x, y, r + 1));
	s.fill(colour === INK ? PAPER : colour, ellipse(x, y, r * 0.93));
	s.hatch(INK, ellipse(x, y, r * 0.93), rays(x, y, 64, { from: r * 0.3, wave: 0.002, length: r }), (px, py) => {
		const a = Math.atan2(py - y, px - x), d = Math.hypot(px - x, py - y) / r;
		return clamp(0.5 + Math.cos(a + 0.8) * -0.45 + (0.75 - d) * 0.9);
	}, { gap: r * 0.09, breaks: 0 });
	s.fill(INK, ellipse(x, y, r * 0.4));
	s.stroke(colour === INK ? PAPER : colour, ellipse(x, y, r * 0.3, r * 0.3, 2.2, 4.6, 30), 5, { taper: 0.3 });
	s.fill(INK, rect(x - r * 0.5, base - 40, r, 44));
	s.fill(colour, rect(x - r * 0.5, base - 46, r, 10));
}

/* One swimmer in still water, from above. */
export function swimmer() {
	const s = new Sheet(W, H, { seed: 161 });
	s.fill(DEEP, s.whole, { cut: 0 });
	const x0 = 900, y0 = 520;
	s.hatch(INK, s.whole, rings(x0, y0, 25, { squash: 0.66, wave: 5 }), (x, y) => clamp(0.12 + Math.hypot((x - x0) / 1.5, y - y0) / 900 + (cloud(x / 210, y / 120) - 0.5) * 0.75), { gap: 25 });
	s.hatch(ICE, s.whole, rings(x0, y0, 50, { squash: 0.66, wave: 6, from: 170 }), (x, y) => clamp(0.3 - Math.hypot((x - x0) / 1.5, y - y0) / 2100 + (cloud(x / 120 + 5, y / 90) - 0.5) * 0.7), { gap: 25 });
	// wake, widening behind her
	for (const side of [-1, 1])
		for (let k = 0; k < 5; k++)
			s.stroke(PAPER, curve([[x0 - 60 - k * 74, y0 + side * (34 + k * 12)], [x0 - 240 - k * 96, y0 + side * (92 + k * 22)], [x0 - 520 - k * 110, y0 + side * (190 + k * 26)]], false), 11 - k * 1.6, { taper: 0.45, uneven: 0.6 });
	const p = pts => pts.map(([a, b, c]) => [x0 + a * 1.25, y0 + b * 1.25, c]);
	// body under the surface, legs, costume, cap; one arm forward, one at the side
	const legs = [curve(p([[-70, -40, 1], [-150, -40], [-230, -34], [-300, -38], [-372, -52], [-384, -42], [-310, -20], [-226, -8], [-140, 0], [-70, 2, 1]])),
		curve(p([[-70, -2, 1], [-150, 4], [-220, 18], [-280, 36], [-346, 62], [-340, 74], [-276, 58], [-200, 46], [-130, 40], [-70, 40, 1]]))];
	const torso = curve(p([[100, -44, 1], [60, -52], [-20, -38], [-96, -44, 1], [-104, 0], [-96, 44, 1], [-20, 40], [60, 52], [100, 44, 1], [112, 0]]));
	const front = curve(p([[64, -48, 1], [116, -74], [190, -84], [262, -72], [322, -50], [344, -36], [312, -36], [250, -46], [190, -54], [134, -44], [92, -22, 1]]));
	const rear = curve(p([[84, 34, 1], [56, 84], [0, 106], [-62, 100], [-108, 84], [-130, 70], [-104, 70], [-56, 80], [-6, 80], [28, 60], [44, 38, 1]]));
	for (const part of [...legs, torso, front, rear])
		s.fill(INK, part.map(([x, y]) => [x + 8, y + 12]));
	for (const part of [...legs, front, rear]) {
		s.fill(PAPER, part);
		s.hatch(INK, part, parallel(0.05, 9, { wave: 2 }), (x, y) => clamp(0.1 + (y - y0) / 190 + (x0 - 250 - x) / 420), { gap: 9, without: [torso] });
	}
	s.fill(RUST, torso);
	s.hatch(INK, torso, parallel(0.02, 14, { wave: 2 }), (x, y) => clamp((y - y0 + 10) / 110), { gap: 14 });
	const head = p(ellipse(140, -2, 42, 38));
	s.fill(INK, head.map(([x, y]) => [x + 7, y + 10]));
	s.fill(PAPER, head);
	s.hatch(RUST, head, parallel(0, 15, { wave: 0 }), (x, y) => 0.6 + (y - y0) / 140, { gap: 15, breaks: 0 });
	s.gouges(PAPER, ellipse(x0 + 425, y0 - 50, 96, 32), { count: 44, length: [22, 76], width: [3, 8], angle: (x, y) => 0.3 * Math.sign(y - y0 + 50) });
	s.gouges(PAPER, ellipse(x0 - 500, y0 + 6, 150, 110), { count: 110, length: [24, 90], width: [3, 9], angle: (x, y) => (y - y0) / 260 * -1 });
	// the rope with its floats
	for (let i = 0; i < 27; i++) {
		const x = -20 + i * 62, y = 912 + Math.sin(i * 0.5) * 16;
		s.fill(INK, ellipse(x + 5, y + 7, 25, 17));
		s.fill(i % 4 === 0 ? RUST : PAPER, ellipse(x, y, 25, 17));
		s.stroke(INK, [[x + 26, y], [x + 37, y + 3]], 6, { taper: 0 });
	}
	return s.svg();
}

/* Below the ice: a hydrophone on its line, and what it hears. */
export function hydrophone() {
	const s = new Sheet(W, H, { seed: 171 });
	s.fill(INK, s.whole, { cut: 0 });
	s.parts.push('<g transform="translate(0 46)">');
	const under = x => 330 + Math.sin(x / 190) * 22 + (noise(x / 60, 4) - 0.5) * 46 + 70 * Math.exp(-(((x - 1240) / 120) ** 2));
	const cx = 560, cy = 720;
	const water = rect(-20, 260, W + 40, H);
	s.hatch(DEEP, water, rings(cx, cy, 27, { wave: 3 }), (x, y) => clamp(0.95 - Math.hypot(x - cx, y - cy) / 900 + (cloud(x / 160, y / 160) - 0.5) * 0.7), { gap: 27 });
	s.hatch(ICE, water, rings(cx, cy, 27, { wave: 3, from: 68 }), (x, y) => clamp(0.5 - Math.hypot(x - cx, y - cy) / 520 + (noise(Math.atan2(y - cy, x - cx) * 5, 3) - 0.5) * 0.5), { gap: 27 });
	// sky and ice
	s.fill(PAPER, rect(-20, -90, W + 40, 220));
	s.hatch(RUST, rect(-20, -90, W + 40, 210), parallel(0, 15, { wave: 5 }), (x, y) => clamp(0.75 - y / 150 + (cloud(x / 280, y / 50) - 0.5) * 0.8), { gap: 15 });
	const top = x => 128 + (noise(x / 80, 9) - 0.5) * 14 - 62 * Math.exp(-(((x - 1240) / 90) ** 2));
	const ice = [];
	for (let x = -40; x <= W + 40; x += 12) ice.push([x, top(x)]);
	for (let x = W + 40; x >= -40; x -= 12) ice.push([x, under(x)]);
	s.fill(ICE, ice);
	s.hatch(PAPER, ice, parallel(1.45, 17, { wave: 10, size: 70 }), (x, y) => clamp(1.1 - (y - 120) / 190 + (cloud(x / 40, y / 90) - 0.5) * 0.9), { gap: 17 });
	s.hatch(DEEP, ice, parallel(1.65, 15, { wave: 8, size: 60 }), (x, y) => clamp((y - 230) / 230 + (cloud(x / 36, y / 80) - 0.5) * 0.8), { gap: 15 });
	s.stroke(INK, ice.slice(0, Math.floor(ice.length / 2)), 6, { taper: 0 });
	// the ridge of broken plates
	const next = random(5);
	for (let i = 0; i < 15; i++) {
		const up = i < 6, x = 1240 + (next() - 0.5) * (up ? 110 : 190), y = up ? mix(78, 120, next()) : mix(330, 400, next()), a = (next() - 0.5) * 1.7, l = mix(60, 120, next());
		const slab = move(turn(rect(-l / 2, -12, l, 24), a), x, y);
		s.fill(INK, move(slab, 5, 8));
		s.fill(y < 220 ? PAPER : ICE, slab);
		s.stroke(INK, slab.concat([slab[0]]), 4, { taper: 0 });
	}
	// the hole, the tripod, the line
	s.fill(INK, [[cx - 34, 118], [cx + 34, 118], [cx + 28, under(cx) + 10], [cx - 28, under(cx) + 10]]);
	for (const d of [-88, 0, 88])
		s.stroke(INK, [[cx, 16], [cx + d, 132]], 9, { taper: 0 });
	s.fill(RUST, ellipse(cx, 26, 17));
	s.stroke(PAPER, [[cx, 34], [cx, 400], [cx, cy - 50]], 5, { taper: 0 });
	s.stroke(INK, [[cx, 34], [cx, 120]], 5, { taper: 0 });
	for (const y of [420, 500, 580])
		s.fill(RUST, rect(cx - 9, y, 18, 26));
	const cap = curve([[cx - 22, cy - 50, 1], [cx - 26, cy + 20], [cx - 18, cy + 56], [cx, cy + 66], [cx + 18, cy + 56], [cx + 26, cy + 20], [cx + 22, cy - 50, 1]]);
	s.fill(PAPER, scale(cap, 1.2, cx, cy));
	s.fill(INK, cap);
	s.hatch(ICE, cap, parallel(0, 11, { wave: 0 }), (x) => clamp((cx + 8 - x) / 34), { gap: 11 });
	s.fill(RUST, rect(cx - 25, cy - 20, 50, 15));
	// the hut and somebody who listens
	s.fill(RUST, [[180, 132], [180, 62], [226, 30], [272, 62], [272, 132]]);
	s.fill(INK, [[166, 72], [226, 22], [286, 72], [280, 78], [226, 38], [172, 78]]);
	s.fill(INK, rect(214, 84, 26, 48));
	s.fill(INK, curve([[400, 134, 1], [402, 92], [412, 70], [438, 70], [446, 92], [444, 134, 1]]));
	s.fill(INK, ellipse(424, 56, 14, 16));
	s.stroke(INK, ellipse(424, 54, 20, 22, Math.PI, 2 * Math.PI, 20), 5, { taper: 0 });
	s.fill(RUST, ellipse(444, 57, 5, 8));
	// a seal answers
	const body = curve(turn([[1130, 740], [1180, 716], [1250, 720], [1330, 752], [1410, 770], [1450, 758], [1474, 764], [1456, 780], [1476, 798], [1440, 794], [1400, 800], [1310, 812], [1220, 806], [1160, 788], [1126, 772]], -0.24, 1280, 760));
	s.fill(PAPER, body.map(([x, y]) => [x, y - 5]));
	s.fill(INK, body);
	s.hatch(ICE, body, parallel(-0.16, 11, { wave: 2 }), (x, y) => clamp((790 - y - (x - 1280) * 0.2) / 120), { gap: 11 });
	s.fill(PAPER, ellipse(1150, 772, 7, 7));
	for (let i = 0; i < 4; i++)
		s.stroke(RUST, ellipse(1112, 796, 40 + i * 46, 40 + i * 46, Math.PI * 0.82, Math.PI * 1.2, 20), 9 - i * 1.5, { taper: 0.3 });
	s.parts.push('</g>');
	return s.svg();
}
