// The people: heads in profile, as on a coin, lit from the front.

import { Sheet, INK, DEEP, ICE, RUST, PAPER, rect, ellipse, curve, parallel, rings, rays, cloud, noise, clamp, step, mix } from '../press.mjs';

const S = 960;

/* The line of a face from hairline to throat; the numbers push forehead, nose, lips and chin out or in. */
function face({ brow = 0, nose = 0, tip = 0, lips = 0, chin = 0, jaw = 0 }) {
	return [[470, 176], [560, 196], [622, 244], [648 + brow, 306], [652 + brow, 352], [638 + brow * 0.4, 386, 1], [658 + nose * 0.5, 424], [690 + nose, 472 + tip], [696 + nose, 494 + tip], [680 + nose * 0.8, 508 + tip * 0.6],
		[648 + nose * 0.2, 516, 1], [652 + lips * 0.6, 532], [666 + lips, 546], [660 + lips * 0.8, 556], [644 + lips * 0.4, 562, 1], [656 + lips * 0.8, 572], [660 + lips * 0.8, 584], [646 + chin * 0.3, 600], [640 + chin * 0.5, 618],
		[650 + chin, 644], [644 + chin, 672], [616 + chin * 0.7, 694 + jaw * 0.3], [570, 694 + jaw], [524, 676 + jaw]];
}

function portrait({ seed, ground, wear, knit, features, hair, after, aged = 0 }) {
	const s = new Sheet(S, S, { seed });
	s.fill(ground, s.whole, { cut: 0 });
	s.hatch(ground === INK ? DEEP : INK, s.whole, rings(470, 430, 20, { wave: 2 }), (x, y) => clamp(mix(0.62, 0.28, step(300, 640, x)) * Math.hypot(x - 470, y - 430) / 560 + (cloud(x / 180, y / 180) - 0.5) * 0.35), { gap: 20 });
	// shoulders
	const bust = curve([[120, 1000, 1], [136, 880], [200, 810], [300, 768], [340, 700], [540, 720], [566, 780], [680, 820], [770, 880], [800, 1000, 1]]);
	s.stroke(PAPER, bust, 14, { taper: 0 });
	s.fill(wear, bust);
	knit(s, bust);
	// head and neck
	const line = face(features);
	const head = curve([...line, [524, 740], [536, 800, 1], [440, 850], [330, 790, 1], [340, 690], [312, 610], [270, 520], [250, 400], [280, 280], [360, 200]]);
	s.stroke(PAPER, head.concat([head[0]]), 14, { taper: 0 });
	s.fill(PAPER, head);
	const tone = (x, y) => {
		const edge = 650 - Math.max(0, Math.abs(y - 430) - 160) * 0.25;
		const cheek = Math.exp(-(((x - 560) / 60) ** 2) - (((y - 560) / 70) ** 2)) * 0.22;
		const under = step(650, 730, y) * step(640, 540, x) * 0.75;
		const socket = Math.exp(-(((x - 612) / 34) ** 2) - (((y - 392) / 26) ** 2)) * 0.5;
		return clamp((edge - 108 - x) / 270 + cheek + under + socket + aged * (noise(x / 30, y / 22) - 0.45) * 0.35);
	};
	s.hatch(INK, head, parallel(-0.5, 13, { wave: 3, size: 120, bend: (x, y) => -(((x - 420) / 200) ** 2) * 10 }), tone, { gap: 13 });
	s.hatch(INK, head, parallel(0.9, 14, { wave: 3, size: 120 }), (x, y) => clamp(tone(x, y) - 0.55) * 0.9, { gap: 14 });
	// ear
	const ear = curve([[430, 400], [462, 392], [476, 424], [466, 470], [444, 504], [428, 486], [424, 440]]);
	s.fill(PAPER, ear);
	s.stroke(INK, ear.concat([ear[0]]), 6, { taper: 0.1 });
	s.stroke(INK, curve([[440, 416], [458, 420], [452, 456], [440, 470]], false), 5);
	// eye, brow, nostril, mouth, jaw
	const b = features.brow ?? 0;
	s.stroke(INK, curve([[556, 352], [596, 330], [640 + b, 340]], false), 13, { taper: 0.3 });
	s.stroke(INK, curve([[574, 398], [602, 382], [632, 390]], false), 9, { taper: 0.25 });
	s.fill(INK, curve([[606, 386], [626, 388], [628, 404], [612, 410]]));
	s.stroke(INK, curve([[584, 410], [606, 418], [628, 412]], false), 4.5, { taper: 0.4 });
	const n = (features.nose ?? 0) * 0.6;
	s.stroke(INK, curve([[640 + n, 492], [650 + n, 478], [664 + n, 482]], false), 7, { taper: 0.3 });
	s.stroke(INK, curve([[600, 566], [622, 560], [652, 563]], false), 7.5, { taper: 0.35 });
	s.stroke(INK, curve([[450, 560], [474, 620], [520, 668], [570, 688]], false), 5, { taper: 0.5 });
	hair(s, head, ear);
	after?.(s, head);
	return s.svg({ rough: 4, salt: 0.7 });
}

