import { z } from 'zod'
import { listOf, pageQuery, sortedBy, wholeListOf } from './lists.ts'
import { digest, id, text, time, version } from './text.ts'

/** The template of a build that a studio uploaded as a zip. */
export const ownTemplateId = 'own-html5'
export const maxZipBytes = 50 * 1024 * 1024

export const buildStatuses = ['queued', 'building', 'passed', 'failed'] as const
export type BuildStatus = (typeof buildStatuses)[number]

/** A template's own schema checks the values; this bounds the record before it gets there. */
export const buildConfig = z
  .record(text(40, 1), z.union([text(200), z.number(), z.boolean(), z.array(text(80)).max(40)]))
  .refine((config) => Object.keys(config).length <= 60, { error: 'At most 60 settings.' })

export const createBuildInput = z
  .object({
    templateId: text(40, 1),
    config: buildConfig.default({}),
    assets: z
      .record(text(40, 1), id)
      .refine((slots) => Object.keys(slots).length <= 20, { error: 'At most 20 slots.' })
      .default({})
      .meta({ description: 'Slot -> asset. A required slot that is left out takes the newest ready sprite.' }),
  })
  .meta({ id: 'CreateBuildInput' })
export type CreateBuildInput = z.infer<typeof createBuildInput>

export const buildView = z
  .object({
    id,
    projectId: id,
    number: z.int(),
    templateId: z.string(),
    templateVersion: z.string(),
    config: z.record(z.string(), z.unknown()),
    assets: z.record(z.string(), id),
    unmetWishes: z.array(z.string()),
    status: z.enum(buildStatuses),
    digest: digest.nullable(),
    sizeBytes: z.int().nullable(),
    previewUrl: z.string().nullable(),
    error: z.string().nullable(),
    smoke: z.object({ score: z.number(), ticks: z.int(), finished: z.boolean() }).nullable(),
    createdBy: id.nullable(),
    createdAt: time,
    finishedAt: time.nullable(),
    version,
  })
  .meta({ id: 'Build' })
export type BuildView = z.infer<typeof buildView>
export const buildList = listOf(buildView)
export const listBuildsQuery = pageQuery.extend(sortedBy('-number'))

export const templateView = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    version: z.string(),
    configSchema: z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema of `config`.' }),
    defaults: z.record(z.string(), z.unknown()),
    themes: z.array(z.object({ id: z.string(), name: z.string() })),
    difficulties: z.array(z.string()),
    features: z.array(z.object({ id: z.string(), name: z.string() })),
    slots: z.array(z.object({ id: z.string(), name: z.string(), required: z.boolean(), accepts: z.array(z.string()) })),
  })
  .meta({ id: 'GameTemplate' })
export type TemplateView = z.infer<typeof templateView>
export const templateList = wholeListOf(templateView)
