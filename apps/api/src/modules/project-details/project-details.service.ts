import { mostPartsShown, type ProjectDetails, type ProjectPart, projectParts } from '@sparkle/shared/project-details'
import { can, type UserActor } from '../../core/actor.ts'
import { forbidden } from '../../core/app-error.ts'
import { asksFor } from '../../core/cursor.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { recordRead } from '../../core/record-read.ts'
import { listAssetViews } from '../assets/assets.service.ts'
import { listBuildViews } from '../builds/builds.service.ts'
import type { ViewTools } from '../projects/project-view.service.ts'
import { getProject } from '../projects/projects.service.ts'
import { listUrlViews } from '../urls/urls.service.ts'

/** A project with the parts that were asked for. Each part keeps the rights of its own list. */
export async function getProjectDetails(
  tx: TenantTx,
  tools: ViewTools,
  actor: UserActor,
  id: string,
  include: string | undefined,
): Promise<ProjectDetails> {
  const wanted = projectParts.filter((part) => asksFor(include, part))
  for (const part of wanted)
    if (!can(actor, `${part}:read`)) forbidden('auth.forbidden', `This needs the permission ${part}:read.`)
  const details: ProjectDetails = await getProject(tx, tools, actor, id)
  // Only the studio's people are given contact data; who was shown it is on record.
  if (details.customerEmail !== null || details.customerPhone !== null)
    await recordRead(tx, actor, { entity: 'project', id, projectId: id })
  for (const part of wanted) Object.assign(details, { [part]: await listPart(tx, tools, actor, id, part) })
  return details
}

async function listPart(tx: TenantTx, tools: ViewTools, actor: UserActor, projectId: string, part: ProjectPart) {
  const page = { limit: mostPartsShown, sort: '-createdAt' } as const
  if (part === 'assets') return (await listAssetViews(tx, tools.link, actor, projectId, page)).items
  if (part === 'builds') return (await listBuildViews(tx, tools, actor, projectId, page)).items
  return (await listUrlViews(tx, tools, actor, { ...page, projectId })).items
}