/* Locks: dark mass with light cut along the fall of it. */
function locks(s, shape, family, light, { colour = INK, cut = PAPER, gap = 14 } = {}) {
	s.stroke(PAPER, shape.concat([shape[0]]), 11, { taper: 0 });
	s.fill(colour, shape);
	s.hatch(cut, shape, family, light, { gap, breaks: 0.03 });
}

const jersey = (gap = 24) => (s, bust) => s.hatch(INK, bust, parallel(0, gap, { wave: 0, bend: x => Math.abs(((x - 460) / 34 + 1000.5) % 1 - 0.5) * 24 - Math.abs(x - 460) * 0.12 }), (x, y) => clamp(0.34 + (460 - x) / 600 + (y - 800) / 500), { gap });
const cloth = angle => (s, bust) => s.hatch(INK, bust, parallel(angle, 17, { wave: 8, size: 120 }), (x, y) => clamp(0.36 + (470 - x) / 620 + (cloud(x / 120, y / 90) - 0.5) * 0.8), { gap: 17 });

function collar(s, colour, high = 0) {
	const shape = curve([[318, 800, 1], [336, 706 - high], [420, 748], [530, 730 - high * 0.6], [566, 800, 1], [450, 862]]);
	s.stroke(INK, shape.concat([shape[0]]), 12, { taper: 0 });
	s.fill(colour, shape);
	s.hatch(INK, shape, parallel(1.45, 18, { wave: 2 }), x => clamp(0.3 + (440 - x) / 300), { gap: 18 });
}

function spectacles(s) {
	s.fill(PAPER, ellipse(612, 400, 50, 44));
	s.stroke(INK, curve([[582, 398], [606, 386], [634, 392]], false), 9, { taper: 0.25 });
	s.fill(INK, curve([[610, 390], [630, 392], [630, 408], [614, 412]]));
	s.stroke(INK, ellipse(612, 400, 50, 44).concat([[662, 400]]), 9, { taper: 0 });
	s.stroke(INK, [[562, 394], [500, 398], [446, 408]], 9, { taper: 0 });
}

/* Ines Calloway: knot at the neck, roll-neck jersey. */
export const portraitInesCalloway = () => portrait({
	seed: 1, ground: ICE, wear: RUST, knit: jersey(), features: { brow: -4, nose: -8, tip: -2, lips: 4, chin: -4 },
	hair(s) {
		const mass = curve([[598, 212], [520, 152], [420, 140], [310, 176], [236, 270], [222, 400], [246, 510], [300, 580], [350, 600], [396, 560], [420, 500], [424, 420], [440, 380], [500, 350], [560, 290], [604, 258]]);
		locks(s, mass, rings(640, 330, 15, { wave: 5 }), (x, y) => clamp(0.32 + (x - 330) / 560 + (noise(x / 20, y / 60) - 0.5) * 0.9 - (y - 200) / 700));
		const knot = ellipse(262, 590, 92, 84);
		locks(s, knot, rings(268, 586, 13, { wave: 3 }), (x, y) => clamp(0.4 + (x - 280) / 200 + (noise(x / 16, y / 16) - 0.5)));
	},
	after: s => collar(s, RUST, 10),
});

