/**
 * `pnpm screenshots [word...]`: pictures of every page with the demo's data, 1440 and 390 wide, light and dark, in
 * `screenshots/`; words choose the pages whose names hold one of them. Starts a studio of its own and ends it. Fails where
 * a page complains in its console.
 */
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Look, startWalk, type Walk } from '../apps/web/e2e/kit/walk.ts'
import { startDemoStudio } from './lib/demo-studio.ts'
import { root } from './lib/place.mjs'
import { prepare } from './lib/prepare.mjs'

const folder = join(root, 'screenshots')
const looks: Look[] = [
  { device: 'desktop', theme: 'light' },
  { device: 'desktop', theme: 'dark' },
  { device: 'phone', theme: 'light' },
  { device: 'phone', theme: 'dark' },
]
const words = process.argv.slice(2)
/** Longer pages are cut: what comes further down repeats. */
const longestPx = 4000

await prepare({ web: true })
if (words.length === 0) await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true })

const studio = await startDemoStudio()
let walk: Walk | undefined
const complaints: string[] = []
let count = 0
try {
  walk = await startWalk(studio, (name) => words.length === 0 || words.some((word) => name.includes(word)))
  for (const look of looks) {
    const found = await walk.see(look, async (page, stop) => {
      // As tall as its content, so that bars which stick to an edge are where a person sees them.
      const { width = 0, height = 0 } = page.viewportSize() ?? {}
      const content = await page.evaluate(() => document.documentElement.scrollHeight)
      await page.setViewportSize({ width, height: Math.min(Math.max(height, content), longestPx) })
      await page.screenshot({ path: join(folder, `${stop.name}-${look.device}-${look.theme}.png`) })
      count += 1
    })
    complaints.push(...found)
  }
} finally {
  await walk?.end()
  await studio.stop()
}
console.log(`${count} pictures are in screenshots/.`)
for (const complaint of complaints) console.error(complaint)
process.exitCode = complaints.length > 0 ? 1 : 0
