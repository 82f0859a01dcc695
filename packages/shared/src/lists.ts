import { z } from 'zod'
import { text } from './text.ts'

/** Query parameters every list understands. `cursor` is opaque; it is only valid for the same sort order. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: text(400).optional(),
  include: text(80).optional().meta({ description: 'Comma-separated extras, for example `total`.' }),
})

/** The orders a list can be had in; the first one is the usual one. */
export function sortedBy<const T extends readonly [string, ...string[]]>(...orders: T) {
  return { sort: z.enum(orders).default(orders[0] as never) }
}

/** `?fields=id,name`: only these of each item. What the view does not have is refused. */
export function fieldsOf<T extends z.ZodObject>(view: T) {
  const known = Object.keys(view.shape)
  const fields = text(600)
    .optional()
    .refine((value) => value === undefined || value.split(',').every((one) => known.includes(one)), {
      error: `Use a comma-separated list of ${known.join(', ')}.`,
    })
  return { fields: fields.meta({ description: 'Comma-separated: only these fields of each item.' }) }
}

/**
 * A list that is short by its nature and always answered whole; the API adds `nextCursor`, so that a script pages through
 * it like through any other.
 */
export function wholeListOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    nextCursor: z.null().optional().meta({ description: 'Always null: the list is whole.' }),
  })
}

export function listOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: z.int().optional().meta({ description: 'Only with `include=total`.' }),
  })
}
