import { z } from 'zod'
import { assetItem } from './assets.ts'
import { buildView } from './builds.ts'
import { projectView } from './projects.ts'
import { text } from './text.ts'
import { urlView } from './urls.ts'

export const projectParts = ['assets', 'builds', 'urls'] as const
export type ProjectPart = (typeof projectParts)[number]
/** So many of each part come with a project; the rest has lists of its own. */
export const mostPartsShown = 100

export const projectDetails = projectView
  .extend({
    assets: z.array(assetItem).optional().meta({ description: 'With `include=assets`: the newest 100.' }),
    builds: z.array(buildView).optional().meta({ description: 'With `include=builds`: the newest 100.' }),
    urls: z.array(urlView).optional().meta({ description: 'With `include=urls`: the newest 100.' }),
  })
  .meta({ id: 'ProjectDetails' })
export type ProjectDetails = z.infer<typeof projectDetails>

export const projectDetailsQuery = z.object({
  include: text(80)
    .optional()
    .refine((value) => !value || value.split(',').every((part) => (projectParts as readonly string[]).includes(part)), {
      error: `Use a comma-separated list of ${projectParts.join(', ')}.`,
    })
    .meta({ description: 'Comma-separated: `assets`, `builds`, `urls`. Each needs the permission to read it.' }),
})
