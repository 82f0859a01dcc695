/** A file of a bundle: `object` names its bytes where `path`, which a studio chose, could not be part of a key. */
interface Placed {
  path: string
  object?: string
}

/** Where the bytes of a build's file lie. Bundles are addressed by content, so a key always means the same bytes. */
export function bundleKey(organizationId: string, digest: string, { path, object }: Placed): string {
  return `${organizationId}/builds/${digest}/${object ?? path}`
}
