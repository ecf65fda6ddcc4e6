// Port Ansel: the cranes, the pilot's ladder, the auction clock, the herring.

import { Sheet, INK, DEEP, ICE, RUST, PAPER, rect, ellipse, curve, parallel, rings, cloud, noise, clamp, mix, random, turn, move } from '../press.mjs';

const W = 1600, H = 1067;

/* A ship-to-shore crane from the side: legs, portal, boom over the water to the left. */
function crane(s, x, ground, k, boom, colour) {
	const p = pts => pts.map(([a, b]) => [x + a * k, ground + b * k]);
	const bar = (a, b, w) => s.stroke(colour, p([a, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], b]), w * k, { taper: 0 });
	bar([-92, 0], [-92, -470], 22);
	bar([92, 0], [92, -470], 22);
	bar([-92, -150], [92, -150], 22);
	bar([-92, -310], [92, -310], 14);
	bar([-92, -150], [92, -310], 8);
	bar([92, -310], [-92, -470], 8);
	s.fill(colour, p([[-120, -490], [250, -490], [250, -452], [-120, -452]]));
	bar([-92, -480], [0, -660], 16);
	bar([92, -480], [0, -660], 16);
	bar([0, -660], [240, -480], 6);
	s.fill(colour, p(rect(-112, -22, 40, 26)));
	s.fill(colour, p(rect(72, -22, 40, 26)));
	s.fill(colour, p(rect(150, -540, 92, 52)));
	// the boom turns at the hinge
	const hinge = [-110, -471], a = boom, end = [hinge[0] - Math.cos(a) * 470, hinge[1] - Math.sin(a) * 470], n = [-Math.sin(a) * 17, Math.cos(a) * 17];
	s.fill(colour, p([[hinge[0] + n[0], hinge[1] + n[1]], [end[0] + n[0] * 0.6, end[1] + n[1] * 0.6], [end[0] - n[0] * 0.6, end[1] - n[1] * 0.6], [hinge[0] - n[0], hinge[1] - n[1]]]));
	for (const t of [0.45, 0.92])
		bar([0, -660], [mix(hinge[0], end[0], t), mix(hinge[1], end[1], t)], 6);
	return t => [x + mix(hinge[0], end[0], t) * k, ground + mix(hinge[1], end[1], t) * k];
}

export function cranes() {
	const s = new Sheet(W, H, { seed: 81 });
	const quay = 850, sky = rect(-20, -20, W + 40, quay + 10);
	s.fill(RUST, s.whole, { cut: 0 });
	const sun = ellipse(560, 520, 176);
	s.hatch(PAPER, sky, rings(560, 520, 24, { wave: 3, from: 200 }), (x, y) => clamp(0.8 - Math.hypot(x - 560, y - 520) / 950 + (cloud(x / 300, y / 80) - 0.5) * 0.5), { gap: 24 });
	s.hatch(INK, sky, parallel(0, 17, { wave: 6, size: 280 }), (x, y) => clamp(0.62 - y / 420 + (cloud(x / 330, y / 70) - 0.5) * 1.3 + Math.max(0, x - 1000) / 2600), { gap: 17, without: [ellipse(560, 520, 196)] });
	s.fill(PAPER, sun);
	for (const x of [1270, 1500])
		crane(s, x, quay - 34, 0.72, 0.95, DEEP);
	const boom1 = crane(s, 620, quay, 1.06, 0, INK);
	crane(s, 1060, quay, 1.16, 1.12, INK);
	// a box on the wires
	const [bx, by] = boom1(0.5);
	s.fill(INK, rect(bx - 34, by - 8, 68, 34));
	for (const d of [-26, 26])
		s.stroke(INK, [[bx + d, by + 20], [bx + d * 2, by + 74]], 4, { taper: 0 });
	box(s, bx - 80, by + 72, 160, 66, DEEP);
	// ship under it
	const ship = [[-20, 640], [372, 640], [372, 700], [-20, 700]];
	s.fill(INK, ship);
	for (let r = 0; r < 3; r++)
		for (let c = 0; c < 4; c++)
			if (!(r === 0 && c > 2))
				box(s, -64 + c * 108, 640 - (3 - r) * 44 + 40 - 40, 102, 40, [ICE, DEEP, RUST, INK][(r * 3 + c * 2) % 4]);
	const hull = [[-20, 664], [404, 664], [388, 1000], [-20, 1000]];
	s.fill(INK, hull);
	s.hatch(ICE, hull, parallel(0, 16, { wave: 2 }), (x, y) => clamp((x - 90) / 420 - (y - 660) / 500), { gap: 16 });
	s.fill(PAPER, rect(-20, 690, 414, 10));
	s.text(PAPER, 330, 760, 44, 'ODA', { anchor: 'end', weight: 800, spacing: 6, face: 'sans' });
	// water, quay wall, stacks
	const water = rect(-20, 930, W + 40, 200);
	s.fill(INK, rect(380, quay - 10, W, 300));
	s.fill(DEEP, water);
	s.hatch(INK, water, parallel(0, 15, { wave: 8, size: 90 }), (x, y) => clamp(0.6 + (cloud(x / 110, y / 24) - 0.5) * 1.3 - Math.exp(-(((x - 560) / 120) ** 2)) * 0.3), { gap: 15 });
	s.gouges(RUST, rect(440, 936, 260, 150), { count: 90, length: [30, 90], width: [3, 7] });
	s.fill(INK, rect(430, quay, W, 86));
	s.hatch(ICE, rect(430, quay + 8, W, 70), parallel(1.57, 42, { wave: 1 }), () => 0.1, { gap: 42 });
	s.stroke(PAPER, [[430, quay], [W + 20, quay]], 6, { taper: 0 });
	for (let c = 0; c < 5; c++)
		for (let r = 0; r < [3, 2, 4, 3, 3][c]; r++)
			box(s, 770 + c * 172, quay - 2 - (r + 1) * 68, 166, 64, [DEEP, RUST, ICE, PAPER, INK][(c * 2 + r * 3) % 5]);
	return s.svg();
}

