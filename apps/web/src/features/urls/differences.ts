import type { BuildView } from '@sparkle/shared/builds'

/** One setting that differs between two builds; `assets` stands for all pictures and sounds together. */
export interface Difference {
  what: string
  before: string
  after: string
}

/** What a player would notice between two builds: template, settings, pictures. */
export function differences(from: BuildView, to: BuildView): Difference[] {
  const left = { template: `${from.templateId} ${from.templateVersion}`, ...from.config }
  const right: Record<string, unknown> = { template: `${to.templateId} ${to.templateVersion}`, ...to.config }
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort()
  const settings = keys.flatMap((what) => {
    const before = wordsOf((left as Record<string, unknown>)[what])
    const after = wordsOf(right[what])
    return before === after ? [] : [{ what, before, after }]
  })
  const samePictures = slotsOf(from) === slotsOf(to)
  return samePictures ? settings : [...settings, { what: 'assets', before: '', after: '' }]
}

function slotsOf({ assets }: BuildView): string {
  return JSON.stringify(Object.entries(assets).sort())
}

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.length > 0 ? value.map(String).sort().join(', ') : '–'
  return value === undefined || value === '' ? '–' : String(value)
}