/* Davit Merle: spectacles, beard, tie. */
export const portraitDavitMerle = () => portrait({
	seed: 2, ground: DEEP, wear: INK, knit: (s, bust) => {
		s.hatch(ICE, bust, parallel(1.3, 19, { wave: 3 }), (x, y) => clamp(0.14 + (x - 560) / 700), { gap: 19 });
		s.fill(PAPER, [[500, 760], [560, 750], [640, 1000], [520, 1000]]);
		s.fill(RUST, [[548, 770], [578, 782], [604, 1000], [556, 1000]]);
	}, features: { brow: 6, nose: 4, tip: -4, lips: -6, chin: 8, jaw: 6 },
	hair(s) {
		const mass = curve([[606, 222], [560, 168], [440, 140], [320, 174], [248, 262], [238, 380], [262, 480], [300, 560], [340, 600], [380, 560], [412, 500], [418, 420], [432, 392], [470, 330], [500, 270], [560, 250]]);
		locks(s, mass, parallel(0.7, 14, { wave: 16, size: 60 }), (x, y) => clamp(0.22 + (x - 330) / 600 + (noise(x / 22, y / 22) - 0.5) * 0.9));
		const beard = curve([[450, 500, 1], [478, 560], [540, 600], [590, 596], [640, 604], [668, 640], [664, 704], [620, 740], [550, 734], [480, 690], [436, 620], [424, 520, 1]]);
		locks(s, beard, parallel(1.2, 13, { wave: 9, size: 50 }), (x, y) => clamp(0.18 + (x - 480) / 420 + (noise(x / 14, y / 26) - 0.5) * 0.9), { gap: 13 });
		const lip = curve([[606, 540, 1], [640, 522], [672, 536], [668, 556], [630, 556], [600, 574, 1]]);
		locks(s, lip, parallel(1.1, 11, { wave: 3 }), () => 0.25, { gap: 11 });
	},
	after: spectacles,
});

/* Hanna Ruske: cropped white hair, scarf. */
export const portraitHannaRuske = () => portrait({
	seed: 3, ground: ICE, wear: DEEP, knit: cloth(1.2), aged: 1, features: { brow: -2, nose: -6, tip: 4, lips: -8, chin: 2 },
	hair(s) {
		const mass = curve([[612, 236], [566, 160], [450, 126], [330, 156], [246, 244], [224, 370], [250, 470], [300, 530], [352, 560], [400, 540], [424, 490], [416, 420], [440, 396], [480, 380], [520, 330], [560, 300], [590, 300]]);
		s.stroke(INK, mass.concat([mass[0]]), 16, { taper: 0 });
		s.fill(PAPER, mass);
		s.hatch(INK, mass, rings(600, 380, 14, { wave: 9 }), (x, y) => clamp(0.18 + (420 - x) / 420 + (noise(x / 18, y / 30) - 0.5) * 0.8), { gap: 14, breaks: 0.05 });
	},
	after(s) {
		const scarf = curve([[300, 790], [310, 700], [380, 716], [470, 746], [548, 720], [590, 770], [560, 840], [450, 876], [340, 850]]);
		s.stroke(PAPER, scarf.concat([scarf[0]]), 12, { taper: 0 });
		s.fill(RUST, scarf);
		s.hatch(INK, scarf, parallel(0.25, 19, { wave: 12, size: 70 }), (x, y) => clamp(0.3 + (430 - x) / 400 + (noise(x / 40, y / 14) - 0.5) * 0.7), { gap: 19 });
		s.fill(RUST, curve([[500, 850, 1], [560, 820, 1], [620, 1000, 1], [520, 1000, 1]]));
		s.hatch(INK, [[500, 850], [560, 820], [620, 1000], [520, 1000]], parallel(1.25, 15, { wave: 4 }), () => 0.34, { gap: 15 });
	},
});

