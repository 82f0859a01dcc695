import type { Chore } from '../core/event-handlers.ts'
import type { Deps } from '../plugins/types.ts'
import { rotateKeys } from './rotate-keys.ts'
import { recordRun } from './runs.ts'

/** Brings values under the newest data key wherever an older one is still configured. */
export const rotationChore: Chore<Deps> = {
  name: 'rotate keys',
  everySeconds: 3600,
  async run({ db, crypto }, log, signal) {
    if (crypto.keyIds.length < 2) return
    const startedAt = new Date()
    const { rotated, stale } = await rotateKeys(db, crypto, { signal })
    if (rotated === 0) return
    log.info({ rotated, stale, key: crypto.newestKeyId }, 'values were encrypted anew')
    await recordRun(db, 'rotation', stale === 0 ? 'passed' : 'failed', startedAt, { rotated, stale })
  },
}
