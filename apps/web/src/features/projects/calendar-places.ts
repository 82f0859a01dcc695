/** The id of the place for projects without a deadline; every other place has its day as id. */
export const noDay = 'none'

/** Marks what stays still while a card is carried near its edge. */
export const stillAttribute = 'data-still'

/** Whether carrying a card to an edge scrolls this: the page and the month do, the list that it came from does not. */
export function scrollsWhileCarrying(element: Element): boolean {
  return !element.hasAttribute(stillAttribute)
}
