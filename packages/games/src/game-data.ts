import type { SpriteSheet } from './sheet.ts'

/** What the builder writes into the document and the runtime reads from it. Pictures and sound are data: addresses. */
export interface GameData {
  templateId: string
  templateVersion: string
  engineVersion: string
  seed: number
  title: string
  petName: string
  config: unknown
  texts: Record<string, string>
  pet: { image: string; sheet: SpriteSheet }
  background?: string
  sound?: string
}

/** The id of the document's data element. */
export const DATA_ELEMENT_ID = 'game-data'
