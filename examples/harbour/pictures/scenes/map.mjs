// The map that stands in the text: the Keld Sea and the places the paper writes about.

import { Sheet, handCut, INK, DEEP, ICE, RUST, PAPER, rect, ellipse, curve, parallel, cloud, clamp, step } from '../press.mjs';

const W = 1600, H = 1200;

export function mapKeldSea() {
	const s = new Sheet(W, H, { seed: 201 });
	s.fill(ICE, s.whole, { cut: 0 });
	const west = curve([[-60, -60, 1], [640, -60, 1], [600, 40], [520, 90], [560, 180], [470, 240], [500, 330], [410, 390], [440, 470], [380, 540], [330, 640], [380, 720], [300, 790], [250, 880], [310, 960], [400, 1010], [470, 1090], [480, 1260, 1], [-60, 1260, 1]], true, 12);
	const east = curve([[1700, -60, 1], [980, -60, 1], [1040, 30], [1130, 60], [1120, 160], [1230, 220], [1220, 320], [1310, 380], [1300, 490], [1370, 560], [1330, 660], [1240, 740], [1270, 830], [1150, 900], [1010, 940], [860, 1000], [740, 1050], [640, 1130], [620, 1260, 1], [1700, 1260, 1]], true, 12);
	const islands = [curve([[800, 500], [850, 482], [880, 520], [860, 560], [812, 556]]), curve([[900, 560], [940, 552], [950, 590], [914, 604]]), curve([[770, 590], [800, 584], [806, 610], [778, 616]]), curve([[720, 168], [744, 160], [752, 182], [730, 192]])];
	// a coast is never as smooth as the knife would have it
	const land = [west, east, ...islands].map((shape, i) => handCut(handCut(shape, i < 2 ? 20 : 9, 62), 5, 19));
	// lines of water, closer at the shore, as the old charts have them
	for (let k = 3; k >= 1; k--)
		for (const shape of land)
			s.stroke(DEEP, shape.concat([shape[0]]), 12 + k * 21, { taper: 0, uneven: 0 }), s.stroke(ICE, shape.concat([shape[0]]), 12 + k * 21 - 5, { taper: 0, uneven: 0 });
	// the ice of 20 November
	const ice = curve([[440, -60, 1], [1120, -60, 1], [1140, 60], [1160, 200], [1060, 260], [960, 230], [860, 270], [760, 250], [640, 300], [500, 260], [480, 100]]);
	s.hatch(PAPER, ice, parallel(0.75, 17, { wave: 4 }), (x, y) => clamp(0.85 - step(60, 290, y) * 0.5), { gap: 17, without: land });
	for (const shape of land) {
		s.fill(PAPER, shape);
		s.hatch(INK, shape, parallel(0.9, 16, { wave: 9, size: 90 }), (x, y) => clamp((cloud(x / 150, y / 150) - 0.55) * 1.6), { gap: 16 });
		s.stroke(INK, shape.concat([shape[0]]), 6, { taper: 0 });
	}
	// the river, the wind farm, the fairway
	s.stroke(DEEP, curve([[-40, 250], [90, 290], [200, 260], [320, 310], [420, 388]], false), 8, { taper: 0 });
	for (let i = 0; i < 4; i++)
		for (let j = 0; j < 3; j++)
			s.stroke(INK, [[424 + i * 22 + j * 9, 800 + j * 22], [424 + i * 22 + j * 9, 784 + j * 22]], 4, { taper: 0 }), s.fill(RUST, ellipse(424 + i * 22 + j * 9, 783 + j * 22, 5), { cut: 0 });
	const fairway = curve([[552, 1240], [548, 1100], [566, 960], [640, 760], [670, 560], [600, 430], [470, 386]], false, 30);
	for (let i = 0; i + 2 < fairway.length; i += 5)
		s.stroke(RUST, fairway.slice(i, i + 4), 6, { taper: 0 });
	const place = (x, y, name, dx, anchor, big) => {
		s.fill(PAPER, ellipse(x, y, 13), { cut: 0 });
		s.fill(INK, ellipse(x, y, 9.5), { cut: 0 });
		label(s, x + dx, y + 11, name, big ? 40 : 33, { anchor, weight: big ? 700 : 600 });
	};
	place(452, 384, 'Port Ansel', -24, 'end', true);
	place(480, 262, 'Grayholm', -24, 'end');
	place(318, 800, 'Kettlehaven', -24, 'end');
	place(1298, 440, 'Ravnik', 26, 'start', true);
	place(846, 522, 'Tolle', 40, 'start');
	place(478, 1092, 'Lomsund', -26, 'end');
	place(736, 176, 'Isk Light', 26, 'start');
	label(s, 402, 872, 'Blackskerry', 29, { italic: true, weight: 500 });
	label(s, 980, 720, 'Keld Sea', 66, { italic: true, weight: 500, spacing: 10, anchor: 'middle' });
	label(s, 850, 100, 'Bight of Isk', 38, { italic: true, weight: 500, anchor: 'middle' });
	label(s, 930, 648, 'Sunder Islands', 33, { italic: true, weight: 500 });
	label(s, 176, 640, 'ALDMARK', 42, { weight: 700, spacing: 9, anchor: 'middle' });
	label(s, 1432, 850, 'TAVLAND', 42, { weight: 700, spacing: 9, anchor: 'middle' });
	label(s, 140, 340, 'Ansel', 27, { italic: true, weight: 500 });
	// scale and frame
	s.fill(PAPER, rect(1170, 1040, 370, 110));
	s.stroke(INK, [[1170, 1040], [1540, 1040], [1540, 1150], [1170, 1150], [1170, 1040]], 5, { taper: 0 });
	for (let i = 0; i < 4; i++)
		s.fill(i % 2 ? PAPER : INK, rect(1200 + i * 75, 1070, 75, 16), { cut: 0 });
	s.stroke(INK, [[1200, 1070], [1500, 1070], [1500, 1086], [1200, 1086], [1200, 1070]], 3, { taper: 0 });
	s.text(INK, 1200, 1128, 30, '0', { anchor: 'middle' });
	s.text(INK, 1350, 1128, 30, '50', { anchor: 'middle' });
	s.text(INK, 1480, 1128, 30, '100 km', { anchor: 'middle' });
	return s.svg({ rough: 1.6, salt: 0.5 });
}

/* Letters with a rim of paper, so that they stand on any ground. */
function label(s, x, y, words, size, options) {
	s.text(PAPER, x, y, size, words, options);
	s.parts.push(s.parts.pop().replace('<text ', `<text stroke="${PAPER}" stroke-width="9" stroke-linejoin="round" `));
	s.text(INK, x, y, size, words, options);
}
