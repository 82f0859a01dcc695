import { byteOrderMark, csvLine } from '@sparkle/shared/csv'
import type { AnalyticsPart, AnalyticsView } from '@sparkle/shared/urls'

const figures = ['views', 'visitors', 'plays', 'finishes', 'playSeconds', 'bestScore'] as const

/** One table of an address's figures; no cell can run in a spreadsheet. */
export function analyticsCsv(view: AnalyticsView, part: AnalyticsPart): string {
  return (
    byteOrderMark +
    tableOf(view, part)
      .map((line) => csvLine(line.map((cell) => String(cell ?? ''))))
      .join('')
  )
}

function tableOf(view: AnalyticsView, part: AnalyticsPart): (string | number | null)[][] {
  switch (part) {
    case 'series':
      return [['at', ...figures], ...view.series.map((row) => [row.at, ...figures.map((key) => row[key])])]
    case 'referrers':
      return [['host', 'views'], ...view.referrers.map(({ host, views }) => [host, views])]
    case 'devices':
      return [['device', 'views'], ...Object.entries(view.devices)]
    case 'builds':
      return [
        ['build', 'digest', 'firstAt', 'lastAt', ...figures],
        ...view.builds.map((row) => [
          row.number,
          row.digest,
          row.firstAt,
          row.lastAt,
          ...figures.map((key) => row[key]),
        ]),
      ]
  }
}
