// What a PNG is checked with: node 18 has no CRC-32 of its own.

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
