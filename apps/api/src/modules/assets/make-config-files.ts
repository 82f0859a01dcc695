import { maxConfigBytes, type RejectionReason } from '@sparkle/shared/assets'
import type { Outcome } from './asset-files.ts'

const maxDepth = 16
const maxValues = 20_000

/** Checks an uploaded file of settings: one JSON object of bounded size and depth, kept as it was understood. */
export function makeConfigFiles(bytes: Buffer): Outcome {
  if (bytes.length > maxConfigBytes) return { rejected: 'too_large' }
  const value = parse(bytes)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { rejected: 'invalid_json' }
  const refused = refusalOf(value)
  if (refused) return { rejected: refused }
  const kept = Buffer.from(JSON.stringify(value))
  return {
    files: [{ variant: 'original', bytes: kept, mimeType: 'application/json', width: null, height: null }],
    metadata: {},
  }
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    // Neither UTF-8 nor JSON: no value, which is refused as any other that is no object.
    return undefined
  }
}

/** Level by level and without recursion: the depth is what is in question. */
function refusalOf(root: object): RejectionReason | undefined {
  let level: unknown[] = [root]
  let values = 0
  for (let depth = 0; level.length > 0; depth++) {
    values += level.length
    if (depth > maxDepth || values > maxValues) return 'json_too_complex'
    const containers = level.filter((value): value is object => typeof value === 'object' && value !== null)
    // A key that programs may take for their own objects' prototype.
    if (containers.some((value) => Object.hasOwn(value, '__proto__'))) return 'invalid_json'
    level = containers.flatMap((value) => Object.values(value))
  }
  return undefined
}
