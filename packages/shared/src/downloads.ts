import { z } from 'zod'
import { time } from './text.ts'

/** How long a download may be begun. */
export const downloadMinutes = 15

export const downloadView = z
  .object({
    url: z.string().meta({
      description:
        "Signed. Whoever has it may download until it expires; each one goes on record. A guest's ends with the review link.",
    }),
    expiresAt: time,
  })
  .meta({ id: 'Download' })
export type DownloadView = z.infer<typeof downloadView>
