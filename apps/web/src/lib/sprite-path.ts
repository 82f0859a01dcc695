/** Where a photo's sprite is made; with `from`, beginning with the recipe of an earlier sprite. */
export function spriteToolPath(projectId: string, photoId: string, from?: string): string {
  return `/projects/${projectId}/sprite/${photoId}${from ? `?from=${from}` : ''}`
}
