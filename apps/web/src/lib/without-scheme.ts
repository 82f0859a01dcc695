/** `http://127.0.0.1:3001/buttercup/` as people say it. */
export function withoutScheme(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '')
}
