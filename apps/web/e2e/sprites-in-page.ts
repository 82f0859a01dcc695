import type { Image } from '@sparkle/pixel/image'
import { completeRecipe, type SpriteRecipe } from '@sparkle/pixel/recipe'
import { renderSprite } from '@sparkle/pixel/render'
import { loadPng } from '../src/features/sprites/read-png.ts'

/** A picture's size and the SHA-256 of its RGBA bytes. */
export interface Fingerprint {
  width: number
  height: number
  sha256: string
}

/** What the sprite tool does in a browser: the work image read from its link, the sheet rendered from it. */
export async function renderInPage(workUrl: string, recipe: Partial<SpriteRecipe>): Promise<Fingerprint> {
  return fingerprint(renderSprite(await loadPng(workUrl), completeRecipe(recipe)).sheet)
}

export async function fingerprint({ width, height, data }: Image): Promise<Fingerprint> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data))
  return { width, height, sha256: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') }
}
