// Words and minutes, counted as the site counts them (bs_markup_words): runs without white space; two Han or Kana, or five Thai, Lao, Khmer or
// Myanmar letters are one.

const PAIRS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu
const FIVES = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu
const WORDS_A_MINUTE = 220

export function countWords(text) {
	const pairs = text.match(PAIRS)?.length ?? 0, fives = text.match(FIVES)?.length ?? 0
	const rest = pairs + fives > 0 ? text.replace(PAIRS, ' ').replace(FIVES, ' ') : text
	const runs = rest.match(/\S+/g)?.filter(run => /[\p{L}\p{N}]/u.test(run)).length ?? 0
	return runs + Math.round(pairs / 2 + fives / 5)
}

export const minutesOf = words => Math.ceil(words / WORDS_A_MINUTE)

export function wordsOf(doc) {
	let words = 0
	doc.descendants(node => {
		if (!node.isTextblock)
			return true
		words += countWords(node.textBetween(0, node.content.size, ' ', leaf => (leaf.type.name === 'hard_break' ? ' ' : '')))
		return false
	})
	return words
}
