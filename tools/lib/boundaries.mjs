import { cyclesOf, importsOf } from './imports.mjs'

/**
 * @typedef {import('./imports.mjs').Source} Source
 * @typedef {import('./imports.mjs').Import} Import
 * @typedef {{ name: string, files: RegExp, may: RegExp[], mayTypes?: RegExp[], packages?: RegExp }} Layer
 *   may: files it may import (its own folder comes on top); mayTypes: files of which it may import types;
 *   packages: registry packages it may import, all when left out
 */

const shared = /^packages\/shared\//
const anyPackage = /^packages\/(shared|pixel|games)\//
const core = /^apps\/api\/src\/core\//
const db = /^apps\/api\/src\/db\//
const adapters = /^apps\/api\/src\/adapters\//
const config = /^apps\/api\/src\/(config|settings|settings-faults)\.ts$/
const webLib = /^apps\/web\/src\/lib\//
const webComponents = /^apps\/web\/src\/components\//

/** Who may import whom (docs: CONTRIBUTING.md). The first layer whose `files` fit a file is the one that counts. */
/** @type {Layer[]} */
const layers = [
  { name: 'packages/shared', files: shared, may: [], packages: /^zod$/ },
  { name: 'packages/pixel', files: /^packages\/pixel\/src\//, may: [], packages: /^$/ },
  { name: 'packages/games', files: /^packages\/games\/src\//, may: [anyPackage] },
  { name: 'config', files: config, may: [config, shared] },
  { name: 'core', files: core, may: [db, shared] },
  { name: 'db', files: db, may: [core, shared, config] },
  { name: 'embedded', files: /^apps\/api\/src\/embedded\//, may: [config, db] },
  { name: 'adapters', files: adapters, may: [core, anyPackage] },
  { name: 'plugins', files: /^apps\/api\/src\/plugins\//, may: [core, db, adapters, shared], mayTypes: [config] },
  { name: 'hosting', files: /^apps\/api\/src\/hosting\//, may: [core, db, adapters, anyPackage] },
  {
    name: 'a module',
    files: /^apps\/api\/src\/modules\//,
    may: [
      core,
      anyPackage,
      /^apps\/api\/src\/db\/(tables\/|(system(-[a-z-]+)?|time)\.ts$)/,
      /^apps\/api\/src\/modules\/[^/]+\/[^/]+\.(service|queries)\.ts$/,
    ],
    mayTypes: [adapters, /^apps\/api\/src\/plugins\/types\.ts$/],
  },
  { name: 'web lib', files: webLib, may: [anyPackage] },
  { name: 'web components', files: webComponents, may: [webLib, anyPackage] },
  { name: 'a web feature', files: /^apps\/web\/src\/features\//, may: [webComponents, webLib, anyPackage] },
  { name: 'web', files: /^apps\/web\/src\//, may: [/^apps\/web\/src\//, anyPackage] },
]

/** Only these, and what they have in common, open pools and ports; db/pool.ts holds the recipe of a pool for them. */
const entryPoints = /^apps\/api\/src\/(server|worker|host|runtime)\.ts$/
const opensPool = /\bnew (?:pg\.)?Pool\(/
const safeFetch = 'apps/api/src/core/safe-fetch.ts'
/** Code of the games' pages, which runs in the player's browser. */
const inBrowser = /^apps\/api\/src\/hosting\/shell(-worker)?\//
const callsOut = /(?<![.\w])fetch\(|\bglobalThis\.fetch\b|\bnew (?:WebSocket|EventSource)\(|\bhttps?\.(?:get|request)\(/
const httpClients = /^(?:node:)?(?:https?|http2)$|^(?:undici|axios|got|ky|node-fetch|needle|superagent|cross-fetch)$/
const onlyStatusTexts = /^import \{ STATUS_CODES \} from 'node:http'$/
/** Sockets of other protocols go to servers that the operator's settings name, and those are adapters. */
const opensSocket =
  /^import (?!type )(?:\w+|\* as \w+|\{[^}]*(?<!type )\b(?:connect|createConnection|Socket|createSocket)\b[^}]*\}) from '(?:node:)?(?:net|tls|dgram)'/m
const maySocket = /^apps\/api\/src\/(adapters|embedded)\//
const opensPort = /\.listen\(|\bcreateServer\(/

/**
 * Every breach of the import rules, as `path:line message`.
 * @param {Source[]} sources @returns {string[]}
 */
export function findBreaches(sources) {
  const checked = sources.filter(({ path }) => /\.tsx?$/.test(path) && !/\.(test|contract)\.tsx?$|\.d\.ts$/.test(path))
  const parsed = checked.map((source) => ({ source, imports: importsOf(source) }))
  const adapterTypes = checked.filter(({ path }) => adapters.test(path)).flatMap(({ text }) => exportedTypes(text))
  return [
    ...parsed.flatMap(({ source, imports }) => imports.flatMap((one) => layerBreach(source.path, one))),
    ...checked.flatMap((source) => resourceBreaches(source)),
    ...parsed.flatMap(({ source, imports }) => outgoingBreaches(source, imports)),
    ...checked.flatMap((source) => mixedParameters(source, adapterTypes)),
    ...checked
      .filter(({ path }) => /\/src\/(.*\/)?index\.tsx?$/.test(path))
      .map(({ path }) => `${path}:1 name the file for what it holds: no index.ts re-exports`),
    ...cyclesOf(graphOf(parsed, (path) => path, false)).map(
      (cycle) => `${cycle[0]}:1 import cycle: ${cycle.join(' -> ')}`,
    ),
    ...cyclesOf(graphOf(parsed, moduleOf, true)).map(
      (cycle) => `modules form a cycle: ${cycle.join(' -> ')}; one of these needs becomes an outbox event`,
    ),
  ]
}

/** @param {string} path @param {Import} one @returns {string[]} */
function layerBreach(path, { specifier, target, typeOnly, line }) {
  const layer = layers.find(({ files }) => files.test(path))
  if (!layer) return []
  if (target === undefined) {
    if (specifier.startsWith('@sparkle/')) return [`${path}:${line} ${specifier} is an application; nobody imports it`]
    return !layer.packages || layer.packages.test(specifier)
      ? []
      : [`${path}:${line} ${layer.name} may not import the package ${specifier}`]
  }
  const allowed = [...layer.may, ...(typeOnly ? (layer.mayTypes ?? []) : [])]
  if (ownFolder(path, target) || allowed.some((pattern) => pattern.test(target))) return []
  return [`${path}:${line} ${layer.name} may not import ${target}`]
}

/** The folder that is one unit: a feature or a module by itself, else the layer. @param {string} path */
function unitOf(path) {
  return /^(apps\/api\/src\/modules\/[^/]+|apps\/web\/src\/features\/[^/]+|apps\/[^/]+\/src\/[^/]+|packages\/[^/]+)\//.exec(
    path,
  )?.[1]
}

/** @param {string} path @param {string} target */
function ownFolder(path, target) {
  const unit = unitOf(path)
  return unit !== undefined && unit === unitOf(target)
}

/** @param {Source} source @returns {string[]} */
function resourceBreaches({ path, text }) {
  if (!path.startsWith('apps/api/src/') || entryPoints.test(path) || path.startsWith('apps/api/src/embedded/'))
    return []
  const breaches = []
  if (opensPool.test(text) && path !== 'apps/api/src/db/pool.ts') {
    breaches.push(
      `${path}:${lineOf(text, opensPool)} only server.ts, worker.ts and host.ts open pools (through db/pool.ts)`,
    )
  }
  if (opensPort.test(text))
    breaches.push(`${path}:${lineOf(text, opensPort)} only server.ts, worker.ts and host.ts open ports`)
  return breaches
}

/**
 * Whoever calls other servers by another way than safe-fetch.ts can be led into the network behind ours.
 * @param {Source} source @param {Import[]} imports @returns {string[]}
 */
function outgoingBreaches({ path, text }, imports) {
  if (!path.startsWith('apps/api/src/') || path === safeFetch || inBrowser.test(path)) return []
  const advice = 'other servers are called through core/safe-fetch.ts'
  const lines = text.split('\n')
  const breaches = imports
    .filter(({ specifier, typeOnly, line }) => {
      return httpClients.test(specifier) && !typeOnly && !onlyStatusTexts.test(lines[line - 1] ?? '')
    })
    .map(({ specifier, line }) => `${path}:${line} ${specifier}: ${advice}`)
  if (callsOut.test(text)) breaches.push(`${path}:${lineOf(text, callsOut)} ${advice}`)
  if (opensSocket.test(text) && !maySocket.test(path))
    breaches.push(`${path}:${lineOf(text, opensSocket)} only adapters open sockets; ${advice}`)
  return breaches
}

/** A function that holds a transaction and an adapter can do I/O inside the transaction. @param {Source} source @param {string[]} adapterTypes */
function mixedParameters({ path, text }, adapterTypes) {
  if (!/^apps\/api\/src\/(modules|core|hosting)\//.test(path) || adapterTypes.length === 0) return []
  const adapter = new RegExp(`:\\s*(${adapterTypes.join('|')})\\b`)
  return [...text.matchAll(/\(([^()]*:\s*Tenant(?:Read)?Tx\b[^()]*)\)/g)]
    .filter(([, parameters]) => adapter.test(parameters ?? ''))
    .map(
      (match) =>
        `${path}:${text.slice(0, match.index).split('\n').length} a function takes a transaction or an adapter, never both`,
    )
}

/** @param {string} text */
function exportedTypes(text) {
  return [...text.matchAll(/^export (?:type|interface) (\w+)/gm)].flatMap(([, name]) => name ?? [])
}

/** @param {string} path */
function moduleOf(path) {
  return /^apps\/api\/src\/modules\/([^/]+)\//.exec(path)?.[1]
}

/**
 * @param {{ source: Source, imports: Import[] }[]} parsed
 * @param {(path: string) => string | undefined} nodeOf
 * @param {boolean} withTypes
 */
function graphOf(parsed, nodeOf, withTypes) {
  /** @type {Map<string, Set<string>>} */
  const graph = new Map()
  for (const { source, imports } of parsed) {
    const from = nodeOf(source.path)
    if (from === undefined) continue
    const edges = graph.get(from) ?? new Set()
    graph.set(from, edges)
    for (const { target, typeOnly } of imports) {
      const to = target === undefined || (typeOnly && !withTypes) ? undefined : nodeOf(target)
      if (to !== undefined && (to !== from || !withTypes)) edges.add(to)
    }
  }
  return graph
}

/** @param {string} text @param {RegExp} pattern */
function lineOf(text, pattern) {
  return text.slice(0, text.search(pattern)).split('\n').length
}