function box(s, x, y, w, h, colour) {
	s.fill(INK, rect(x - 3, y - 3, w + 6, h + 6), { cut: 0.8 });
	s.fill(colour, rect(x + 2, y + 2, w - 4, h - 4), { cut: 0.8 });
	s.hatch(colour === INK ? DEEP : INK, rect(x + 6, y + 6, w - 12, h - 12), parallel(1.57, 11, { wave: 0.6 }), (px, py) => 0.3 + (py - y) / h * 0.25, { gap: 11 });
}

/* A wall of steel, a rope ladder, one person on it, and the sea. */
export function pilotLadder() {
	const s = new Sheet(W, H, { seed: 91 });
	s.fill(DEEP, s.whole, { cut: 0 });
	const wall = curve([[470, -60, 1], [476, 300], [500, 620], [560, 1130, 1], [1660, 1130, 1], [1660, -60, 1]]);
	// night sky and sea to the left
	s.hatch(INK, rect(-20, -20, 620, 600), parallel(0, 15, { wave: 6, size: 200 }), (x, y) => clamp(0.95 - y / 780 + (cloud(x / 200, y / 60) - 0.5) * 0.9), { gap: 15 });
	const sea = curve([[-40, 566, 1], [60, 580], [180, 560], [300, 588], [420, 566], [620, 590, 1], [900, 1130, 1], [-40, 1130, 1]]);
	s.fill(INK, sea);
	s.hatch(ICE, sea, parallel(0.02, 22, { wave: 26, size: 70 }), (x, y) => clamp((cloud(x / 95, y / 40) - 0.46) * 2.2 * (0.35 + (y - 560) / 900)), { gap: 22 });
	s.fill(RUST, wall);
	s.hatch(INK, wall, parallel(1.57, 17, { wave: 5, size: 220 }), (x, y) => clamp(0.16 + (x - 640) / 1150 + y / 2600 + (cloud(x / 70, y / 420) - 0.5) * 0.85), { gap: 17 });
	// plates and rivets
	for (const x of [760, 1040, 1330])
		s.stroke(INK, [[x, -20], [x + 14, 540], [x + 40, 1100]], 7, { taper: 0 });
	for (const y of [180, 470, 772]) {
		s.stroke(INK, [[474, y], [1000, y - 8], [1640, y - 14]], 7, { taper: 0 });
		for (let x = 500; x < 1600; x += 34)
			s.fill(INK, ellipse(x, y + 18 - (x - 474) / 90, 3.6, 3.6, 0, 2 * Math.PI, 8), { cut: 0 });
	}
	// boot-top: where the paint changes
	s.fill(INK, [[540, 930], [1640, 904], [1640, 1120], [556, 1120]]);
	s.hatch(DEEP, [[546, 936], [1640, 908], [1640, 1120], [560, 1120]], parallel(-0.02, 15, { wave: 3 }), (x, y) => clamp(0.5 - (x - 600) / 1500 + (cloud(x / 200, y / 40) - 0.5)), { gap: 15 });
	[['8', 300], ['6', 450], ['4', 600], ['2', 750]].forEach(([t, y]) => s.text(PAPER, 1470, y, 60, t, { weight: 800, face: 'sans', anchor: 'middle' }));
	for (const y of [375, 525, 675])
		s.fill(PAPER, rect(1440, y - 26, 60, 9));
	// the ladder: the light of the boat falls on it from below left
	const lx = 690;
	s.hatch(PAPER, [[540, -20], [930, -20], [860, 940], [560, 940]], parallel(1.57, 17, { wave: 5, size: 220 }), (x, y) => clamp(0.85 - Math.abs(x - lx - 10) / 150 - Math.abs(y - 440) / 900), { gap: 17 });
	for (const side of [-1, 1])
		s.stroke(INK, [[lx + side * 36, -30], [lx + side * 37, 400], [lx + side * 38, 880]], 7, { taper: 0 });
	for (let i = 0; i < 25; i++) {
		const y = 14 + i * 36, tilt = i === 21 ? 17 : (noise(i * 3, 8) - 0.5) * 6, wide = i % 9 === 6 ? 108 : 47;
		s.fill(INK, [[lx - wide, y - 5 - tilt], [lx + wide, y - 5 + tilt], [lx + wide, y + 8 + tilt], [lx - wide, y + 8 - tilt]]);
		s.stroke(PAPER, [[lx - wide + 6, y - 2 - tilt], [lx + wide - 6, y - 2 + tilt]], 2.4, { taper: 0.1 });
	}
	climber(s, lx, 560);
	boat(s, 270, 880);
	return s.svg();
}

