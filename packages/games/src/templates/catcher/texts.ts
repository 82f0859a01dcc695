/** What the catcher says beside the shared texts. */
export const catcherTextKeys = [
  'catcher.label',
  'catcher.level',
  'catcher.rain',
  'catcher.gust',
  'catcher.catchThese',
  'catcher.avoidThese',
  'catcher.touch',
  'catcher.keys',
  'catcher.timeUp',
  'catcher.outOfHearts',
  'catcher.caught',
  'catcher.bestCombo',
] as const

export type CatcherText = (typeof catcherTextKeys)[number]
