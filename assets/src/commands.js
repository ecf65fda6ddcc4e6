// What the tools and keys do, and what typing does by itself.

import { baseKeymap, chainCommands, exitCode, lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands'
import { closeHistory, redo, undo } from 'prosemirror-history'
import { InputRule, inputRules, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules'
import { Fragment } from 'prosemirror-model'
import { liftListItem, sinkListItem, splitListItem, wrapInList } from 'prosemirror-schema-list'
import { NodeSelection, TextSelection } from 'prosemirror-state'
import { goToNextCell } from 'prosemirror-tables'
import { followNote, insertNote } from './notes.js'
import { schema } from './schema.js'

const { nodes, marks } = schema

export function within(state, type) {
	const { $from } = state.selection
	for (let depth = $from.depth; depth > 0; depth--)
		if ($from.node(depth).type === type)
			return { node: $from.node(depth), depth, pos: $from.before(depth) }
	return null
}

export function markActive({ selection, storedMarks, doc }, type) {
	const { from, to, empty, $from } = selection
	return empty ? Boolean(type.isInSet(storedMarks ?? $from.marks())) : doc.rangeHasMark(from, to, type)
}

const toggleWrap = type => (state, dispatch) => (within(state, type) ? lift(state, dispatch) : wrapIn(type)(state, dispatch))

// The innermost list of either kind becomes the other one, or ends when it is of that kind already.
const toggleList = type => (state, dispatch) => {
	const here = [within(state, nodes.bullet_list), within(state, nodes.ordered_list)].filter(Boolean).sort((a, b) => b.depth - a.depth)[0]
	if (!here)
		return wrapInList(type)(state, dispatch)
	if (here.node.type === type)
		return liftListItem(nodes.list_item)(state, dispatch)
	dispatch?.(state.tr.setNodeMarkup(here.pos, type))
	return true
}

const insertRule = (state, dispatch) => {
	if (within(state, nodes.footnotes))
		return false
	dispatch?.(state.tr.replaceSelectionWith(nodes.rule.create()).scrollIntoView())
	return true
}

const hardBreak = (state, dispatch) => {
	if (!state.selection.$from.parent.inlineContent)
		return false
	dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView())
	return true
}

// A paragraph behind the outermost thing in which the cursor stands.
export const leave = (state, dispatch) => {
	const { $from } = state.selection
	if ($from.depth < 2 && state.selection.node === undefined)
		return false
	const notes = $from.node(1)?.type === nodes.footnotes
	const at = $from.depth === 0 ? state.selection.to : notes ? $from.before(1) : $from.after(1)
	if (dispatch) {
		const tr = state.tr.insert(at, nodes.paragraph.create())
		dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView())
	}
	return true
}

// The selected block changes places with the one before or behind it.
const move = step => (state, dispatch) => {
	const { node, $from, from } = state.selection, { parent } = $from, at = $from.index(), other = node?.isBlock && parent.maybeChild(at + step)
	if (!node?.isBlock)
		return false
	const pair = other && Fragment.from(step < 0 ? [node, other] : [other, node])
	if (!other || !parent.canReplace(Math.min(at, at + step), Math.max(at, at + step) + 1, pair))
		return true
	if (dispatch) {
		const start = step < 0 ? from - other.nodeSize : from, tr = state.tr.replaceWith(start, start + pair.size, pair)
		dispatch(closeHistory(tr).setSelection(NodeSelection.create(tr.doc, step < 0 ? start : start + other.nodeSize)).scrollIntoView())
	}
	return true
}

// From a caption Enter leads on below the picture, and Tab from the caption to the credit.
const leaveFigure = (state, dispatch) => (within(state, nodes.figure) ? leave(state, dispatch) : false)

const style = name => {
	const level = /^h([2-6])$/.exec(name)?.[1]
	return level ? setBlockType(nodes.heading, { level: Number(level) }) : setBlockType(name === 'pre' ? nodes.preformatted : nodes.paragraph)
}

export function styleAt(state) {
	const { parent } = state.selection.$from
	return parent.type === nodes.heading ? `h${parent.attrs.level}` : parent.type === nodes.preformatted ? 'pre' : 'p'
}

export const setStyle = style

export const commands = {
	strong: toggleMark(marks.strong),
	em: toggleMark(marks.em),
	bullets: toggleList(nodes.bullet_list),
	numbers: toggleList(nodes.ordered_list),
	quote: toggleWrap(nodes.blockquote),
	aside: toggleWrap(nodes.aside),
	note: insertNote,
	rule: insertRule,
	undo,
	redo,
}

export const active = {
	strong: state => markActive(state, marks.strong),
	em: state => markActive(state, marks.em),
	link: state => markActive(state, marks.link),
	bullets: state => within(state, nodes.bullet_list) !== null,
	numbers: state => within(state, nodes.ordered_list) !== null,
	quote: state => within(state, nodes.blockquote) !== null,
	aside: state => within(state, nodes.aside) !== null,
}

const headings = Object.fromEntries([2, 3, 4, 5, 6].map(level => [`Mod-Alt-${level}`, style(`h${level}`)]))

export const keys = {
	'Mod-z': undo, 'Mod-Shift-z': redo, 'Mod-y': redo,
	'Mod-b': commands.strong, 'Mod-i': commands.em,
	...headings, 'Mod-Alt-0': style('p'),
	'Mod-Shift-8': commands.bullets, 'Mod-Shift-7': commands.numbers, 'Mod-Shift-9': commands.quote,
	'Alt-ArrowUp': move(-1), 'Alt-ArrowDown': move(1),
	'Mod-]': sinkListItem(nodes.list_item), 'Mod-[': liftListItem(nodes.list_item),
	'Mod-Alt-f': chainCommands(followNote, insertNote),
	'Shift-Enter': chainCommands(exitCode, hardBreak),
	'Mod-Enter': chainCommands(exitCode, leave),
	Enter: chainCommands(splitListItem(nodes.list_item), leaveFigure, followNote, baseKeymap.Enter),
	Tab: goToNextCell(1), 'Shift-Tab': goToNextCell(-1),
}

const notInCode = (pattern, handler) => new InputRule(pattern, (state, match, start, end) =>
	(state.doc.resolve(start).parent.type.spec.code ? null : handler(state, match, start, end)))

export const typing = inputRules({ rules: [
	wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
	wrappingInputRule(/^\s*([-*])\s$/, nodes.bullet_list),
	wrappingInputRule(/^(\d+)\.\s$/, nodes.ordered_list, match => ({ start: match[1] === '1' ? null : match[1] }),
		(match, node) => node.childCount + Number(node.attrs.start ?? 1) === Number(match[1])),
	textblockTypeInputRule(/^(#{2,6})\s$/, nodes.heading, match => ({ level: match[1].length })),
	textblockTypeInputRule(/^```$/, nodes.preformatted),
	notInCode(/^---$/, (state, _, start, end) => state.tr.replaceRangeWith(start, end, nodes.rule.create())),
] })