function climber(s, x, y) {
	const p = pts => pts.map(([a, b, c]) => [x + a * 0.56, y + b * 0.56, c]);
	const body = curve(p([[-60, -128, 1], [-30, -140], [30, -140], [58, -128], [74, -60], [66, 30], [62, 70], [-58, 70], [-66, 20], [-74, -60]]));
	const legL = curve(p([[-58, 50, 1], [-66, 130], [-50, 176], [-58, 230], [-72, 262], [-20, 262], [-16, 180], [-4, 70, 1]]));
	const legR = curve(p([[-6, 60, 1], [14, 120], [64, 136], [40, 200], [34, 214], [86, 214], [104, 140], [92, 104], [60, 50, 1]]));
	const armL = curve(p([[-58, -128, 1], [-98, -170], [-84, -262], [-62, -282], [-42, -268], [-54, -196], [-30, -140, 1]]));
	const armR = curve(p([[56, -128, 1], [96, -150], [98, -204], [84, -226], [62, -216], [62, -180], [30, -140, 1]]));
	const all = [legL, legR, armL, armR, body];
	for (const part of all)
		s.stroke(PAPER, part.concat([part[0]]), 8, { taper: 0 });
	for (const part of [legL, legR, armL, armR])
		s.fill(INK, part);
	s.fill(RUST, body);
	s.hatch(INK, body, parallel(1.5, 12, { wave: 2 }), a => clamp((a - x + 12) / 90), { gap: 12 });
	for (const b of [-92, 6])
		s.fill(PAPER, p([[-72, b], [72, b], [72, b + 20], [-70, b + 20]]), { cut: 0.8 });
	const head = p(ellipse(2, -176, 38, 42));
	s.stroke(PAPER, head.concat([head[0]]), 8, { taper: 0 });
	s.fill(INK, head);
	s.fill(PAPER, curve(p([[-46, -164, 1], [-44, -206], [-24, -234], [2, -240], [28, -234], [48, -206], [50, -164, 1], [2, -156]])));
	s.stroke(INK, p([[2, -238], [2, -170]]), 4, { taper: 0.2 });
	// satchel
	s.stroke(INK, p([[44, -134], [-40, 30]]), 8, { taper: 0 });
	s.fill(INK, p([[-96, 10], [-34, 22], [-42, 84], [-102, 72]]));
}

