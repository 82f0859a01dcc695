import type { z } from 'zod'

export type Difficulty = 'easy' | 'medium' | 'hard'
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

/** The settings that all templates share; each adds its own. */
export interface BaseConfig {
  petName: string
  theme: string
  difficulty: Difficulty
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
  /** A full, valid config; `petName` is a placeholder that `completeConfig` replaces. */
  defaults: BaseConfig
  features: readonly Choice[]
  themes: readonly Choice[]
  difficulties: readonly Difficulty[]
  slots: readonly AssetSlot[]
}
