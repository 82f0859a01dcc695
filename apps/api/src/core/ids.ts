import { v7 } from 'uuid'
import { sha256 } from './crypto.ts'

/** A UUIDv7 (RFC 9562): sorts by time, so that new rows land at the end of their index. */
export function newId(): string {
  return v7()
}

/** The milliseconds since 1970 in the first 48 bits of a UUIDv7. */
export function timeOfId(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
}

/** The first UUIDv7 of a moment, so that a range of time is a range of ids. */
export function idFloor(ms: number): string {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

/** The month (UTC) of a UUIDv7, as `2026-11`. */
export function monthOfId(id: string): string {
  return new Date(timeOfId(id)).toISOString().slice(0, 7)
}

/** An id that follows from a name, so that the same thing is never written twice (RFC 9562, version 8). */
export function namedId(name: string): string {
  const hex = sha256(name)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
