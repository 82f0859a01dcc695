import { z } from 'zod'
import { wholeListOf } from './lists.ts'
import { id, text, time, version } from './text.ts'

export const domainStatuses = ['pending', 'verified', 'lapsed'] as const
export type DomainStatus = (typeof domainStatuses)[number]

export const domainView = z
  .object({
    id,
    domain: z.string(),
    status: z.enum(domainStatuses).meta({
      description: '`lapsed`: its record had been gone for three days, so games answer there no longer.',
    }),
    isPrimary: z.boolean().meta({ description: "Whether the addresses of the studio's games are given with it." }),
    record: z
      .object({ type: z.literal('TXT'), name: z.string(), value: z.string() })
      .meta({ description: 'What has to be published in the DNS, and has to stay there.' }),
    verifiedAt: time.nullable(),
    checkedAt: time.nullable(),
    missingSince: time.nullable(),
    createdAt: time,
    version,
  })
  .meta({ id: 'Domain' })
export type DomainView = z.infer<typeof domainView>
export const domainList = wholeListOf(domainView)

export const addDomainInput = z
  .object({ domain: text(253, 4).meta({ examples: ['games.studio.example'] }) })
  .meta({ id: 'AddDomainInput' })
export const updateDomainInput = z.object({ isPrimary: z.boolean() }).meta({ id: 'UpdateDomainInput' })

const trimmed = (max: number) => text(max).transform((value) => value.trim())
const https = z.url({ protocol: /^https$/, hostname: z.regexes.domain })
const webLink = trimmed(300).refine(
  (value) => value === '' || (https.safeParse(value).success && !value.includes('@')),
  {
    error: 'Must be an address that begins with https://.',
  },
)

/** A studio's own words on the pages for games that are not there: a sentence or two, and one link. */
export const hostingPageInput = z
  .object({ message: trimmed(280), linkLabel: trimmed(60), linkUrl: webLink })
  .refine(({ linkLabel, linkUrl }) => (linkLabel === '') === (linkUrl === ''), {
    error: 'A link has both an address and words.',
    path: ['linkUrl'],
  })
  .meta({ id: 'PutHostingPageInput' })
export type HostingPageInput = z.infer<typeof hostingPageInput>
export const hostingPageView = z
  .object({ message: z.string(), linkLabel: z.string(), linkUrl: z.string(), version })
  .meta({ id: 'HostingPage' })
export type HostingPageView = z.infer<typeof hostingPageView>
