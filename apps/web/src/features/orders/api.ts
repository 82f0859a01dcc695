import type { KnownOrderInput, OrderReceipt, StudioView, TrackingView, UploadTicket } from '@sparkle/shared/orders'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'
import { type UploadOptions } from '../../lib/upload.ts'
import { isInterruption, sendFile } from '../../lib/upload-pieces.ts'

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

/** The tickets of files that were interrupted: another try goes on with what has arrived. */
const tickets = new WeakMap<File, UploadTicket>()

/** Uploads one photo ahead of its order; resolves to the id that the order names. */
export function sendPhoto(slug: string, file: File, options: UploadOptions): Promise<string> {
  return sendTo(studioPath(slug), file, options)
}

/** Adds one photo to an order that was sent before; resolves to the order with it. */
export async function addPhoto(token: string, file: File, options: UploadOptions): Promise<TrackingView> {
  const path = trackingPath(token)
  const uploadId = await sendTo(path, file, options)
  return http.post<TrackingView>(`${path}/photos`, { uploadId }, { signal: options.signal, refresh: false })
}

async function sendTo(path: string, file: File, options: UploadOptions): Promise<string> {
  const ticket = tickets.get(file) ?? (await askForTicket(path, file, options.signal))
  tickets.set(file, ticket)
  try {
    await sendFile(ticket, file, options)
  } catch (error) {
    // A refusal is of this ticket; only what was interrupted is worth going on with.
    if (!isInterruption(error)) tickets.delete(file)
    throw error
  }
  tickets.delete(file)
  return ticket.uploadId
}

function askForTicket(path: string, file: File, signal: AbortSignal | undefined): Promise<UploadTicket> {
  const claim = { filename: file.name, mimeType: file.type || 'application/octet-stream', sizeBytes: file.size }
  return http.post<UploadTicket>(`${path}/uploads`, claim, { signal, refresh: false })
}

/**
 * Sends the order. The key belongs to the draft, so that pressing the button again never orders twice. `known`: for the
 * account of the customer who is signed in, and not as a stranger's.
 */
export function usePlaceOrder(slug: string, known: boolean) {
  return useMutation({
    mutationFn: ({ body, key }: { body: OrderBody; key: string }) =>
      known
        ? http.post<OrderReceipt>('/orders', body, { idempotencyKey: key })
        : http.post<OrderReceipt>(`${studioPath(slug)}/orders`, body, { idempotencyKey: key, refresh: false }),
    meta: { quiet: true },
  })
}
