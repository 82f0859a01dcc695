import { expect, test } from 'vitest'
import { findBreaches } from './boundaries.mjs'

const api = 'apps/api/src'
const web = 'apps/web/src'

function check(files: Record<string, string>): string[] {
  return findBreaches(Object.entries(files).map(([path, text]) => ({ path, text })))
}

/** Each pair: a file with one import that is refused, and one in the same place that is not. */
const pairs: [name: string, path: string, refused: string, accepted: string][] = [
  ['shared takes Zod only', 'packages/shared/src/a.ts', "import ms from 'ms'", "import { z } from 'zod'"],
  ['pixel takes nothing', 'packages/pixel/src/a.ts', "import { z } from 'zod'", "import { b } from './b.ts'"],
  [
    'core knows no module',
    `${api}/core/a.ts`,
    "import { b } from '../modules/urls/urls.rules.ts'",
    "import { b } from '../db/tables/urls.ts'",
  ],
  [
    'core knows no plugin',
    `${api}/core/a.ts`,
    "import { b } from '../plugins/auth.ts'",
    "import { b } from './actor.ts'",
  ],
  [
    'db knows no module',
    `${api}/db/a.ts`,
    "import { b } from '../modules/urls/urls.queries.ts'",
    "import { b } from '../core/actor.ts'",
  ],
  [
    'plugins know no module',
    `${api}/plugins/a.ts`,
    "import { b } from '../modules/urls/urls.service.ts'",
    "import { b } from '../adapters/cache.ts'",
  ],
  [
    'hosting knows no module',
    `${api}/hosting/a.ts`,
    "import { b } from '../modules/urls/urls.service.ts'",
    "import { b } from '../adapters/store.ts'",
  ],
  [
    'adapters know no database',
    `${api}/adapters/a.ts`,
    "import { b } from '../db/pool.ts'",
    "import { b } from '../core/errors.ts'",
  ],
  [
    'a module takes services of another',
    `${api}/modules/builds/a.ts`,
    "import { b } from '../urls/urls.rules.ts'",
    "import { b } from '../urls/urls.service.ts'",
  ],
  [
    'a module takes tables, not the pool',
    `${api}/modules/builds/a.ts`,
    "import { b } from '../../db/pool.ts'",
    "import { b } from '../../db/tables/builds.ts'",
  ],
  [
    'a module takes an adapter as a type',
    `${api}/modules/builds/a.ts`,
    "import { b } from '../../adapters/store.ts'",
    "import type { B } from '../../adapters/store.ts'",
  ],
  [
    'features never import features',
    `${web}/features/urls/a.tsx`,
    "import { b } from '../builds/b.tsx'",
    "import { b } from '../../components/b.tsx'",
  ],
  [
    'components know no feature',
    `${web}/components/a.tsx`,
    "import { b } from '../features/urls/b.tsx'",
    "import { b } from '../lib/b.ts'",
  ],
  [
    'lib knows no component',
    `${web}/lib/a.ts`,
    "import { b } from '../components/b.tsx'",
    "import { b } from '@sparkle/shared/urls'",
  ],
  [
    'features know no page',
    `${web}/features/urls/a.tsx`,
    "import { b } from '../../app/router.tsx'",
    "import { b } from './b.tsx'",
  ],
  [
    'nobody imports an application',
    `${web}/lib/a.ts`,
    "import { b } from '@sparkle/api/config'",
    "import { b } from '@sparkle/pixel/render'",
  ],
]

test.each(pairs)('%s', (_name, path, refused, accepted) => {
  expect(check({ [path]: refused })).toEqual([expect.stringContaining(`${path}:1 `)])
  expect(check({ [path]: accepted })).toEqual([])
})

test('sees every way to import, over several lines too', () => {
  const ways = [
    "import '../modules/a/a.rules.ts'",
    "export { b } from '../modules/a/a.rules.ts'",
    "export * from '../modules/a/a.rules.ts'",
    "import type { B } from '../modules/a/a.rules.ts'",
    "import {\n  b,\n  c,\n} from '../modules/a/a.rules.ts'",
    "const b = await import('../modules/a/a.rules.ts')",
  ]
  for (const way of ways) expect(check({ [`${api}/core/a.ts`]: `const first = 1\n${way}\n` }), way).toHaveLength(1)
})