/* Samuel Oduya: the cap of a harbour master, grey beard close to the jaw. */
export const portraitSamuelOduya = () => portrait({
	seed: 4, ground: ICE, wear: INK, knit: (s, bust) => {
		s.hatch(DEEP, bust, parallel(1.5, 18, { wave: 4 }), (x) => clamp(0.2 + (x - 380) / 700), { gap: 18 });
		for (const y of [860, 930])
			s.fill(RUST, ellipse(612, y, 15));
	}, aged: 0.7, features: { brow: 8, nose: 10, tip: 2, lips: 16, chin: 8, jaw: 8 },
	hair(s, head) {
		// darker skin: a second set of lines over the whole head
		s.hatch(INK, head, parallel(-0.5, 13, { wave: 3, size: 120, bend: x => -(((x - 420) / 200) ** 2) * 10 }), (x, y) => clamp(0.66 + (560 - x) / 380 - Math.exp(-(((x - 590) / 46) ** 2) - (((y - 480) / 60) ** 2)) * 0.34), { gap: 13 });
		const ear = curve([[430, 400], [462, 392], [476, 424], [466, 470], [444, 504], [428, 486], [424, 440]]);
		s.stroke(PAPER, ear.concat([ear[0]]), 5, { taper: 0.1 });
		s.stroke(PAPER, curve([[600, 400], [616, 392], [634, 396]], false), 5, { taper: 0.3 });
		s.fill(PAPER, curve([[584, 402], [602, 394], [604, 408], [592, 412]]));
		s.stroke(PAPER, curve([[606, 578], [628, 572], [650, 574]], false), 4, { taper: 0.4 });
		const beard = curve([[446, 470, 1], [470, 560], [530, 612], [580, 606], [634, 612], [664, 640], [664, 692], [610, 722], [540, 714], [476, 676], [432, 600], [420, 480, 1]]);
		s.fill(PAPER, beard);
		s.hatch(INK, beard, parallel(1.15, 12, { wave: 7, size: 40 }), (x, y) => clamp(0.4 + (520 - x) / 420 + (noise(x / 12, y / 20) - 0.5) * 0.9), { gap: 12 });
		s.stroke(INK, beard.concat([beard[0]]), 6, { taper: 0 });
	},
	after(s) {
		const nape = curve([[250, 400, 1], [252, 500], [288, 580], [330, 590], [384, 540], [410, 470], [420, 372, 1], [300, 360]]);
		s.fill(INK, nape);
		s.gouges(PAPER, nape, { count: 120, length: [8, 18], width: [3, 5], angle: (x, y) => (x + y) / 30 });
		const crown = curve([[226, 320, 1], [196, 236], [240, 160], [380, 112], [540, 112], [656, 168], [664, 228], [640, 290, 1], [430, 268]]);
		s.stroke(PAPER, crown.concat([crown[0]]), 12, { taper: 0 });
		s.fill(DEEP, crown);
		s.hatch(INK, crown, parallel(-0.12, 15, { wave: 5 }), (x, y) => clamp(0.7 + (330 - x) / 420 - (280 - y) / 600), { gap: 15 });
		const band = curve([[228, 318, 1], [430, 262], [640, 286, 1], [646, 346, 1], [430, 330], [232, 392, 1]]);
		s.stroke(PAPER, band.concat([band[0]]), 8, { taper: 0 });
		s.fill(INK, band);
		const peak = curve([[560, 316, 1], [640, 320], [740, 368], [748, 388], [690, 378], [600, 360], [540, 350, 1]]);
		s.stroke(PAPER, peak.concat([peak[0]]), 9, { taper: 0 });
		s.fill(INK, peak);
		s.fill(RUST, ellipse(598, 262, 30, 36));
		s.stroke(PAPER, [[598, 238], [598, 284]], 6, { taper: 0 });
		s.stroke(PAPER, curve([[580, 270], [598, 288], [616, 270]], false), 6, { taper: 0.1 });
	},
});

/* Elin Marrak: a black fringe, a long earring, a wide collar. */
export const portraitElinMarrak = () => portrait({
	seed: 5, ground: RUST, wear: INK, knit: (s, bust) => s.hatch(DEEP, bust, parallel(-0.4, 17, { wave: 6 }), (x, y) => clamp(0.2 + (x - 430) / 600), { gap: 17 }), features: { brow: -6, nose: -12, tip: -8, lips: 8, chin: -8 },
	hair(s) {
		const mass = curve([[628, 250, 1], [646, 330, 1], [600, 334], [540, 340, 1], [500, 400], [488, 500], [496, 600], [470, 648, 1], [380, 666], [290, 650, 1], [236, 560], [206, 420], [230, 270], [310, 170], [430, 130], [540, 156]]);
		locks(s, mass, rings(700, 640, 16, { squash: 1.25, wave: 3 }), (x, y) => clamp(Math.exp(-(((Math.hypot(x - 700, (y - 640) / 1.25) - 380) / 52) ** 2)) * 0.72 + (noise(x / 14, y / 50) - 0.5) * 0.5 - 0.06), { cut: ICE });
		s.hatch(ICE, [[540, 330], [560, 200], [640, 250], [646, 330]], parallel(1.35, 14, { wave: 2 }), (x, y) => clamp((y - 200) / 240 - 0.15), { gap: 14 });
	},
	after(s) {
		s.stroke(INK, [[508, 560], [512, 610]], 5, { taper: 0 });
		s.fill(RUST, [[512, 606], [536, 652], [512, 700], [488, 652]]);
		s.stroke(INK, [[512, 606], [536, 652], [512, 700], [488, 652], [512, 606]], 5, { taper: 0 });
		const wide = curve([[250, 830, 1], [318, 752, 1], [430, 800], [548, 752, 1], [650, 836, 1], [560, 900], [450, 850], [340, 900]]);
		s.fill(PAPER, wide);
		s.stroke(INK, wide.concat([wide[0]]), 10, { taper: 0 });
		s.hatch(INK, wide, parallel(0.1, 16, { wave: 4 }), x => clamp((470 - x) / 360), { gap: 16 });
	},
});

