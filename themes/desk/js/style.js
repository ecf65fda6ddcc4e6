// Hints of the house style are taken over in the form: the words are written in the place of those that the hint is about, as if somebody had
// typed them, so that they can be undone and are kept like anything else. What is searched is what is seen: fields, and the writing surface.

const LETTER = /[\p{L}\p{N}\p{M}]/u

// Where the words stand in the text as whole words, or -1.
function place(text, words) {
	for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
		const before = text[at - 1] ?? ' ', after = text[at + words.length] ?? ' '
		const inside = (a, b) => LETTER.test(a) && LETTER.test(b) && /[^\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u.test(b)
		if (!inside(before, words[0]) && !inside(after, words.at(-1)))
			return at
	}
	return -1
}

function inField(field, words) {
	const at = place(field.value, words)
	if (at < 0)
		return false
	field.focus()
	field.setSelectionRange(at, at + words.length)
	return true
}

function inSurface(surface, words) {
	const walker = document.createTreeWalker(surface, NodeFilter.SHOW_TEXT)
	while (walker.nextNode()) {
		const at = place(walker.currentNode.data, words)
		if (at < 0)
			continue
		surface.focus()
		getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length)
		return true
	}
	return false
}

function take(button) {
	const { take: words, with: instead } = button.dataset
	const form = button.closest('form')
	const fields = ['title', 'subtitle', 'summary', 'body'].map(name => form.elements[name]).filter(field => field?.offsetParent)
	const surfaces = [...form.querySelectorAll('[contenteditable=true]')]
	if (!fields.some(field => inField(field, words)) && !surfaces.some(surface => inSurface(surface, words)))
		return false
	return document.execCommand('insertText', false, instead)
}

for (const button of document.querySelectorAll('button[data-take]')) {
	button.hidden = false
	button.addEventListener('click', () => {
		const item = button.closest('li')
		if (take(button))
			item.toggleAttribute('data-done', true)
		button.disabled = true
	})
}
