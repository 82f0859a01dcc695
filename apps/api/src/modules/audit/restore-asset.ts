import { updateAssetInput } from '@sparkle/shared/assets'
import { changeAsset } from '../assets/assets.service.ts'
import { keeps, patchOf, restored } from './restore.rules.ts'
import type { Restorer } from './restorers.ts'

const focus = ['focalX', 'focalY']

/** Name and focal point. Contents have versions of their own, and a deleted asset's files are gone. */
export const restoreAsset: Restorer = {
  needs: () => 'assets:update',
  judge:
    async (_tx, now) =>
    ({ field }) =>
      now['deletedAt'] === null && (field === 'filename' || focus.includes(field)) ? restored : keeps('not_by_restore'),
  async apply(tx, { link }, actor, id, steps, goal) {
    const moved = steps.some(({ field }) => focus.includes(field))
    const { focalX: x, focalY: y } = goal
    const focalPoint = x === null || y === null ? null : { x, y }
    const input = updateAssetInput.parse({ ...patchOf(steps, ['filename']), ...(moved && { focalPoint }) })
    await changeAsset(tx, link, actor, id, input, null)
  },
}
