import { MAX_PET_NAME } from '@sparkle/games/base-config'
import type { AssetSlot, GameTemplate } from '@sparkle/games/template'
import { beginning } from '@sparkle/shared/text'
import { AppError, conflict, invalid, notFound } from '../../core/app-error.ts'
import type { SlotAssetFacts } from './builds.queries.ts'

const dayMs = 86_400_000
const previewDays = 7

/**
 * When a preview link made now stops working: at the end of the day a week from now, UTC. It changes once a day, so that
 * a build has one and the same link all day long and pages can cache it.
 */
export function previewExpiry(now: number): Date {
  return new Date((Math.floor(now / dayMs) + 1 + previewDays) * dayMs)
}

/** Throws 422 `build.unknown_slot` for a slot the template does not have. */
export function assertSlotsKnown(template: GameTemplate, given: Record<string, string>): void {
  const known = template.slots.map((slot) => slot.id as string)
  for (const slot of Object.keys(given))
    if (!known.includes(slot))
      invalid(
        'build.unknown_slot',
        `Template "${template.id}" has no slot "${slot}". It has ${known.join(', ')}.`,
        `body.assets.${slot}`,
      )
}

/**
 * Whether an asset can fill a slot. One of another studio or project is 404; the wrong type is 422, and one that is still
 * being processed, or was rejected, 409.
 */
export function assertFits(slot: AssetSlot, asset: SlotAssetFacts | undefined, projectId: string): void {
  if (!asset || asset.projectId !== projectId) return notFound('asset')
  if (!(slot.accepts as readonly string[]).includes(asset.assetType))
    invalid(
      'build.asset_unfit',
      `The slot "${slot.id}" takes ${slot.accepts.join(' or ')}, not ${asset.assetType}.`,
      `body.assets.${slot.id}`,
    )
  if (asset.status !== 'ready')
    conflict(
      'build.asset_not_ready',
      `The asset for the slot "${slot.id}" is ${asset.status}. Wait until it is ready, or choose another one.`,
    )
}

/** For a required slot that nothing fills. */
export function slotMissing(slot: AssetSlot): AppError {
  return slot.id === 'pet'
    ? new AppError(
        'conflict',
        'build.pet_missing',
        'This project has no sprite that is ready. Make one from a photo first.',
      )
    : new AppError('conflict', 'build.slot_missing', `The slot "${slot.id}" has to be filled. Name an asset for it.`)
}

const emoji = /[\p{Extended_Pictographic}\p{Regional_Indicator}\u200d\ufe0f\u{1f3fb}-\u{1f3ff}]+/gu

/**
 * A pet's name as templates take it; a project's own bound is the same, so nothing is cut of a name given here. Emoji are
 * left out, which the pixel face can only show as a blob, unless the name has nothing else.
 */
export function nameForGame(petName: string): string {
  const words = petName.replaceAll(emoji, ' ').replaceAll(/\s+/g, ' ').trim()
  return beginning(words || petName.trim(), MAX_PET_NAME).trimEnd()
}
