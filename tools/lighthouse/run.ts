/**
 * `pnpm lighthouse`: the demo's game by Lighthouse's mobile profile, its four scores, and 1 as exit code where one is
 * below what we promise. Starts a studio of its own and ends it. Wants a quiet machine: a busy one costs performance.
 *
 * Lighthouse brings 199 packages (166 MB) that nothing else needs, so it is no part of the workspace: it has a lock file
 * of its own here and is installed by whoever runs this first.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { findChromium, chromiumArgs } from '../lib/chromium.ts'
import { startDemoStudio } from '../lib/demo-studio.ts'
import { node24, root } from '../lib/place.mjs'
import { pnpm, prepare } from '../lib/prepare.mjs'

interface Report {
  lighthouseVersion: string
  categories: Record<string, { title: string; score: number | null; auditRefs: { id: string; weight: number }[] }>
  audits: Record<string, { title: string; score: number | null; displayValue?: string }>
}

/** The least score of each category, out of 100; what is not named here is told only. */
const least: Record<string, number> = { performance: 95, accessibility: 100, 'best-practices': 100 }
const categories = ['performance', 'accessibility', 'best-practices', 'seo']
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
  const { lighthouseVersion, categories: found, audits } = await measure(`${studio.gamesUrl}/buttercup/`)
  console.log(`Lighthouse ${lighthouseVersion}, mobile profile, /buttercup/`)
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
} finally {
  await studio.stop()
}

/** Runs Lighthouse in a process of its own; throws with what it said if it gives no report. */
async function measure(url: string): Promise<Report> {
  const args = [
    join(folder, 'node_modules/lighthouse/cli/index.js'),
    url,
    '--quiet',
    '--output=json',
    `--only-categories=${categories.join(',')}`,
    `--chrome-flags=${chromiumArgs.join(' ')}`,
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
  return JSON.parse(output) as Report
}
