import { z } from 'zod'

/** The body of every error, RFC 9457 `application/problem+json`. `code` is stable; scripts branch on it. */
export const problemView = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.string().meta({ examples: ['project.illegal_transition'] }),
    requestId: z.string(),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'One entry for each field that was refused.' }),
    legal: z
      .array(z.string())
      .optional()
      .meta({ description: 'With `project.illegal_transition`: the moves that are legal now.' }),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof problemView>
