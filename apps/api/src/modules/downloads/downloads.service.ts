import { downloadMinutes, type DownloadView } from '@sparkle/shared/downloads'
import { visitOf, type Reviewer } from '../../core/actor.ts'
import { conflict, forbidden, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import { bundleKey } from '../../core/bundle-key.ts'
import type { Crypto } from '../../core/crypto.ts'
import { runningVisit } from '../../core/guest-visits.ts'
import { newId } from '../../core/ids.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import type { PackedFile } from '../../core/pack-files.ts'
import { zipBounds } from '../../core/zip.ts'
import { readProject } from '../projects/projects.service.ts'
import { findVersion, findVersions, type VersionRow } from '../reviews/reviews.queries.ts'
import { seenVersion, versionsToLookAt } from '../reviews/reviews.service.ts'
import { listAssetBytes, listBundles, listDocumentBytes, listSent } from './downloads.queries.ts'
import { createPaths } from './safe-names.ts'

/** What signs the addresses of downloads, bound once in the routes. */
export interface DownloadTools {
  crypto: Pick<Crypto, 'signToken' | 'readToken'>
  publicOrigin: string
}

const kinds = { version: 'download', delivery: 'delivery' } as const
export type DownloadKind = keyof typeof kinds

/** What a link is good for. `linkId` tells in the record which link a download came by, and so who had asked for it. */
export interface DownloadLink {
  kind: DownloadKind
  organizationId: string
  linkId: string
  /** The version, or the project of a delivery. */
  id: string
  /** The visit of the guest who asked for it: it is good for no longer than that. */
  visitId: string | null
}

function signDownload({ crypto, publicOrigin }: DownloadTools, link: DownloadLink) {
  const { kind, organizationId, linkId, id, visitId } = link
  const expiresAt = new Date(Date.now() + downloadMinutes * 60_000)
  const token = crypto.signToken(kinds[kind], [organizationId, linkId, id, ...(visitId ? [visitId] : [])], expiresAt)
  return { url: `${publicOrigin}/api/v1/downloads/${token}`, expiresAt: expiresAt.toISOString().replace('Z', '000Z') }
}

/** What a link stands for, or null where it is forged or has expired. */
export function readDownload({ crypto }: DownloadTools, token: string): DownloadLink | null {
  for (const kind of ['version', 'delivery'] as const) {
    const [organizationId, linkId, id, visitId = null] = crypto.readToken(kinds[kind], token) ?? []
    if (organizationId && linkId && id) return { kind, organizationId, linkId, id, visitId }
  }
  return null
}

/** Guests take files along only where the studio has said so of their link. */
function assertMayTake(actor: Reviewer): void {
  if (actor.kind === 'guest' && !actor.mayDownload)
    forbidden('guest_link.no_downloads', 'This review link is for looking, not for taking along.')
}

/** Throws 404 where a guest had asked for the link and may not take files along any more. */
export async function assertStillGood(tx: TenantTx, { visitId }: DownloadLink): Promise<void> {
  if (visitId === null) return
  const [visit] = await tx.run(runningVisit, { id: visitId })
  if (!visit?.mayDownload) notFound('download')
}

/** A link to a version's files, for whoever sees the version. Who asked is on record. */
export async function linkVersion(
  tx: TenantTx,
  tools: DownloadTools,
  actor: Reviewer,
  versionId: string,
): Promise<DownloadView> {
  const { projectId } = await seenVersion(tx, actor, versionId)
  assertMayTake(actor)
  const linkId = newId()
  await recordAudit(tx, actor, 'version:download:linked', {
    entity: 'version',
    id: versionId,
    projectId,
    changes: { linkId },
  })
  return signDownload(tools, {
    kind: 'version',
    organizationId: tx.organizationId,
    linkId,
    id: versionId,
    visitId: visitOf(actor),
  })
}

/** A link to everything of a project that is to be looked at now. Throws 409 `delivery.empty`, 409 `delivery.too_large`. */
export async function linkDelivery(
  tx: TenantTx,
  tools: DownloadTools,
  actor: Reviewer,
  projectId: string,
): Promise<DownloadView> {
  await readProject(tx, actor, projectId, { permission: 'reviews:read' })
  assertMayTake(actor)
  const { files } = await findDelivery(tx, projectId)
  if (files.length === 0) conflict('delivery.empty', 'Nothing of this project was sent for review yet.')
  assertFits(files)
  const linkId = newId()
  await recordAudit(tx, actor, 'project:delivery:linked', { entity: 'project', id: projectId, changes: { linkId } })
  return signDownload(tools, {
    kind: 'delivery',
    organizationId: tx.organizationId,
    linkId,
    id: projectId,
    visitId: visitOf(actor),
  })
}

function assertFits(files: readonly PackedFile[]): void {
  const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  if (bytes > zipBounds.bytes || files.length > zipBounds.members)
    conflict('delivery.too_large', 'This is more than one archive holds. Download the versions one by one.')
}

/** The files of versions, in their order; none of those whose files were erased. A version that is no game has one. */
async function findFiles(tx: TenantTx, versions: readonly VersionRow[]): Promise<PackedFile[]> {
  const assets = await listAssetBytes(
    tx,
    versions.flatMap(({ assetId, digest }) => (assetId ? [{ assetId, digest }] : [])),
  )
  const documents = await listDocumentBytes(
    tx,
    versions.flatMap(({ fileVersionId }) => fileVersionId ?? []),
  )
  const bundles = await listBundles(
    tx,
    versions.flatMap(({ buildId }) => buildId ?? []),
  )
  const place = createPaths()
  return versions.flatMap((version): PackedFile[] => {
    const { buildId, assetId, fileVersionId, digest } = version
    if (buildId) {
      const bundle = bundles.find((one) => one.buildId === buildId)
      const folder = `${version.petName} v${version.number}`
      return (bundle?.files ?? []).map((file) => ({
        path: place(folder, ...file.path.split('/')),
        storageKey: bundleKey(tx.organizationId, bundle?.digest ?? '', file),
        sizeBytes: file.sizeBytes,
        digest: file.digest,
      }))
    }
    const found = assetId
      ? assets.find((one) => one.assetId === assetId && one.digest === digest)
      : documents.find((one) => one.fileVersionId === fileVersionId)
    if (!found) return []
    const { name, storageKey, sizeBytes } = found
    return [{ path: place(name), storageKey, sizeBytes, digest: found.digest }]
  })
}

/** A version that was made and not deleted since, with its files. Throws 404 where there are none any more. */
export async function openVersionFiles(tx: TenantTx, versionId: string) {
  const version = (await findVersion(tx, versionId)) ?? notFound('version')
  const files = await findFiles(tx, [version])
  if (files.length === 0) notFound('version_file')
  return { version, files }
}

/** The files of all that is to be looked at in a project: of each deliverable what is approved, else what was sent last. */
export async function findDelivery(tx: TenantTx, projectId: string) {
  const versionIds = versionsToLookAt(await listSent(tx, projectId))
  const found = new Map((await findVersions(tx, versionIds)).map((version) => [version.id, version]))
  const files = await findFiles(
    tx,
    versionIds.flatMap((id) => found.get(id) ?? []),
  )
  return { files, versionIds }
}
