import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'

/**
 * A server or program that some tests need and that npm cannot bring. Tests that need one carry its name in theirs
 * (`object-store.s3.test.ts`; several: `split.redis.s3.nginx.test.ts`), so that a machine without it leaves out whole files, by name, and says so.
 */
export type Part = 'redis' | 's3' | 'clamav' | 'nginx' | 'browser'

export const parts: Record<Part, { title: string; tests: string[]; debian: string[] }> = {
  redis: { title: 'Redis', tests: named('redis'), debian: ['redis-server'] },
  s3: {
    title: 'S3 (OpenStack Swift)',
    tests: named('s3'),
    debian: ['swift-proxy', 'swift-account', 'swift-container', 'swift-object', 'memcached'],
  },
  clamav: { title: 'ClamAV', tests: named('clamav'), debian: ['clamav-daemon'] },
  nginx: { title: 'nginx', tests: named('nginx'), debian: ['nginx-light'] },
  browser: { title: 'a browser', tests: ['**/e2e/**'], debian: ['chromium'] },
}

function named(part: Part): string[] {
  return [`**/*.${part}.test.ts`, `**/*.${part}.*.test.ts`]
}

/** True when the part's programs are on this machine. */
export function partAvailable(part: Part): boolean {
  switch (part) {
    case 'redis':
      return findProgram('redis-server') !== undefined
    case 's3':
      return ['swift-proxy-server', 'swift-ring-builder', 'memcached'].every((name) => findProgram(name) !== undefined)
    case 'clamav':
      return findProgram('clamd') !== undefined
    case 'nginx':
      return findProgram('nginx') !== undefined
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
