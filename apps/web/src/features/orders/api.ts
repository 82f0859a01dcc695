import type { MeView } from '@sparkle/shared/auth'
import type { KnownOrderInput, OrderReceipt, StudioView, TrackingView, UploadTicket } from '@sparkle/shared/orders'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'
import { isProblem, ProblemError } from '../../lib/problem.ts'
import { type UploadOptions } from '../../lib/upload.ts'
import { isInterruption, sendFile } from '../../lib/upload-pieces.ts'
import { UploadTickets } from '../../lib/upload-tickets.ts'

/** As the API takes it; fields with defaults may be left out there, but the form always sends them. */
export type OrderBody = KnownOrderInput

const studioPath = (slug: string) => `/public/studios/${encodeURIComponent(slug)}`
const trackingPath = (token: string) => `/public/orders/${encodeURIComponent(token)}`
const refreshMs = 20_000

export const orderQueries = {
  studio: (slug: string) =>
    queryOptions({
      queryKey: ['order-page', slug],
      queryFn: ({ signal }) => http.get<StudioView>(studioPath(slug), { signal }),
      staleTime: 5 * 60_000,
    }),
  /** Asked again every 20 seconds while the page is in sight: customers have no socket. */
  tracking: (token: string) =>
    queryOptions({
      queryKey: ['tracking', token],
      queryFn: ({ signal }) => http.get<TrackingView>(trackingPath(token), { signal }),
      refetchInterval: refreshMs,
      refetchOnWindowFocus: 'always',
    }),
}

interface KeptTicket extends UploadTicket {
  /** The bytes are there. */
  arrived?: boolean
}
const tickets = new UploadTickets<KeptTicket>()

/** Uploads one photo ahead of its order; resolves to the id that the order names. */
export async function sendPhoto(slug: string, file: File, options: UploadOptions): Promise<string> {
  const path = studioPath(slug)
  const uploadId = await sendTo(path, file, options)
  tickets.drop(file, path)
  return uploadId
}

/** Adds one photo to an order that was sent before; resolves to the order with it. Sent again, it is there once. */
export async function addPhoto(token: string, file: File, options: UploadOptions): Promise<TrackingView> {
  const path = trackingPath(token)
  const uploadId = await sendTo(path, file, options)
  try {
    const order = await http.post<TrackingView>(
      `${path}/photos`,
      { uploadId },
      { signal: options.signal, refresh: false, idempotencyKey: uploadId },
    )
    tickets.drop(file, path)
    return order
  } catch (error) {
    // The answer may have been lost, and the photo be there: only a refusal lets go of the ticket.
    if (isRefusal(error)) tickets.drop(file, path)
    throw error
  }
}

function isRefusal(error: unknown): boolean {
  return isProblem(error) && !isInterruption(error) && error.status < 500 && error.code !== 'idempotency.in_progress'
}

/** Sends the bytes, once. The ticket stays for the caller to drop. */
async function sendTo(path: string, file: File, options: UploadOptions): Promise<string> {
  const ticket: KeptTicket = tickets.get(file, path) ?? (await askForTicket(path, file, options.signal))
  if (ticket.arrived) return ticket.uploadId
  tickets.keep(file, path, ticket)
  try {
    await sendFile(ticket, file, options)
  } catch (error) {
    // A refusal is of this ticket; only what was interrupted is worth going on with.
    if (!isInterruption(error)) tickets.drop(file, path)
    throw error
  }
  tickets.keep(file, path, { ...ticket, arrived: true })
  return ticket.uploadId
}

function askForTicket(path: string, file: File, signal: AbortSignal | undefined): Promise<UploadTicket> {
  const claim = { filename: file.name, mimeType: file.type || 'application/octet-stream', sizeBytes: file.size }
  return http.post<UploadTicket>(`${path}/uploads`, claim, { signal, refresh: false })
}

interface Placing {
  body: OrderBody
  /** It belongs to the draft: pressing the button again never orders twice. */
  key: string
  /** The customer for whose account it is; null: a stranger's order. The key counts once for each of them. */
  sender: string | null
}

/** Sends the order. Throws 401 where it is of a customer who is no longer the one signed in here. */
export async function placeOrder(slug: string, { body, key, sender }: Placing): Promise<OrderReceipt> {
  if (sender === null) {
    return http.post<OrderReceipt>(`${studioPath(slug)}/orders`, body, { idempotencyKey: key, refresh: false })
  }
  const me = await http.get<MeView>('/me')
  if (me.user.id !== sender || me.organization?.slug !== slug)
    throw new ProblemError({ status: 401, code: 'auth.unauthenticated' })
  return http.post<OrderReceipt>('/orders', body, { idempotencyKey: key })
}

export function isSignedOut(error: unknown): boolean {
  return isProblem(error) && error.status === 401
}

export function usePlaceOrder(slug: string) {
  return useMutation({ mutationFn: (placing: Placing) => placeOrder(slug, placing), meta: { quiet: true } })
}
