import { MAX_PET_NAME } from '../base-config.ts'
import { ENGINE_VERSION } from '../engine/game.ts'
import type { GameData } from '../game-data.ts'
import type { BaseConfig, GameTemplate } from '../template.ts'
import { findTemplate } from '../templates.ts'
import { runtimeTextKeys } from '../browser/texts.ts'
import { canonicalJson, sha256Hex } from './digest.ts'
import { gameDocument } from './document.ts'
import { GameBuildError } from './errors.ts'
import type { GameFile, GameManifest } from './manifest.ts'
import { runtimeBundle } from './runtime-bundle.ts'
import { parseSheet } from './sheet-schema.ts'

export interface SlotAsset {
  bytes: Uint8Array
  mimeType: string
  /** Aseprite's JSON; needed for the pet. */
  meta?: unknown
  /** SHA-256 of `bytes`, hex; checked, because the manifest vouches for it. */
  digest: string
}

export interface BuildInput {
  templateId: string
  /** A full config, as `completeConfig` gives it. */
  config: unknown
  /** 32 bits; left out, it follows from the inputs, so that equal orders still build equally. */
  seed?: number
  petName: string
  title: string
  assets: Record<string, SlotAsset>
  /** Messages of the `games` namespace in the config's language, flat (`play.start`); those it needs are embedded. */
  texts: Readonly<Record<string, string>>
  /** Files made elsewhere (icons, share picture) that belong to the build and its digest. */
  extraFiles?: readonly GameFile[]
}

export interface GameBuild {
  /** By path; `game.html` and `manifest.json` are always there. */
  files: GameFile[]
  manifest: GameManifest
}

const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/webp']
const SLOT_TYPES: Record<string, readonly string[]> = {
  pet: IMAGE_TYPES,
  background: IMAGE_TYPES,
  sound: ['audio/mpeg'],
}
const OWN_PATHS = ['game.html', 'manifest.json']
const MAX_TITLE_LENGTH = 120

/**
 * Builds a game: pure and deterministic, so equal inputs give equal bytes in any process, folder, zone and year.
 *
 * @throws GameBuildError if the inputs cannot make a game; it says which and why
 */
export async function buildGame(input: BuildInput): Promise<GameBuild> {
  const template = findTemplate(input.templateId)
  if (!template) throw new GameBuildError('unknown_template', `There is no game template "${input.templateId}".`)
  const config = checkSettings(template, input)
  checkAssets(template, input.assets)
  const extraFiles = checkExtraFiles(input.extraFiles ?? [])
  const texts = pickTexts(template, input.texts)
  const inputs = Object.entries(input.assets)
    .map(([slot, asset]) => ({ slot, digest: asset.digest, mimeType: asset.mimeType, bytes: asset.bytes.length }))
    .sort(bySlot)

  const seed = input.seed ?? seedFrom({ templateId: template.id, config, inputs })
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffff_ffff) {
    throw new GameBuildError('invalid_input', 'The seed must be a whole number of 32 bits.')
  }
  const { petName, title, assets } = input
  const pet = assets.pet as SlotAsset
  const data: GameData = {
    templateId: template.id,
    templateVersion: template.version,
    engineVersion: ENGINE_VERSION,
    seed,
    title,
    petName,
    config,
    texts,
    pet: { image: dataAddress(pet), sheet: parseSheet(pet.meta) },
    ...(assets.background && { background: dataAddress(assets.background) }),
    ...(assets.sound && { sound: dataAddress(assets.sound) }),
  }
  const document = gameDocument(data, config, await runtimeBundle(template.id))
  const game: GameFile = { path: 'game.html', mimeType: 'text/html; charset=utf-8', bytes: encode(document.html) }
  const files = [game, ...extraFiles].sort(byPath)

  const facts = {
    format: 1 as const,
    templateId: template.id,
    templateVersion: template.version,
    engineVersion: ENGINE_VERSION,
    title,
    petName,
    seed,
    config,
    inputs,
    files: files.map(({ path, mimeType, bytes }) => ({
      path,
      mimeType,
      bytes: bytes.length,
      sha256: sha256Hex(bytes),
    })),
    scriptHashes: document.scriptHashes,
    styleHashes: document.styleHashes,
  }
  const manifest: GameManifest = { ...facts, digest: sha256Hex(canonicalJson(facts)) }
  const manifestFile = {
    path: 'manifest.json',
    mimeType: 'application/json',
    bytes: encode(`${canonicalJson(manifest)}\n`),
  }
  return { files: [...files, manifestFile].sort(byPath), manifest }
}

function checkSettings(template: GameTemplate, input: BuildInput): BaseConfig {
  const config = template.configSchema.safeParse(input.config)
  if (!config.success) {
    const [first] = config.error.issues
    throw new GameBuildError(
      'invalid_config',
      `Game config, ${first?.path.join('.') || 'whole'}: ${first?.message ?? 'invalid'}`,
    )
  }
  if (input.title.length === 0 || input.title.length > MAX_TITLE_LENGTH) {
    throw new GameBuildError('invalid_input', `The title must have 1 to ${MAX_TITLE_LENGTH} characters.`)
  }
  // Whole characters, as the config's schema counts them: an emoji is one.
  const letters = [...input.petName].length
  if (letters === 0 || letters > MAX_PET_NAME) {
    throw new GameBuildError('invalid_input', `The pet's name must have 1 to ${MAX_PET_NAME} characters.`)
  }
  return config.data
}

function checkAssets(template: GameTemplate, assets: Record<string, SlotAsset>): void {
  for (const slot of template.slots) {
    if (slot.required && !assets[slot.id]) {
      throw new GameBuildError('missing_slot', `The "${slot.id}" slot of template "${template.id}" must be filled.`)
    }
  }
  for (const [id, asset] of Object.entries(assets)) {
    if (!template.slots.some((slot) => slot.id === id)) {
      throw new GameBuildError('unknown_slot', `Template "${template.id}" has no "${id}" slot.`)
    }
    if (!SLOT_TYPES[id]?.includes(asset.mimeType)) {
      throw new GameBuildError('unfit_asset', `The "${id}" slot cannot hold ${asset.mimeType}.`)
    }
    if (sha256Hex(asset.bytes) !== asset.digest) {
      throw new GameBuildError('digest_mismatch', `The asset in the "${id}" slot is not what its digest names.`)
    }
  }
}

function checkExtraFiles(files: readonly GameFile[]): readonly GameFile[] {
  const seen = new Set<string>(OWN_PATHS)
  for (const { path } of files) {
    if (!/^[a-z0-9][a-z0-9.-]{0,63}$/.test(path) || seen.has(path)) {
      throw new GameBuildError('invalid_input', `The extra file "${path}" has a path that is not plain or is taken.`)
    }
    seen.add(path)
  }
  return files
}

function pickTexts(template: GameTemplate, texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    [...runtimeTextKeys, ...template.textKeys].map((key) => {
      const text = texts[key]
      if (text === undefined) throw new GameBuildError('missing_text', `The text "${key}" is missing.`)
      return [key, text]
    }),
  )
}

function seedFrom(facts: unknown): number {
  return Number.parseInt(sha256Hex(canonicalJson(facts)).slice(0, 8), 16)
}

function dataAddress({ mimeType, bytes }: SlotAsset): string {
  return `data:${mimeType};base64,${Buffer.from(bytes).toString('base64')}`
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : 1
}

function bySlot(a: { slot: string }, b: { slot: string }): number {
  return a.slot < b.slot ? -1 : 1
}
