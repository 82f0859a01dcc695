export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight'

const linksIn = (place: ParentNode) => [...place.querySelectorAll<HTMLElement>('[data-card-link]')]
const middleOf = (element: HTMLElement) => {
  const { top, height } = element.getBoundingClientRect()
  return top + height / 2
}

/**
 * The card an arrow leads to: its neighbour in the column, or the card at about the same height in the nearest column
 * that has any. Undefined at the edges.
 */
export function nextCard(board: HTMLElement, from: HTMLElement, arrow: Arrow): HTMLElement | undefined {
  const columns = [...board.querySelectorAll<HTMLElement>('[data-column]')]
  const home = columns.findIndex((column) => column.contains(from))
  const column = columns[home]
  if (!column) return undefined
  if (arrow === 'ArrowUp' || arrow === 'ArrowDown') {
    const links = linksIn(column).toSorted((a, b) => placeOf(a) - placeOf(b))
    return links[links.indexOf(from) + (arrow === 'ArrowDown' ? 1 : -1)]
  }
  const rest = arrow === 'ArrowRight' ? columns.slice(home + 1) : columns.slice(0, home).toReversed()
  const links = rest.map(linksIn).find((found) => found.length > 0) ?? []
  return links.toSorted((a, b) => Math.abs(middleOf(a) - middleOf(from)) - Math.abs(middleOf(b) - middleOf(from)))[0]
}

/** The card's number in its column: rendered rows do not always stand in order. */
function placeOf(link: HTMLElement): number {
  return Number(link.closest<HTMLElement>('[data-index]')?.dataset['index'])
}
