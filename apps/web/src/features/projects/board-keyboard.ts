import { KeyboardCode, type KeyboardCodes, type KeyboardCoordinateGetter } from '@dnd-kit/core'

/** Space picks up; Enter is left to the card's own link. */
export const keyboardCodes: KeyboardCodes = {
  start: [KeyboardCode.Space],
  cancel: [KeyboardCode.Esc],
  end: [KeyboardCode.Space, KeyboardCode.Enter],
}

/**
 * Arrow keys carry a card from column to column instead of by pixels: to the nearest droppable whose middle lies in the
 * arrow's direction. Columns that are no legal target are disabled and therefore skipped.
 */
export const nextColumn: KeyboardCoordinateGetter = (event, { context, currentCoordinates }) => {
  const direction = directions[event.code]
  const { collisionRect, droppableContainers, over } = context
  if (!direction || !collisionRect) return undefined
  event.preventDefault()
  const from = over?.rect ?? collisionRect
  const targets = droppableContainers.getEnabled().flatMap(({ id, rect }) => {
    if (!rect.current || id === over?.id) return []
    const dx = middle(rect.current.left, rect.current.width) - middle(from.left, from.width)
    const dy = middle(rect.current.top, rect.current.height) - middle(from.top, from.height)
    const ahead = dx * direction.x + dy * direction.y
    const aside = Math.abs(dx * direction.y) + Math.abs(dy * direction.x)
    return ahead > 8 ? [{ rect: rect.current, cost: ahead + aside * 2 }] : []
  })
  const best = targets.toSorted((a, b) => a.cost - b.cost)[0]
  if (!best) return currentCoordinates
  return {
    x: middle(best.rect.left, best.rect.width) - collisionRect.width / 2,
    y: best.rect.top + Math.min(40, Math.max(0, (best.rect.height - collisionRect.height) / 2)),
  }
}

const directions: Record<string, { x: number; y: number }> = {
  [KeyboardCode.Left]: { x: -1, y: 0 },
  [KeyboardCode.Right]: { x: 1, y: 0 },
  [KeyboardCode.Up]: { x: 0, y: -1 },
  [KeyboardCode.Down]: { x: 0, y: 1 },
}

function middle(start: number, length: number): number {
  return start + length / 2
}
