import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from './place.mjs'

const notSources = new Set(['node_modules', 'dist', 'e2e', 'bench'])

/**
 * A digest over the names and bytes of files and folders (relative to the repository). Tests and anything installed
 * or built are left out. Bytes rather than times: a fresh clone and a changed branch keep what is still right.
 * @param {string[]} paths
 * @param {string} [salt] something else that the result depends on
 */
export function fingerprint(paths, salt = '') {
  const hash = createHash('sha256').update(salt)
  for (const path of paths) {
    for (const file of filesBelow(join(root, path))) {
      hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file))
    }
  }
  return hash.digest('hex')
}

/** The manifests that decide what gets installed. */
export function manifestPaths() {
  const packages = ['apps', 'packages'].flatMap((folder) =>
    existsSync(join(root, folder)) ? readdirSync(join(root, folder)).map((name) => `${folder}/${name}`) : [],
  )
  return [
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'package.json',
    ...packages.map((folder) => `${folder}/package.json`).filter((path) => existsSync(join(root, path))),
  ]
}

/** Everything that goes into the web build. */
export function webSourcePaths() {
  const packages = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/src`)
  const web = ['src', 'public', 'index.html', 'vite.config.ts', 'package.json'].map((name) => `apps/web/${name}`)
  return ['pnpm-lock.yaml', 'tsconfig.base.json', ...web, ...packages]
}

/** @param {string} path @returns {string[]} */
function filesBelow(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !notSources.has(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)]))
}
