import type { BuildView } from '@sparkle/shared/builds'

/**
 * One setting that differs between two builds, its values as ids; none is an empty list. `template` has the id and the
 * version of the game, `assets` stands for all pictures and sounds together.
 */
export interface Difference {
  what: string
  before: readonly string[]
  after: readonly string[]
}

/**
 * What a player would notice between two builds: template, settings, pictures. Another game has other settings: those
 * that only one of two games knows say nothing.
 */
export function differences(from: BuildView, to: BuildView): Difference[] {
  const isSameGame = from.templateId === to.templateId
  const game = (build: BuildView) => [build.templateId, build.templateVersion]
  const keys = [...new Set([...Object.keys(from.config), ...Object.keys(to.config)])].sort()
  const settings = keys
    .filter((what) => isSameGame || (what in from.config && what in to.config))
    .map((what) => ({ what, before: valuesOf(from.config[what]), after: valuesOf(to.config[what]) }))
  const all: Difference[] = [{ what: 'template', before: game(from), after: game(to) }, ...settings]
  const changed = all.filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))
  return slotsOf(from) === slotsOf(to) ? changed : [...changed, { what: 'assets', before: [], after: [] }]
}

function slotsOf({ assets }: BuildView): string {
  return JSON.stringify(Object.entries(assets).sort())
}

function valuesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String).sort()
  return value === undefined || value === '' ? [] : [String(value)]
}
