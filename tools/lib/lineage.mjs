import { readFileSync } from 'node:fs'

/**
 * The pids from the parent of this process up to the npm (or pnpm) that runs it; none where nothing of the kind does.
 *
 * Between the two are a shell and, from the second start on, the script that pnpm puts in front of its Node. They
 * outlive an npm that is killed and pass no signal on. All of them carry the `npm_lifecycle_event` of the run, npm
 * itself does not, so the walk ends there: what started npm may end. Without /proc only the parent is known.
 * @returns {number[]}
 */
export function lineageToNpm() {
  const event = process.env['npm_lifecycle_event']
  if (event === undefined) return []
  const pids = [process.ppid]
  for (let pid = process.ppid; isPartOf(event, pid);) {
    pid = parentOf(pid)
    pids.push(pid)
  }
  return pids
}

/**
 * Whether one of a lineage has ended: the system gives its child another parent.
 * @param {number[]} lineage
 */
export function isBroken(lineage) {
  return lineage.some((pid, index) => pid !== (index === 0 ? process.ppid : parentOf(lineage[index - 1] ?? 0)))
}

/** @param {string} event @param {number} pid */
function isPartOf(event, pid) {
  return factOf(pid, 'environ').split('\0').includes(`npm_lifecycle_event=${event}`)
}

/** @param {number} pid @returns {number} 0 where it has none, or is gone */
function parentOf(pid) {
  return Number(/^PPid:\s*(\d+)/m.exec(factOf(pid, 'status'))?.[1] ?? 0)
}

/** @param {number} pid @param {string} name */
function factOf(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch (error) {
    // It has ended (ENOENT, ESRCH), is another person's (EACCES, EPERM), or this system has no /proc.
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(code)) return ''
    throw error
  }
}