test('names the line', () => {
  const text = "import { a } from './a.ts'\n\nimport { b } from '../plugins/b.ts'\n"
  expect(check({ [`${api}/core/c.ts`]: text })[0]).toMatch(/^apps\/api\/src\/core\/c\.ts:3 /)
})

test('refuses a cycle of files, but not one that exists for types only', () => {
  const files = (statement: string) => ({
    [`${api}/core/a.ts`]: "import { b } from './b.ts'",
    [`${api}/core/b.ts`]: statement,
  })
  expect(check(files("import { a } from './a.ts'"))).toEqual([expect.stringContaining('import cycle')])
  expect(check(files("import type { A } from './a.ts'"))).toEqual([])
})

test('refuses a cycle of modules even where no file closes one', () => {
  const one = { [`${api}/modules/urls/urls.service.ts`]: "import { b } from '../builds/builds.queries.ts'" }
  const back = { [`${api}/modules/builds/builds.service.ts`]: "import { u } from '../urls/urls.queries.ts'" }
  expect(check(one)).toEqual([])
  expect(check({ ...one, ...back })).toEqual([expect.stringContaining('modules form a cycle: urls -> builds -> urls')])
})

test('refuses pools and ports outside the entry points', () => {
  expect(check({ [`${api}/core/a.ts`]: 'const pool = new pg.Pool({})' })[0]).toContain('open pools')
  expect(check({ [`${api}/plugins/a.ts`]: 'await app.listen({ port: 1 })' })[0]).toContain('open ports')
  expect(check({ [`${api}/server.ts`]: 'await app.listen({ port: 1 })' })).toEqual([])
})

test('refuses a function that takes a transaction and an adapter', () => {
  const adapter = { [`${api}/adapters/store.ts`]: 'export type ObjectStore = { put(): void }' }
  const service = (parameters: string) => ({
    ...adapter,
    [`${api}/modules/a/a.service.ts`]: `export async function act(${parameters}) {}`,
  })
  expect(check(service('tx: TenantTx,\n  store: ObjectStore'))[0]).toContain('never both')
  expect(check(service('tx: TenantTx, id: string'))).toEqual([])
  expect(check(service('store: ObjectStore'))).toEqual([])
})

test('refuses every way to another server but the guarded one', () => {
  const refused = [
    "import { request } from 'node:https'",
    "import http from 'node:http'",
    "import { STATUS_CODES, request } from 'node:http'",
    "import { Agent } from 'undici'",
    "const got = await import('undici')",
    "import { connect } from 'node:net'",
    "import net from 'node:net'",
    'const reply = await fetch(url)',
    'const call = globalThis.fetch',
    'const socket = new WebSocket(url)',
  ]
  for (const text of refused) expect(check({ [`${api}/modules/a/a.service.ts`]: text }), text).toHaveLength(1)
  const accepted: [path: string, text: string][] = [
    [`${api}/core/safe-fetch.ts`, "import http from 'node:http'"],
    [`${api}/modules/a/a.service.ts`, "import { isIP, type Socket as S } from 'node:net'"],
    [`${api}/modules/a/a.service.ts`, "import type { IncomingMessage } from 'node:http'"],
    [`${api}/plugins/a.ts`, "import { STATUS_CODES } from 'node:http'"],
    [`${api}/plugins/a.ts`, 'await cache.fetch(key)\nawait prefetch(key)'],
    [`${api}/adapters/scan.ts`, "import { connect, type Socket } from 'node:net'"],
    [`${api}/hosting/shell/main.ts`, 'const reply = await fetch(page)'],
    [`${web}/lib/a.ts`, 'const reply = await fetch(page)'],
  ]
  for (const [path, text] of accepted) expect(check({ [path]: text }), text).toEqual([])
})

test('refuses index.ts', () => {
  expect(check({ 'packages/shared/src/index.ts': "export * from './a.ts'" })[0]).toContain('no index.ts')
})
