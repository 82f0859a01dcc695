import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** What the compiler remembers of packages whose types come from the messages. */
const remembered = [
  'node_modules/.cache/types/shared',
  'node_modules/.cache/types/games',
  'apps/api/tsconfig.tsbuildinfo',
  'apps/web/tsconfig.tsbuildinfo',
]

/**
 * `tsc -b` does not see that an imported JSON file has changed: a key that is gone would pass until something else
 * changes. So what it remembers is forgotten where a message is newer. Answers whether it was.
 * @param {string} root @returns {Promise<boolean>}
 */
export async function forgetStaleTypes(root) {
  const messages = join(root, 'packages/shared/src/messages')
  const names = ['', ...(await readdir(messages, { recursive: true }))]
  const changed = Math.max(...(await Promise.all(names.map((name) => modifiedAt(join(messages, name))))))
  const known = (await Promise.all(remembered.map((path) => modifiedAt(join(root, path))))).filter((at) => at > 0)
  if (known.every((at) => at > changed)) return false
  for (const path of remembered) await rm(join(root, path), { recursive: true, force: true })
  return true
}

/** 0 where there is no such file. @param {string} path */
async function modifiedAt(path) {
  const found = await stat(path).catch((/** @type {NodeJS.ErrnoException} */ error) => {
    if (error.code === 'ENOENT') return { mtimeMs: 0 }
    throw error
  })
  return found.mtimeMs
}
