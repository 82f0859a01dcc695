import { z } from 'zod'
import { text } from './text.ts'

/** Query parameters every list understands. `cursor` is opaque; it is only valid for the same sort order. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: text(400).optional(),
  include: text(80).optional().meta({ description: 'Comma-separated extras, for example `total`.' }),
})

export function listOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: z.int().optional().meta({ description: 'Only with `include=total`.' }),
  })
}
