import type { OrderInput, OrderReceipt, StudioView, TrackingView, UploadTicket } from '@sparkle/shared/orders'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'
import { uploadTo, type UploadOptions } from '../../lib/upload.ts'

/** As the API takes it; fields with defaults may be left out there, but the form always sends them. */
export type OrderBody = OrderInput

const studioPath = (slug: string) => `/public/studios/${encodeURIComponent(slug)}`
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
      queryFn: ({ signal }) => http.get<TrackingView>(`/public/orders/${encodeURIComponent(token)}`, { signal }),
      refetchInterval: refreshMs,
      refetchOnWindowFocus: 'always',
    }),
}

/** Uploads one photo ahead of its order; resolves to the id that the order names. */
export async function sendPhoto(slug: string, file: File, options: UploadOptions): Promise<string> {
  const claim = { filename: file.name, mimeType: file.type || 'application/octet-stream', sizeBytes: file.size }
  const ticket = await http.post<UploadTicket>(`${studioPath(slug)}/uploads`, claim, {
    signal: options.signal,
    refresh: false,
  })
  await uploadTo(ticket.upload, file, options)
  return ticket.uploadId
}

/** Sends the order. The key belongs to the draft, so that pressing the button again never orders twice. */
export function usePlaceOrder(slug: string) {
  return useMutation({
    mutationFn: ({ body, key }: { body: OrderBody; key: string }) =>
      http.post<OrderReceipt>(`${studioPath(slug)}/orders`, body, { idempotencyKey: key, refresh: false }),
    meta: { quiet: true },
  })
}
