/**
 * `pnpm lighthouse`: the demo's game by Lighthouse's mobile profile, its four scores, then the accessibility of every page
 * that a customer or a guest sees, and 1 as exit code where a score is below what we promise. Starts a studio of its own
 * and ends it. Wants a quiet machine: a busy one costs performance.
 *
 * Lighthouse brings 199 packages (166 MB) that nothing else needs, so it is no part of the workspace: it has a lock file
 * of its own here and is installed by whoever runs this first.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { startWalk } from '../../apps/web/e2e/kit/walk.ts'
import { findChromium, chromiumArgs } from '../lib/chromium.ts'
import { freePort } from '../../apps/api/test/parts/process.ts'
import { startDemoStudio } from '../lib/demo-studio.ts'
import { node24, root } from '../lib/place.mjs'
import { pnpm, prepare } from '../lib/prepare.mjs'

interface Report {
  lighthouseVersion: string
  finalDisplayedUrl: string
  categories: Record<string, { title: string; score: number | null; auditRefs: { id: string; weight: number }[] }>
  audits: Record<string, { title: string; score: number | null; displayValue?: string }>
}

/** The least score of each category, out of 100; what is not named here is told only. */
const least: Record<string, number> = { performance: 95, accessibility: 100, 'best-practices': 100 }
const categories = ['performance', 'accessibility', 'best-practices', 'seo']
/** What people outside the studio see, by the names of `apps/web/e2e/kit/stops.ts`. */
const portal = [
  'sign-in',
  'order',
  'tracking',
  'invitation',
  'review-link',
  'unsubscribe',
  'client-home',
  'client-project',
  'review-client',
  'review-picture',
]
const folder = join(root, 'tools/lighthouse')

await prepare({ web: true })
await pnpm('Installing Lighthouse', [
  'install',
  '--dir',
  folder,
  '--ignore-workspace',
  '--ignore-scripts',
  '--frozen-lockfile',
])

const studio = await startDemoStudio()
try {
  const game = await measure(`${studio.gamesUrl}/buttercup/`, categories)
  console.log(`Lighthouse ${game.lighthouseVersion}, mobile profile, /buttercup/`)
  tell(game)
  const walk = await startWalk(studio, (name) => portal.includes(name))
  try {
    for (const stop of walk.stops) {
      const port = await freePort()
      const browser = await walk.openFor(stop.visitor, port)
      try {
        const report = await measure(stop.url, ['accessibility'], port)
        console.log(stop.name)
        tell(report)
      } finally {
        await browser.close()
      }
    }
    const unknown = portal.filter((name) => walk.stops.every((stop) => stop.name !== name))
    if (unknown.length > 0) throw new Error(`There are no such pages: ${unknown.join(', ')}.`)
  } finally {
    await walk.end()
  }
} finally {
  await studio.stop()
}

/** Prints each score, with what costs points; a score below what is promised fails the run. */
function tell({ categories: found, audits }: Report): void {
  for (const [id, { title, score, auditRefs }] of Object.entries(found)) {
    const points = Math.round((score ?? 0) * 100)
    const wanted = least[id]
    const isShort = wanted !== undefined && points < wanted
    console.log(`${String(points).padStart(4)} ${title}${isShort ? `, at least ${wanted} wanted` : ''}`)
    for (const ref of auditRefs) {
      const audit = audits[ref.id]
      if (ref.weight > 0 && audit && audit.score !== null && audit.score < 0.9)
        console.log(`       ${Math.round(audit.score * 100)} ${audit.title} ${audit.displayValue ?? ''}`.trimEnd())
    }
    if (isShort) process.exitCode = 1
  }
}

/** Runs Lighthouse in a process of its own, with the browser of `port` or one of its own; throws with what it said if it gives no report, or one of another page. */
async function measure(url: string, only: readonly string[], port?: number): Promise<Report> {
  const args = [
    join(folder, 'node_modules/lighthouse/cli/index.js'),
    url,
    '--quiet',
    '--output=json',
    `--only-categories=${only.join(',')}`,
    ...(port ? [`--port=${port}`, '--disable-storage-reset'] : [`--chrome-flags=${chromiumArgs.join(' ')}`]),
  ]
  const env = { ...process.env, CHROME_PATH: await findChromium() }
  const child = spawn(node24, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let complaints = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new Error(`Lighthouse ended with ${code}:\n${complaints}`)
  const report = JSON.parse(output) as Report
  const [wanted, shown] = [new URL(url), new URL(report.finalDisplayedUrl)]
  if (shown.pathname !== wanted.pathname) throw new Error(`${wanted.pathname} led to ${shown.pathname}.`)
  return report
}
