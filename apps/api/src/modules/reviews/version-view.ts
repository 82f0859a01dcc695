import type { VersionView } from '@sparkle/shared/reviews'
import { actorUserId, can, isOutside, visitOf, type Reviewer } from '../../core/actor.ts'
import type { Linker } from '../../core/file-links.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { previewUrl, type PreviewPlace } from '../builds/builds.service.ts'
import { listDecisions, listOwners, readChecklist, type DecisionRow } from './decisions.queries.ts'
import { countComments, listNumbers, type VersionRow } from './reviews.queries.ts'
import { lookAtOf, ownersLeft } from './reviews.rules.ts'

/** Where what is looked at can be seen. */
export interface ReviewTools extends PreviewPlace {
  link: Linker
}

/** Rows as their reader may see them: with everybody's decisions, and what to look at among their siblings. */
export async function toViews(
  tx: TenantTx,
  tools: ReviewTools,
  actor: Reviewer,
  rows: readonly VersionRow[],
): Promise<VersionView[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const siblings = await listNumbers(
    tx,
    rows.map((row) => row.deliverableId),
  )
  const decisions = await listDecisions(tx, ids)
  const accounts = rows.flatMap(({ approvers, accountId }) => (approvers === 'all' && accountId ? [accountId] : []))
  const owners = accounts.length > 0 ? await listOwners(tx, accounts) : []
  const counted = await commentsOf(tx, actor, rows)
  const points = await readChecklist(tx)
  return rows.map((row) => {
    const of = (id: string) => siblings.filter((one) => one.deliverableId === id)
    const made = decisions.filter((one) => one.versionId === row.id)
    const theirs = owners.filter((one) => one.accountId === row.accountId).map((one) => one.userId)
    return {
      ...viewOf(tools, actor, row, made, theirs),
      lookAt: lookAtOf(of(row.deliverableId)),
      points,
      comments: counted.get(row.id) ?? { total: 0, open: 0, unread: 0 },
    }
  })
}

/** The figures of comments by version; internal ones count only where their reader may see them. */
async function commentsOf(tx: TenantTx, actor: Reviewer, rows: readonly VersionRow[]) {
  const inside = ({ projectId, accountId, assignedArtistId }: VersionRow) =>
    can(actor, 'reviews:internal', { projectId, accountId, assignedArtistId })
  const heard = rows.filter((row) => mayHear(actor, row))
  const figures = new Map<string, { total: number; open: number; unread: number }>()
  for (const internal of [true, false]) {
    const ids = heard.flatMap((row) => (inside(row) === internal ? [row.id] : []))
    const found = ids.length > 0 ? await countComments(tx, ids, { userId: actorUserId(actor), internal }) : []
    for (const { versionId, ...figure } of found) figures.set(versionId, figure)
  }
  return figures
}

function viewOf(
  tools: ReviewTools,
  actor: Reviewer,
  row: VersionRow,
  decisions: readonly DecisionRow[],
  owners: readonly string[],
): Omit<VersionView, 'lookAt' | 'comments' | 'points'> {
  const { accountId, assignedArtistId, projectId } = row
  const decided = decisions.some((one) => isOwn(actor, one))
  return {
    id: row.id,
    projectId,
    petName: row.petName,
    kind: row.kind,
    deliverableId: row.deliverableId,
    deliverableName: row.deliverableName,
    number: row.number,
    changelog: row.changelog,
    status: row.status,
    digest: row.digest,
    buildId: row.buildId,
    assetId: row.assetId,
    fileVersionId: row.fileVersionId,
    previewUrl:
      row.buildId && row.previewGeneration !== null
        ? previewUrl(tools, actor.organizationId, {
            id: row.buildId,
            generation: row.previewGeneration,
            visitId: visitOf(actor),
          })
        : null,
    fileUrl: fileUrl(tools, actor, row),
    decisions: (mayHear(actor, row) ? decisions : []).map(
      ({ decision, note, checklist, points, by, onBehalf, at, ...decider }) => ({
        decision,
        note,
        checklist,
        points,
        by,
        guest: decider.guestLinkId !== null,
        mine: isOwn(actor, decider),
        onBehalf,
        at,
      }),
    ),
    approversLeft: row.approvers === 'all' && row.status === 'waiting' ? ownersLeft(owners, decisions).length : null,
    mayDecide:
      row.status === 'waiting' && !decided && can(actor, 'reviews:approve', { projectId, accountId, assignedArtistId }),
    createdByName: isOutside(actor) ? null : row.createdByName,
    createdAt: row.createdAt,
    sentAt: row.sentAt,
    decidedAt: row.decidedAt,
    version: row.version,
  }
}

/** Whether a decision is the reader's own; guests of one link decide as one. */
export function isOwn(actor: Reviewer, decider: { userId: string | null; guestLinkId: string | null }): boolean {
  return actor.kind === 'guest' ? decider.guestLinkId === actor.linkId : decider.userId === actor.userId
}

/** What a family writes to its studio is not for every guest who was sent a picture (decision 0032). */
function mayHear(actor: Reviewer, { projectId, accountId, assignedArtistId }: VersionRow): boolean {
  return actor.kind !== 'guest' || can(actor, 'reviews:comment', { projectId, accountId, assignedArtistId })
}

/** Where a picture can be seen. Games are played, and files are taken along by a download, which is on record. */
function fileUrl({ link }: ReviewTools, actor: Reviewer, row: VersionRow): string | null {
  if (row.kind === 'file' || !row.assetId || !row.shownDigest) return null
  const file = { assetId: row.assetId, variant: 'web', digest: row.shownDigest } as const
  return link(actor.organizationId, file, visitOf(actor))
}
