// Nodes that show more than the schema says of them.

import { Plugin } from 'prosemirror-state'
import { Decoration, DecorationSet } from 'prosemirror-view'
import { PlacedView } from './placed.js'
import { schema, showPicture } from './schema.js'

// A picture with its alternative text under it, and the caption and credit to write in.
class FigureView {
	constructor(node) {
		this.dom = document.createElement('figure')
		this.image = this.dom.appendChild(document.createElement('img'))
		this.contentDOM = this.dom.appendChild(document.createElement('figcaption'))
		this.update(node)
	}

	update(node) {
		if (node.type !== schema.nodes.figure)
			return false
		const { src, alt } = node.attrs
		showPicture(this.image, src)
		this.image.alt = alt
		this.dom.dataset.alt = alt
		return true
	}

	ignoreMutation(mutation) {
		return mutation.target === this.image || mutation.target === this.dom
	}
}

class TableView {
	constructor(node) {
		this.dom = document.createElement('table')
		this.caption = this.dom.createCaption()
		this.caption.contentEditable = 'false'
		this.contentDOM = this.dom.appendChild(document.createElement('tbody'))
		this.update(node)
	}

	update(node) {
		if (node.type !== schema.nodes.table)
			return false
		this.caption.replaceChildren(...new DOMParser().parseFromString(node.attrs.caption, 'text/html').body.childNodes)
		this.caption.hidden = node.attrs.caption === ''
		return true
	}

	ignoreMutation(mutation) {
		return mutation.target === this.dom || this.caption.contains(mutation.target)
	}
}

// A header cell without a word in it is none to those who have the table read out.
export const emptyHeaders = new Plugin({ props: { decorations({ doc }) {
	const marks = []
	doc.descendants((node, pos) => {
		if (node.type === schema.nodes.table_header && node.textContent === '')
			marks.push(Decoration.node(pos, pos + node.nodeSize, { role: 'cell' }))
		return !node.isTextblock
	})
	return DecorationSet.create(doc, marks)
} } })

export const views = { figure: node => new FigureView(node), table: node => new TableView(node), notice: node => new PlacedView(node) }
