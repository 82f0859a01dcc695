/** What the host writes into the shell page for its script, as JSON in the element with this id. */
export const SETTINGS_ID = 'shell-settings'

export interface ShellSettings {
  slug: string
  /** `document`: our own self-contained one, run by `srcdoc`. `page`: a studio's own game, at its own address. */
  starts: 'document' | 'page'
  /** Address of the game document. */
  document: string
  /** Under which saves are kept; null keeps them for this page only, as a preview does. */
  saveKey: string | null
  /** Whether plays are counted and the game is kept for playing offline: on its live address, not in a preview. */
  live: boolean
  /** The origin whose pages may drive the game, as a review does; null where none may. */
  drivenFrom: string | null
  /** What else has to be at hand offline: icons and the web manifest. */
  extras: readonly string[]
}