/* Ingrid Sorley: a knitted cap, a plait, oilskin. */
export const portraitIngridSorley = () => portrait({
	seed: 6, ground: DEEP, wear: RUST, knit: (s, bust) => {
		s.hatch(INK, bust, parallel(-0.9, 18, { wave: 8 }), (x, y) => clamp(0.2 + (430 - x) / 500 + (cloud(x / 100, y / 100) - 0.5) * 0.7), { gap: 18 });
		s.stroke(INK, [[560, 780], [606, 880], [616, 1000]], 10, { taper: 0 });
		for (const y of [860, 940])
			s.fill(PAPER, rect(570, y, 44, 14));
	}, features: { brow: 0, nose: -8, tip: -10, lips: 2, chin: 6, jaw: -2 },
	hair(s) {
		const fall = curve([[600, 270, 1], [540, 350], [476, 390], [440, 400], [428, 470], [400, 540], [340, 610], [290, 600], [250, 500], [236, 380], [260, 290, 1]]);
		locks(s, fall, rings(640, 240, 15, { wave: 5 }), (x, y) => clamp(0.3 + (x - 330) / 460 + (noise(x / 18, y / 50) - 0.5) * 0.8), { colour: RUST, cut: PAPER });
		s.hatch(INK, fall, rings(640, 240, 15, { wave: 5 }), (x, y) => clamp((400 - x) / 260 + (noise(x / 18, y / 50) - 0.5) * 0.4), { gap: 15 });
		// the plait over the shoulder
		for (let i = 0; i < 6; i++) {
			const x = 290 + i * 12, y = 610 + i * 56, k = 1 - i * 0.07, lobe = curve([[x - 42 * k, y - 26], [x, y - 44], [x + 44 * k, y - 22], [x + 34 * k, y + 26], [x, y + 44], [x - 36 * k, y + 26]]);
			s.stroke(PAPER, lobe.concat([lobe[0]]), 9, { taper: 0 });
			s.fill(RUST, lobe);
			s.hatch(INK, lobe, parallel(i % 2 ? 0.7 : 2.4, 13, { wave: 2 }), a => clamp(0.34 + (x - a) / 120), { gap: 13 });
		}
	},
	after(s) {
		const cap = curve([[218, 318, 1], [210, 230], [270, 130], [400, 82], [530, 104], [618, 180], [646, 268, 1], [430, 256]]);
		s.stroke(PAPER, cap.concat([cap[0]]), 12, { taper: 0 });
		s.fill(ICE, cap);
		s.hatch(INK, cap, rays(424, 60, 90, { wave: 0.004 }), (x, y) => clamp(0.3 + (420 - x) / 420 + (noise(x / 12, y / 14) - 0.5) * 0.6), { gap: 17 });
		const fold = curve([[206, 322, 1], [430, 240], [650, 262, 1], [662, 330, 1], [430, 320], [216, 402, 1]]);
		s.stroke(PAPER, fold.concat([fold[0]]), 9, { taper: 0 });
		s.fill(ICE, fold);
		s.hatch(INK, fold, parallel(1.45, 21, { wave: 1 }), x => clamp(0.34 + (420 - x) / 420), { gap: 21 });
		s.stroke(INK, fold.concat([fold[0]]), 5, { taper: 0 });
	},
});