function boat(s, x, y) {
	const p = pts => pts.map(([a, b, c]) => [x + a, y + b, c]);
	const hull = curve(p([[-230, -30, 1], [150, -40, 1], [250, -70, 1], [212, 20], [160, 62], [-190, 62], [-226, 20]]));
	s.fill(PAPER, p([[-130, -34], [-112, -128], [60, -128], [84, -38]]));
	s.fill(INK, p([[-140, -120], [-132, -146], [66, -146], [76, -120]]));
	for (const a of [-98, -48, 2])
		s.fill(INK, p([[a, -112], [a + 38, -112], [a + 42, -74], [a - 2, -74]]), { cut: 0.8 });
	s.stroke(INK, p([[-40, -140], [-40, -230]]), 8, { taper: 0 });
	s.fill(PAPER, p(ellipse(-40, -214, 12)));
	s.fill(RUST, p(ellipse(-40, -186, 12)));
	s.fill(INK, hull.map(([a, b]) => [x + (a - x) * 1.03, y + (b - y) * 1.06 + 2]));
	s.fill(PAPER, hull);
	s.hatch(INK, hull, parallel(-0.03, 12, { wave: 2 }), (a, b) => clamp((b - y + 20) / 90 + (x - a) / 700), { gap: 12 });
	s.text(INK, x - 60, y + 6, 44, 'PILOT', { weight: 800, face: 'sans', spacing: 8, anchor: 'middle' });
	s.gouges(PAPER, rect(x - 290, y + 36, 580, 60), { count: 170, length: [24, 80], width: [3, 8], angle: (a) => (a - x) / 1400 });
}

/* The clock in the hall at Kettlehaven, boxes on the floor, buyers on the steps. */
export function auction() {
	const s = new Sheet(W, H, { seed: 101 });
	s.fill(PAPER, s.whole, { cut: 0 });
	const wall = rect(-20, -20, W + 40, 560);
	s.fill(ICE, wall, { cut: 0 });
	s.hatch(DEEP, wall, rings(800, 250, 19, { wave: 2, from: 232 }), (x, y) => clamp((Math.hypot(x - 800, y - 250) - 190) / 760 + (cloud(x / 180, y / 180) - 0.5) * 0.5), { gap: 19 });
	// trusses of the hall
	for (const [x, d] of [[0, 1], [1600, -1]]) {
		s.fill(INK, [[x - d * 20, -20], [x + d * 470, -20], [x + d * 430, 24], [x + d * 110, 150], [x + d * 84, 560], [x - d * 20, 560]]);
		for (let i = 0; i < 5; i++)
			s.fill(ICE, [[x + d * (64 + i * 62), 118 - i * 26], [x + d * (100 + i * 62), 12], [x + d * (126 + i * 62), 92 - i * 26]].map(([a, b]) => [a, Math.max(8, b)]), { cut: 0.8 });
	}
	clock(s, 800, 250, 216);
	// heads of the buyers
	const next = random(4);
	for (let row = 0; row < 2; row++)
		for (let i = 0; i < 11; i++) {
			const x = 90 + i * 146 + row * 70 + (next() - 0.5) * 34, y = 520 + row * 62 + (next() - 0.5) * 16, k = 0.86 + row * 0.2;
			if (row === 0 && Math.abs(x - 800) < 120)
				continue;
			buyer(s, x, y, k, Math.floor(next() * 4), next() < 0.3);
		}
	// floor
	const floor = rect(-20, 664, W + 40, 440);
	s.fill(INK, floor);
	for (let r = 0; r < 3; r++) {
		const y = 690 + r * r * 22 + r * 98, h = 84 + r * 34, w = 236 + r * 92;
		for (let c = -1; c < 9; c++) {
			const x = 800 + (c - 3.5 + (r % 2) * 0.5) * (w + 26);
			if (x > -w && x < W + 20)
				fishBox(s, x - w / 2, y, w, h, r, c);
		}
	}
	return s.svg();
}

