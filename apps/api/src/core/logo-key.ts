/** The SHA-256 of a studio's logo; the key of its file ends in it. */
export function logoDigest(logoKey: string): string {
  return /([0-9a-f]{64})\.png$/.exec(logoKey)?.[1] ?? ''
}
