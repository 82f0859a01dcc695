import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'

/**
 * A server or program that some tests need and that npm cannot bring. Tests that need one carry its name in theirs
 * (`object-store.s3.test.ts`), so that a machine without it leaves out whole files, by name, and says so.
 */
export type Part = 'redis' | 's3' | 'browser'

export const parts: Record<Part, { title: string; tests: string[]; debian: string[] }> = {
  redis: { title: 'Redis', tests: ['**/*.redis.test.ts'], debian: ['redis-server'] },
  s3: {
    title: 'S3 (OpenStack Swift)',
    tests: ['**/*.s3.test.ts'],
    debian: ['swift-proxy', 'swift-account', 'swift-container', 'swift-object', 'memcached'],
  },
  browser: { title: 'a browser', tests: ['**/e2e/**'], debian: ['chromium'] },
}

/** True when the part's programs are on this machine. */
export function partAvailable(part: Part): boolean {
  switch (part) {
    case 'redis':
      return findProgram('redis-server') !== undefined
    case 's3':
      return ['swift-proxy-server', 'swift-ring-builder', 'memcached'].every((name) => findProgram(name) !== undefined)
    case 'browser':
      return findProgram('chromium') !== undefined || bringsChromium()
  }
}

/** Looks a program up as a shell would; also in the folders of system servers, which are not on everybody's PATH. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/sbin', '/usr/local/bin']
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

function bringsChromium(): boolean {
  try {
    const web = createRequire(new URL('../../../web/package.json', import.meta.url))
    return existsSync(web.resolve('@sparticuz/chromium'))
  } catch {
    // Not installed here: the answer is no.
    return false
  }
}
