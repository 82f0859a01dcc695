import { beginning } from '@sparkle/shared/text'

/** What some system would not store, or would take for a place: separators, control and direction marks, wildcards. */
const unfit = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069/\\:*?"<>|]/gu
/** Names that Windows keeps for devices, with any ending. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i
const longest = 100

/**
 * One part of a path within an archive: whatever somebody called a file, it names a file below the folder in which the
 * archive is opened, on every system.
 */
export function safeName(name: string): string {
  const cleaned = name
    .normalize('NFC')
    .replaceAll(unfit, '_')
    .replaceAll(/^[.\s]+|[.\s]+$/g, '')
  const dot = cleaned.lastIndexOf('.')
  const ending = dot > 0 && cleaned.length - dot <= 12 ? cleaned.slice(dot) : ''
  const short = beginning(cleaned.slice(0, cleaned.length - ending.length), longest - ending.length) + ending
  if (short === '') return 'file'
  return device.test(short) ? `_${short}` : short
}

/** Makes paths that are all different, also where a system does not tell large letters from small ones. */
export function createPaths() {
  const taken = new Set<string>()
  return (...parts: readonly string[]): string => {
    const path = parts.map(safeName).join('/')
    const dot = path.lastIndexOf('.')
    const [stem, ending] = dot > path.lastIndexOf('/') + 1 ? [path.slice(0, dot), path.slice(dot)] : [path, '']
    let free = path
    for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${stem} (${number})${ending}`
    taken.add(free.toLowerCase())
    return free
  }
}
