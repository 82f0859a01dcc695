import { completeConfig, InvalidConfigError, type GameFacts, type GameWishes } from '@sparkle/games/complete-config'
import type { GameTemplate } from '@sparkle/games/template'
import { findTemplate } from '@sparkle/games/templates'
import type { BuildView, CreateBuildInput } from '@sparkle/shared/builds'
import { gameLocaleOf } from '@sparkle/shared/games'
import { actorUserId, type UserActor } from '../../core/actor.ts'
import { AppError, conflict, invalid, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import { asksFor, decodeCursor, toPage } from '../../core/cursor.ts'
import type { Crypto } from '../../core/crypto.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { readLocale } from '../organizations/organizations.queries.ts'
import { openProject, readProject } from '../projects/projects.service.ts'
import {
  countBuilds,
  findBuild,
  findNewestSprite,
  findSlotAssets,
  insertBuild,
  listBuilds,
  lockBuild,
  takeBuildNumber,
  updateBuild,
  type BuildRow,
} from './builds.queries.ts'
import { assertFits, assertSlotsKnown, nameForGame, previewExpiry, slotMissing } from './builds.rules.ts'

/** What a view needs from outside: where games live, and who signs the address of a preview. */
export interface PreviewPlace {
  gamesOrigin: string
  crypto: Pick<Crypto, 'signToken'>
}

function toView(place: PreviewPlace, organizationId: string, row: BuildRow): BuildView {
  const { previewGeneration: generation, ...view } = row
  const link = { id: row.id, generation }
  return { ...view, previewUrl: row.status === 'passed' ? previewUrl(place, organizationId, link) : null }
}

/**
 * A private address of a build: whoever has it may play for about a week, and nobody can guess it. It ends at once when
 * the build's generation goes up and, where a guest is given it, with their visit.
 */
export function previewUrl(
  { gamesOrigin, crypto }: PreviewPlace,
  organizationId: string,
  { id, generation, visitId = null }: { id: string; generation: number; visitId?: string | null },
): string {
  const ids = [organizationId, id, String(generation), ...(visitId ? [visitId] : [])]
  return `${gamesOrigin}/_p/${crypto.signToken('preview', ids, previewExpiry(Date.now()))}/`
}

/** Ends every link to a build's preview that was given away. The build gets another one. */
export async function revokePreview(
  tx: TenantTx,
  place: PreviewPlace,
  actor: UserActor,
  id: string,
): Promise<BuildView> {
  const build = (await lockBuild(tx, id)) ?? notFound('build')
  await openProject(tx, actor, build.projectId)
  if (build.status !== 'passed') conflict('build.no_preview', 'Only a passed build has a preview.')
  await updateBuild(tx, id, { previewGeneration: build.previewGeneration + 1 })
  await recordAudit(tx, actor, 'build:preview:revoked', { entity: 'build', id })
  await emit(tx, actor, 'build:preview:revoked', {
    projectId: build.projectId,
    data: { buildId: id, number: build.number },
  })
  return getBuild(tx, place, actor, id)
}

/** A build of a project the actor may see and work on, or 404; 403 for an artist who is not on the project. */
export async function getBuild(tx: TenantTx, place: PreviewPlace, actor: UserActor, id: string): Promise<BuildView> {
  const build = (await findBuild(tx, id)) ?? notFound('build')
  await readProject(tx, actor, build.projectId)
  return toView(place, tx.organizationId, build)
}

const sort = '-number'

export async function listBuildViews(
  tx: TenantTx,
  place: PreviewPlace,
  actor: UserActor,
  projectId: string,
  query: { limit: number; cursor?: string | undefined; include?: string | undefined },
) {
  await readProject(tx, actor, projectId, { permission: 'builds:read' })
  const [beforeNumber] = query.cursor ? decodeCursor(query.cursor, sort, ['number']) : []
  const page = toPage(
    await listBuilds(tx, projectId, { limit: query.limit, beforeNumber }),
    query.limit,
    sort,
    (row) => [row.number],
  )
  const total = asksFor(query.include, 'total') ? await countBuilds(tx, projectId) : undefined
  return {
    items: page.rows.map((row) => toView(place, tx.organizationId, row)),
    nextCursor: page.nextCursor,
    ...(total !== undefined && { total }),
  }
}

/** Queues a build. Its settings and assets are fixed from here on; the worker only carries them out. */
export async function createBuild(
  tx: TenantTx,
  place: PreviewPlace,
  actor: UserActor,
  projectId: string,
  input: CreateBuildInput,
): Promise<BuildView> {
  const template = findTemplate(input.templateId)
  if (!template)
    invalid('build.unknown_template', `There is no game template "${input.templateId}".`, 'body.templateId')
  const project = await openProject(tx, actor, projectId)
  const facts = { petName: nameForGame(project.petName), locale: gameLocaleOf(await readLocale(tx)) }
  const { config, unmetWishes } = fillConfig(template, input.config, project.gameConfig, facts)
  const assets = await fillSlots(tx, template, input.assets, projectId)
  const id = newId()
  const number = await takeBuildNumber(tx, projectId)
  await insertBuild(tx, {
    id,
    projectId,
    number,
    templateId: template.id,
    templateVersion: template.version,
    config,
    assets,
    unmetWishes,
    createdBy: actorUserId(actor),
  })
  await recordAudit(tx, actor, 'build:queued', {
    entity: 'build',
    id,
    changes: { projectId, number, templateId: template.id, assets },
  })
  await emit(tx, actor, 'build:queued', { projectId, data: { buildId: id, number, petName: project.petName } })
  return getBuild(tx, place, actor, id)
}

/** Throws 422 `build.invalid_config` with the settings that the template refuses. */
function fillConfig(template: GameTemplate, partial: Record<string, unknown>, wishes: GameWishes, facts: GameFacts) {
  try {
    const { config, unmetWishes } = completeConfig(template, partial, wishes, facts)
    return { config: { ...config }, unmetWishes }
  } catch (error) {
    if (!(error instanceof InvalidConfigError)) throw error
    throw new AppError(
      'invalid',
      'build.invalid_config',
      `The template "${template.id}" does not take these settings; see errors.`,
      {
        errors: error.issues.map((issue) => ({
          path: ['body', 'config', ...issue.path].join('.'),
          message: issue.message,
        })),
      },
    )
  }
}

/** Slot -> asset: what was named, and the newest sprite for a required slot that was not. */
async function fillSlots(tx: TenantTx, template: GameTemplate, given: Record<string, string>, projectId: string) {
  assertSlotsKnown(template, given)
  const named = Object.values(given)
  const found = new Map((named.length > 0 ? await findSlotAssets(tx, named) : []).map((asset) => [asset.id, asset]))
  const filled: Record<string, string> = {}
  for (const slot of template.slots) {
    const wanted = given[slot.id]
    if (wanted !== undefined) {
      assertFits(slot, found.get(wanted), projectId)
      filled[slot.id] = wanted
    } else if (slot.required) {
      const sprite = slot.accepts.includes('sprite') ? await findNewestSprite(tx, projectId) : undefined
      if (!sprite) throw slotMissing(slot)
      filled[slot.id] = sprite.id
    }
  }
  return filled
}
