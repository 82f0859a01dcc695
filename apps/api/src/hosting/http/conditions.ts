/** Whether `If-None-Match` names this tag. Weak comparison (RFC 9110, 13.1.2): a CDN may have weakened ours. */
export function namesTag(header: string, etag: string): boolean {
  if (header === etag || header === '*') return true
  return header.split(',', 50).some((tag) => tag.trim().replace(/^W\//, '') === etag)
}

/** Inclusive positions of the first and last byte. */
export interface ByteRange {
  first: number
  last: number
}

/**
 * Reads a `Range` header. Several ranges and whatever is not understood count as no range at all, which RFC 9110, 14.2
 * allows: the client gets the whole.
 */
export function readRange(header: string, size: number): ByteRange | 'unsatisfiable' | undefined {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header.trim())
  if (!found) return undefined
  const [, from = '', to = ''] = found
  if (from === '' && to === '') return undefined
  if (from === '') {
    const length = Number(to)
    return length === 0 || size === 0 ? 'unsatisfiable' : { first: Math.max(0, size - length), last: size - 1 }
  }
  const first = Number(from)
  if (to !== '' && Number(to) < first) return undefined
  if (first >= size) return 'unsatisfiable'
  return { first, last: to === '' ? size - 1 : Math.min(Number(to), size - 1) }
}
