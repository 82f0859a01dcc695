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
  'play.bronze',
  'play.silver',
  'play.gold',
  'play.goal',
  'play.startedAnnouncement',
  'play.finishedAnnouncement',
  'play.replaying',
] as const

export type RuntimeTextKey = (typeof runtimeTextKeys)[number]

/** Gives the shared texts and those that a template names as `Own`. */
export type Translate<Own extends string = never> = (
  key: RuntimeTextKey | Own,
  values?: Record<string, string | number>,
) => string

/** Looks texts up and fills in `{name}`; the runtime knows no other ICU form, to stay small (a test sees to it). */
export function createTranslate(texts: Record<string, string>): Translate<string> {
  return (key, values = {}) =>
    (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
