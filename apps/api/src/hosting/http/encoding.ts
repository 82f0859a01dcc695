export type Encoding = 'br' | 'gzip' | 'identity'

/** Smallest first: what wins when a client takes several equally gladly. */
const ours: readonly Encoding[] = ['br', 'gzip', 'identity']

const remembered = new Map<string, readonly Encoding[]>()
const rememberAtMost = 200

/**
 * The encodings a client takes, gladdest first (RFC 9110, 12.5.3). Browsers send a handful of different headers, so the
 * answers are kept.
 */
export function acceptedEncodings(header: string | undefined): readonly Encoding[] {
  if (header === undefined) return ['identity']
  const known = remembered.get(header)
  if (known) return known
  const answer = readAcceptEncoding(header)
  if (remembered.size >= rememberAtMost) remembered.clear()
  remembered.set(header, answer)
  return answer
}

function readAcceptEncoding(header: string): readonly Encoding[] {
  const weights = new Map<string, number>()
  for (const part of header.toLowerCase().split(',', 20)) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim())
    const q = parameters.find((parameter) => parameter.startsWith('q='))
    const weight = q === undefined ? 1 : Number(q.slice(2))
    weights.set(name, Number.isFinite(weight) ? weight : 0)
  }
  const any = weights.get('*')
  // Unless it is named, identity is always possible but never preferred.
  const weightOf = (encoding: Encoding) => weights.get(encoding) ?? any ?? (encoding === 'identity' ? 0.0001 : 0)
  return ours.filter((encoding) => weightOf(encoding) > 0).sort((a, b) => weightOf(b) - weightOf(a))
}
