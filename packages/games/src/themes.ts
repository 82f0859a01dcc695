/** The worlds that every template can be set in, so that an order's wish for one is met whichever game it becomes. */
export const themes = ['garden', 'seaside', 'snow', 'space'] as const
export type Theme = (typeof themes)[number]
