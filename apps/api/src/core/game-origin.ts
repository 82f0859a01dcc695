/**
 * The origin at which a studio's games are given: its own primary domain, with the scheme and port of the games' origin,
 * or that origin itself.
 */
export function gameOrigin(gamesOrigin: string, primaryDomain: string | null | undefined): string {
  if (!primaryDomain) return gamesOrigin
  const { protocol, port } = new URL(gamesOrigin)
  return `${protocol}//${primaryDomain}${port ? `:${port}` : ''}`
}
