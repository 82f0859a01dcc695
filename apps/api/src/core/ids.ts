import { v7 } from 'uuid'

/** A UUIDv7 (RFC 9562): sorts by time, so that new rows land at the end of their index. */
export function newId(): string {
  return v7()
}
