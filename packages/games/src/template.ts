import type { Difficulty, GameLocale } from '@sparkle/shared/games'
import type { z } from 'zod'

export type { Difficulty }
export type SlotId = 'pet' | 'background' | 'sound'
/** The asset types of PRODUCT.md S3 that can fill a slot. */
export type SlotAssetType = 'photo' | 'sprite' | 'background' | 'sound'

export interface AssetSlot {
  id: SlotId
  required: boolean
  accepts: readonly SlotAssetType[]
}

export interface Choice {
  id: string
  /** Key in the `games` namespace of the message store. */
  nameKey: string
}

/** The settings that all templates share (`base-config.ts`); each adds its own. */
export interface BaseConfig {
  petName: string
  theme: string
  difficulty: Difficulty
  locale: GameLocale
  features: string[]
}

/** What the studio sees of a template: pure data and a schema, free of simulation and drawing code. */
export interface GameTemplate {
  id: string
  /** Semantic; a new major version may ask for other settings. */
  version: string
  nameKey: string
  descriptionKey: string
  configSchema: z.ZodType<BaseConfig>
  /** A full, valid config; `petName` and `locale` are placeholders that `completeConfig` replaces. */
  defaults: BaseConfig
  features: readonly Choice[]
  themes: readonly Choice[]
  difficulties: readonly Difficulty[]
  slots: readonly AssetSlot[]
  /** Messages of the `games` namespace that its view uses beside the shared `runtimeTextKeys`; a build embeds them. */
  textKeys: readonly string[]
}

/** The slots that all templates have so far. */
export const commonSlots: readonly AssetSlot[] = [
  { id: 'pet', required: true, accepts: ['sprite'] },
  { id: 'background', required: false, accepts: ['background', 'photo'] },
  { id: 'sound', required: false, accepts: ['sound'] },
]
