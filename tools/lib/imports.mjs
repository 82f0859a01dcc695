import { posix } from 'node:path'

/**
 * @typedef {{ path: string, text: string }} Source path from the root of the repository, with forward slashes
 * @typedef {{ specifier: string, typeOnly: boolean, target: string | undefined, line: number }} Import
 *   target: the file in this repository, undefined for a package of the registry or of Node
 */

const statement =
  /(?:^|\n)[ \t]*(?:import|export)[ \t]+(type[ \t\n])?(?:[^'"`;()=]*?[\s}*])?from[ \t]*['"]([^'"\n]+)['"]|(?:^|\n)[ \t]*import[ \t]+['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]\s*[,)]/g

/**
 * The imports of a file, re-exports and dynamic ones included. `import { type A }` counts as a value import, because
 * it stays in the program as `import {}`.
 * @param {Source} source @returns {Import[]}
 */
export function importsOf({ path, text }) {
  return [...text.matchAll(statement)].map((match) => {
    const specifier = match[2] ?? match[3] ?? match[4] ?? ''
    const line = text.slice(0, match.index).split('\n').length + (match[0].startsWith('\n') ? 1 : 0)
    return { specifier, typeOnly: match[1] !== undefined, target: resolveTarget(path, specifier), line }
  })
}

/** @param {string} from @param {string} specifier */
function resolveTarget(from, specifier) {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier.replace(/\?.*$/, ''))
  const [, workspace, file] = /^@sparkle\/([^/]+)\/(.+)$/.exec(specifier) ?? []
  if (!workspace || !file) return undefined
  return `packages/${workspace}/src/${file}${/\.\w+$/.test(file) ? '' : '.ts'}`
}

/**
 * Every cycle of a graph, each once, as the path that closes it.
 * @param {Map<string, Set<string>>} graph @returns {string[][]}
 */
export function cyclesOf(graph) {
  /** @type {Map<string, 'open' | 'done'>} */
  const state = new Map()
  /** @type {string[][]} */
  const cycles = []
  /** @param {string} node @param {string[]} path */
  const visit = (node, path) => {
    if (state.get(node) === 'done') return
    if (state.get(node) === 'open') {
      cycles.push([...path.slice(path.indexOf(node)), node])
      return
    }
    state.set(node, 'open')
    for (const next of graph.get(node) ?? []) visit(next, [...path, node])
    state.set(node, 'done')
  }
  for (const node of graph.keys()) visit(node, [])
  return cycles
}
