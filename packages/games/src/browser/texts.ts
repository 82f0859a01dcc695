/** Messages that every built game carries, as keys of the `games` namespace. The builder fails if one is missing. */
export const runtimeTextKeys = [
  'play.start',
  'play.again',
  'play.resume',
  'play.pause',
  'play.paused',
  'play.mute',
  'play.unmute',
  'play.best',
  'play.newBest',
  'play.score',
  'play.go',
  'play.level',
  'play.rain',
  'play.gust',
  'play.catchThese',
  'play.avoidThese',
  'play.controlsTouch',
  'play.controlsKeys',
  'play.timeUp',
  'play.outOfHearts',
  'play.caught',
  'play.bestCombo',
  'play.canvasLabel',
  'play.startedAnnouncement',
  'play.finishedAnnouncement',
  'play.replaying',
] as const

export type RuntimeTextKey = (typeof runtimeTextKeys)[number]
export type Translate = (key: RuntimeTextKey, values?: Record<string, string | number>) => string

/** Looks texts up and fills in `{name}`; the runtime knows no other ICU form, to stay small. */
export function createTranslate(texts: Record<string, string>): Translate {
  return (key, values = {}) =>
    (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
