/**
 * Refuses what may give other results in another engine, place or moment, in code that has to be bit-identical everywhere
 * (the sprite tool, the games' simulation): node tools/check-determinism.mjs [file or folder ...]
 * Whatever that code imports by relative path is guarded with it; tests are not looked at. A game's drawing is free, so of
 * a template only sim.ts is named. Prints file:line for each finding and exits 1.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const templates = join(root, 'packages/games/src/templates')

const exactMath = ['imul', 'floor', 'trunc', 'abs', 'min', 'max', 'sqrt']

/** @type {[RegExp, string][]} */
const bans = [
  [/\*\*/, 'power: multiply instead'],
  [new RegExp(`\\bMath\\b(?!\\s*\\.\\s*(?:${exactMath.join('|')})\\b)`), `Math beyond ${exactMath.join(', ')}`],
  [/\bDate\b/, 'the clock'],
  [/\bperformance\b/, 'the clock'],
  [/\bTemporal\b/, 'the clock'],
  [/\bcrypto\b/, 'chance: seed a generator instead'],
  [/\bIntl\b/, 'the locale'],
  [/\.\s*toLocale\w+/, 'the locale'],
  [/\.\s*localeCompare\b/, 'the locale'],
  [/\bfor\s*\(\s*(?:const|let|var)\s+[\w$]+\s+in\b/, 'for..in: its order is not ours'],
]

const targets = process.argv.length > 2 ? process.argv.slice(2) : guarded()
const findings = withImports(targets.flatMap(filesUnder)).flatMap(check)
for (const finding of findings) console.error(finding)
if (findings.length > 0) process.exit(1)

function guarded() {
  const games = readdirSync(templates, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return [
    join(root, 'packages/pixel/src'),
    join(root, 'packages/games/src/engine'),
    ...games.map((entry) => join(templates, entry.name, 'sim.ts')),
  ]
}

/**
 * The files and all that they import by relative path, directly or not; imports of types vanish and do not count.
 * @param {string[]} files
 */
function withImports(files) {
  const all = new Set(files)
  for (const file of all) {
    for (const [, path] of readFileSync(file, 'utf8').matchAll(
      /^(?:import|export)\s(?!type\b)[^'"]*['"](\.[^'"]+)['"]/gm,
    )) {
      const target = join(dirname(file), String(path))
      if (existsSync(target) && /\.(ts|tsx|js|mjs)$/.test(target)) all.add(target)
    }
  }
  return [...all]
}

/** @param {string} path @returns {string[]} */
function filesUnder(path) {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) throw new Error(`${path} is guarded but does not exist`)
  if (stat.isDirectory())
    return readdirSync(path)
      .sort()
      .flatMap((name) => filesUnder(join(path, name)))
  return /\.(ts|tsx|js|mjs)$/.test(path) && !/\.test\.\w+$/.test(path) ? [path] : []
}

/** @param {string} file @returns {string[]} */
function check(file) {
  const lines = withoutComments(readFileSync(file, 'utf8')).split('\n')
  return lines.flatMap((line, index) =>
    bans
      .filter(([pattern]) => pattern.test(line))
      .map(([, reason]) => `${relative(process.cwd(), file)}:${index + 1} ${reason}`),
  )
}

/**
 * Blanks comments and plain strings, keeping line breaks; code inside template strings is still seen.
 * @param {string} source
 */
function withoutComments(source) {
  const hidden = /\/\*[^]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g
  return source.replace(hidden, (text) => text.replace(/[^\n]/g, ' '))
}
