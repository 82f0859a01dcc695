import { z } from 'zod'
import { priorities, projectStatuses } from './projects.ts'
import { date, id, version } from './text.ts'

/** As many projects as one request may change. */
export const mostBulkItems = 200

export const bulkChange = z
  .object({
    status: z.enum(projectStatuses),
    assignedArtistId: id.nullable(),
    priority: z.enum(priorities),
    deadline: date.nullable(),
    archived: z.boolean(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, { error: 'Name at least one field to change.' })
export type BulkChange = z.infer<typeof bulkChange>

const bulkItem = z.object({
  id,
  version: version.optional().meta({ description: 'The version it was read in; another one is refused with 412.' }),
  change: bulkChange,
})
export type BulkItem = z.infer<typeof bulkItem>

export const bulkChangeInput = z
  .object({
    items: z
      .array(bulkItem)
      .min(1)
      .max(mostBulkItems)
      .refine((items) => new Set(items.map((item) => item.id)).size === items.length, {
        error: 'Each project may be named once.',
      }),
  })
  .meta({ id: 'BulkChangeInput' })
export type BulkChangeInput = z.infer<typeof bulkChangeInput>

const bulkResult = z
  .object({
    id,
    status: z
      .int()
      .meta({ description: 'What the change alone would have been answered with: 200, 204, 403, 404, 409, 412, 422.' }),
    version: version.optional(),
    code: z.string().optional(),
    detail: z.string().optional(),
  })
  .meta({ id: 'BulkResult' })
export type BulkResult = z.infer<typeof bulkResult>
export const bulkResults = z.object({ results: z.array(bulkResult) }).meta({ id: 'BulkResults' })
export type BulkResults = z.infer<typeof bulkResults>
