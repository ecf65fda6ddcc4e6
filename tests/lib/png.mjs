// What a PNG is made of and checked with: node 18 has no CRC-32 of its own.

import { deflateSync } from 'node:zlib'

export { inflateSync } from 'node:zlib'

const table = Array.from({ length: 256 }, (_, n) => {
	let c = n
	for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
	return c >>> 0
})

export function crc32(bytes) {
	let c = 0xffffffff
	for (const byte of bytes) c = table[(c ^ byte) & 0xff] ^ (c >>> 8)
	return (c ^ 0xffffffff) >>> 0
}

// A grey picture that says it has this size; of one over 100 pixels the rest is missing.
export function png(width, height) {
	const chunk = (type, data) => {
		const body = Buffer.concat([Buffer.from(type), data])
		const ends = Buffer.alloc(8)
		ends.writeUInt32BE(data.length, 0)
		ends.writeUInt32BE(crc32(body), 4)
		return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
	}
	const head = Buffer.alloc(13)
	head.writeUInt32BE(width, 0)
	head.writeUInt32BE(height, 4)
	head.set([8, 0, 0, 0, 0], 8)
	return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head),
		chunk('IDAT', deflateSync(Buffer.alloc(Math.min(height, 100) * (Math.min(width, 100) + 1)))), chunk('IEND', Buffer.alloc(0))])
}
