import type { AssetType, AssetVersionView, AssetItem, directUpload, versionUpload } from '@sparkle/shared/assets'
import type { z } from 'zod'
import { digestOf } from '../../lib/digest.ts'
import { http } from '../../lib/http.ts'
import { isInterruption, sendFile } from '../../lib/upload-pieces.ts'
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

/** Tickets of files that broke off on their way: another try goes on with what has arrived. */
const tickets = new WeakMap<File, Ticket>()

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
  const ticket = tickets.get(file) ?? (await askForTicket(projectId, assetType, file, signal))
  tickets.set(file, ticket)
  if (ticket.duplicateOf && !twice) throw new DuplicateError(ticket.duplicateOf.filename)
  await keepingTicket(file, () => sendFile(ticket, file, options))
  const asset = await keepingTicket(file, () =>
    http.post<AssetItem>(`/assets/${ticket.assetId}/complete`, undefined, { signal }),
  )
  tickets.delete(file)
  return asset
}

async function askForTicket(projectId: string, assetType: AssetType, file: File, signal: AbortSignal | undefined) {
  const claim = { ...(await claimOf(file)), assetType }
  return http.post<Ticket>(`/projects/${projectId}/assets/uploads`, claim, { signal })
}

/** A refusal ends the ticket; only what was interrupted is worth going on with. */
async function keepingTicket<T>(file: File, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (!isInterruption(error)) tickets.delete(file)
    throw error
  }
}

/** Sends a file as a new version of an asset, which stays as it is until the version has passed its checks. */
export async function sendVersion(assetId: string, file: File, options: UploadOptions): Promise<AssetVersionView> {
  const { signal } = options
  const ticket = await http.post<VersionTicket>(`/assets/${assetId}/versions`, await claimOf(file), { signal })
  await sendFile(ticket, file, options)
  return http.post<AssetVersionView>(`/assets/${assetId}/versions/${ticket.number}/complete`, undefined, { signal })
}
