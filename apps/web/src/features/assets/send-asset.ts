import type { AssetType, AssetVersionView, AssetItem, directUpload, versionUpload } from '@sparkle/shared/assets'
import type { z } from 'zod'
import { digestOf } from '../../lib/digest.ts'
import { http } from '../../lib/http.ts'
import { isInterruption, sendFile } from '../../lib/upload-pieces.ts'
import { UploadTickets } from '../../lib/upload-tickets.ts'
import type { UploadOptions } from '../../lib/upload.ts'

type Ticket = z.infer<typeof directUpload>
type VersionTicket = z.infer<typeof versionUpload>

/** The project has an asset made of the very same file. Not a fault: somebody has to say whether it is wanted twice. */
export class DuplicateError extends Error {
  readonly filename: string

  constructor(filename: string) {
    super(`The same file is there as ${filename}.`)
    this.filename = filename
  }
}

async function claimOf(file: File) {
  const mimeType = file.type || 'application/octet-stream'
  return { filename: file.name, mimeType, sizeBytes: file.size, digest: await digestOf(file) }
}

const tickets = new UploadTickets<Ticket>()

/**
 * Sends a file as a new asset. Rejects with {@link DuplicateError} where the project has it already and `twice` does not
 * allow it; sending it again then goes on without asking anew.
 */
export async function sendAsset(
  projectId: string,
  assetType: AssetType,
  file: File,
  twice: boolean,
  options: UploadOptions,
): Promise<AssetItem> {
  const { signal } = options
  const target = `${projectId} ${assetType}`
  const ticket = tickets.get(file, target) ?? (await askForTicket(projectId, assetType, file, signal))
  tickets.keep(file, target, ticket)
  if (ticket.duplicateOf && !twice) throw new DuplicateError(ticket.duplicateOf.filename)
  return keepingTicket(tickets, file, target, async () => {
    await sendFile(ticket, file, options)
    return http.post<AssetItem>(`/assets/${ticket.assetId}/complete`, undefined, { signal })
  })
}

async function askForTicket(projectId: string, assetType: AssetType, file: File, signal: AbortSignal | undefined) {
  const claim = { ...(await claimOf(file)), assetType }
  return http.post<Ticket>(`/projects/${projectId}/assets/uploads`, claim, { signal })
}

/** A refusal ends the ticket as success does; only what was interrupted is worth going on with. */
async function keepingTicket<T>(
  kept: UploadTickets<unknown>,
  file: File,
  target: string,
  act: () => Promise<T>,
): Promise<T> {
  try {
    const done = await act()
    kept.drop(file, target)
    return done
  } catch (error) {
    if (!isInterruption(error)) kept.drop(file, target)
    throw error
  }
}

const versionTickets = new UploadTickets<VersionTicket>()

/**
 * Sends a file as a new version of an asset, which stays as it is until the version has passed its checks. Sent again
 * after it broke off, it goes on with what has arrived.
 */
export async function sendVersion(assetId: string, file: File, options: UploadOptions): Promise<AssetVersionView> {
  const { signal } = options
  const path = `/assets/${assetId}/versions`
  const ticket =
    versionTickets.get(file, assetId) ?? (await http.post<VersionTicket>(path, await claimOf(file), { signal }))
  versionTickets.keep(file, assetId, ticket)
  return keepingTicket(versionTickets, file, assetId, async () => {
    await sendFile(ticket, file, options)
    return http.post<AssetVersionView>(`${path}/${ticket.number}/complete`, undefined, { signal })
  })
}
