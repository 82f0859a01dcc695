import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './place.mjs'

/** Paths of all files that are, or with the next `git add` would be, in git. */
export function trackedPaths() {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return [...new Set(listed.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path))).sort()
}

/** @param {(path: string) => boolean} wanted @returns {{ path: string, text: string }[]} */
export function trackedSources(wanted) {
  return trackedPaths()
    .filter(wanted)
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/**
 * Prints what a check found and sets the exit code.
 * @param {string} name @param {string[]} breaches
 */
export function report(name, breaches) {
  for (const breach of breaches) console.error(breach)
  console.log(breaches.length === 0 ? `${name}: fine` : `${name}: ${breaches.length} found`)
  process.exitCode = breaches.length === 0 ? 0 : 1
}