function clock(s, cx, cy, r) {
	s.fill(INK, ellipse(cx, cy, r + 22));
	s.fill(PAPER, ellipse(cx, cy, r));
	for (let i = 0; i < 100; i++) {
		const a = -Math.PI / 2 + i / 100 * 2 * Math.PI, q = i % 10 === 0 ? 0.84 : i % 5 === 0 ? 0.89 : 0.92;
		s.line(INK, [[cx + Math.cos(a) * r * q, cy + Math.sin(a) * r * q], [cx + Math.cos(a) * r * 0.94, cy + Math.sin(a) * r * 0.94], [cx + Math.cos(a) * r * 0.97, cy + Math.sin(a) * r * 0.97]], i % 10 === 0 ? 9 : 3.2, { taper: 0 });
	}
	for (let i = 0; i < 10; i++) {
		const a = -Math.PI / 2 + i / 10 * 2 * Math.PI;
		s.text(INK, cx + Math.cos(a) * r * 0.71, cy + Math.sin(a) * r * 0.71 + 14, 38, String(i * 10 || 100), { anchor: 'middle', weight: 800 });
	}
	const a = -Math.PI / 2 + 0.62 * 2 * Math.PI;
	const hand = [[-34, -9], [r * 0.86, -3], [r * 0.92, 0], [r * 0.86, 3], [-34, 9]];
	s.fill(RUST, move(turn(hand, a), cx, cy));
	s.hatch(RUST, [[cx, cy], ...ellipse(cx, cy, r * 0.6, r * 0.6, a, 1.5 * Math.PI, 40)], rings(cx, cy, 17), () => 0.42, { gap: 17 });
	s.fill(INK, ellipse(cx, cy, 26));
	s.fill(RUST, ellipse(cx, cy, 11));
}

function buyer(s, x, y, k, hat, rust) {
	const p = pts => pts.map(([a, b, c]) => [x + a * k, y + b * k, c]);
	const coat = curve(p([[-72, 190, 1], [-70, 110], [-50, 72], [-18, 60], [-16, 44], [16, 44], [18, 60], [50, 72], [70, 110], [72, 190, 1]]));
	s.fill(PAPER, coat.map(([a, b]) => [x + (a - x) * 1.06, b - 4]));
	s.fill(rust ? RUST : INK, coat);
	s.hatch(rust ? INK : DEEP, coat, parallel(1.57, 11, { wave: 3 }), (a) => clamp(Math.abs(a - x) / (90 * k) - 0.1), { gap: 11 });
	const head = p(ellipse(0, 16, 31, 38));
	s.fill(PAPER, p(ellipse(0, 15, 36, 43)));
	s.fill(INK, head);
	if (hat === 0)
		s.fill(RUST, curve(p([[-34, 2, 1], [-32, -24], [0, -38], [32, -24], [34, 2, 1], [0, -6]])));
	else if (hat === 1)
		s.fill(DEEP, curve(p([[-46, 0, 1], [-36, -20], [-20, -34], [24, -34], [38, -18], [46, 0, 1], [0, -8]])));
	else if (hat === 2)
		s.hatch(ICE, head, parallel(1.5, 8, { wave: 2 }), (a, b) => clamp(0.5 - (b - y) / (60 * k)), { gap: 8 });
}

function fishBox(s, x, y, w, h, r, c) {
	s.fill(PAPER, rect(x - 4, y - 4, w + 8, h + 8));
	s.fill((r + c) % 3 === 0 ? RUST : DEEP, rect(x, y, w, h));
	s.fill(INK, rect(x + 12, y + 12, w - 24, h - 24));
	const n = 5 + r;
	for (let i = 0; i < n; i++) {
		const fx = x + 26 + (i + 0.5) * (w - 52) / n, fy = y + h / 2 + (noise(i * 2.3 + c * 7, r) - 0.5) * 8;
		oneFish(s, fx, fy, h - 34, Math.PI / 2 + (noise(i * 5.1, c * 3 + r) - 0.5) * 0.4, (i + c) % 2 ? ICE : PAPER);
	}
}

