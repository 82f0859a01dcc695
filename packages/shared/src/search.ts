import { z } from 'zod'
import { roles } from './permissions.ts'
import { projectStatuses } from './projects.ts'
import { id, text } from './text.ts'
import { urlStatuses } from './urls.ts'

/** As many of each kind as a search answers with. */
export const mostHits = 8

export const searchQuery = z.object({
  q: text(200).meta({ description: 'Two letters or more; beginnings of words are enough.' }),
})
export type SearchQuery = z.infer<typeof searchQuery>

const projectHit = z.object({
  id,
  name: z.string(),
  petName: z.string(),
  customerName: z.string().nullable(),
  orderNumber: z.string().nullable(),
  status: z.enum(projectStatuses),
  archived: z.boolean(),
  thumbUrl: z.string().nullable(),
  thumbKind: z.enum(['sprite', 'photo']).nullable(),
})
export type ProjectHit = z.infer<typeof projectHit>
const addressHit = z.object({
  id,
  projectId: id,
  petName: z.string(),
  slug: z.string(),
  fullUrl: z.string(),
  status: z.enum(urlStatuses),
})
export type AddressHit = z.infer<typeof addressHit>
const personHit = z.object({ id, name: z.string(), role: z.enum(roles) })
export type PersonHit = z.infer<typeof personHit>

/** What a search finds, by kind; kinds the reader has no right to are empty. */
export const searchResults = z
  .object({ projects: z.array(projectHit), addresses: z.array(addressHit), people: z.array(personHit) })
  .meta({ id: 'SearchResults' })
export type SearchResults = z.infer<typeof searchResults>
