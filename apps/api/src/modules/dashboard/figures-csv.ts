import { byteOrderMark, csvLine } from '@sparkle/shared/csv'
import type { FiguresView } from '@sparkle/shared/dashboard'

const cell = (value: number | string | null) => String(value ?? '')

/**
 * The figures as one table that spreadsheets can filter and pivot: a line for each figure, each entry of the course, each
 * package and each artist.
 */
export function figuresCsv({ totals, series, packages, artists, from }: FiguresView): string {
  const lines = [['section', 'name', 'day', 'value', 'before']]
  for (const [name, { value, before }] of Object.entries(totals))
    lines.push(['total', name, from, cell(value), cell(before)])
  for (const { packageType, ordered } of packages)
    lines.push(['package', packageType, from, cell(ordered.value), cell(ordered.before)])
  for (const { day, ...figures } of series)
    for (const [name, value] of Object.entries(figures)) lines.push(['course', name, day, cell(value), ''])
  for (const { name, hoursLeft, openProjects } of artists) {
    lines.push(['hoursLeft', cell(name), '', cell(hoursLeft), ''])
    lines.push(['openProjects', cell(name), '', cell(openProjects), ''])
  }
  return byteOrderMark + lines.map((line) => csvLine(line)).join('')
}