/* A herring, nose to the right before it is turned. */
function oneFish(s, x, y, l, angle, colour = ICE, detail = true) {
	const p = pts => move(turn(pts.map(([a, b, c]) => [a * l, b * l, c]).map(q => [q[0], q[1]]), angle), x, y);
	const body = p(curve([[0.5, 0.0, 1], [0.42, -0.062], [0.28, -0.105], [0.08, -0.118], [-0.18, -0.075], [-0.34, -0.03], [-0.5, -0.12, 1], [-0.45, 0, 1], [-0.5, 0.12, 1], [-0.34, 0.03], [-0.18, 0.085], [0.08, 0.128], [0.28, 0.112], [0.42, 0.06]]));
	s.fill(colour, body, { cut: 0.6 });
	s.fill(colour, p([[0.06, -0.1], [-0.02, -0.19], [-0.1, -0.09]]), { cut: 0.5 });
	if (!detail)
		return;
	const back = p(curve([[0.46, -0.03, 1], [0.28, -0.1], [0.08, -0.112], [-0.18, -0.07], [-0.4, -0.012, 1], [-0.18, -0.025], [0.08, -0.045], [0.28, -0.045]]));
	s.fill(INK, back, { cut: 0.4 });
	const e = p([[0.4, -0.008]])[0];
	s.fill(INK, ellipse(e[0], e[1], Math.max(2, l * 0.026), undefined, 0, 2 * Math.PI, 12), { cut: 0 });
	s.stroke(INK, p(curve([[0.33, -0.08], [0.295, 0], [0.33, 0.085]], false)), Math.max(1.6, l * 0.016), { taper: 0.2, cut: 0.3 });
	if (l > 70)
		for (let i = 0; i < 3; i++)
			s.stroke(INK, p([[0.24 - i * 0.02, 0.03 + i * 0.03], [0, 0.04 + i * 0.028], [-0.24 + i * 0.06, 0.022 + i * 0.018]]), Math.max(1.4, l * 0.011), { taper: 0.4, cut: 0.4 });
}

/* The shoal turns. One swims the other way. */
export function herring() {
	const s = new Sheet(W, H, { seed: 111 });
	s.fill(INK, s.whole, { cut: 0 });
	s.hatch(DEEP, s.whole, rings(760, 560, 21, { squash: 0.62, wave: 5 }), (x, y) => clamp(0.75 - Math.hypot((x - 500) / 900, (y - 200) / 620) + (cloud(x / 190, y / 120) - 0.5) * 0.8), { gap: 21 });
	const next = random(6), placed = [];
	const cx = 800, cy = 545;
	let guard = 0;
	while (placed.length < 235 && guard++ < 40000) {
		const a = next() * 2 * Math.PI, q = Math.sqrt(next()), x = cx + Math.cos(a) * q * 880, y = cy + Math.sin(a) * q * 560;
		const d = Math.hypot((x - cx) / 1.5, y - cy);
		if (d < 116 || d > 640)
			continue;
		const l = mix(84, 172, clamp(d / 560)) * mix(0.85, 1.15, next());
		if (placed.every(p => Math.hypot((p.x - x) * 0.72, (p.y - y) * 1.5) > (l + p.l) * 0.235))
			placed.push({ x, y, l, d });
	}
	placed.sort((p, q) => p.d - q.d);
	let odd = placed.reduce((best, p) => Math.hypot(p.x - 1150, p.y - 330) < Math.hypot(best.x - 1150, best.y - 330) ? p : best);
	for (const p of placed) {
		const tangent = Math.atan2((p.x - cx) / 1.5 * 0.9, -(p.y - cy) * 1.25) + (noise(p.x / 120, p.y / 120) - 0.5) * 0.5;
		const far = clamp(1.25 - p.d / 560);
		if (p === odd)
			oneFish(s, p.x, p.y, p.l * 1.12, tangent + Math.PI, RUST);
		else
			oneFish(s, p.x, p.y, p.l, tangent, far > 0.74 ? DEEP : noise(p.x / 90, p.y / 90) > 0.52 ? PAPER : ICE, far <= 0.74);
	}
	return s.svg();
}
