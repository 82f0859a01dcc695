import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DemoStudio } from '../../../tools/lib/demo-studio.ts'
import { openStudio } from './kit/studio.ts'
import { type Look, startWalk, type Walk } from './kit/walk.ts'

let studio: DemoStudio
let walk: Walk

beforeAll(async () => {
  // A quick machine sees the pages faster than any person asks for them.
  studio = await openStudio({ RATE_LIMIT_PER_MINUTE: '20000' })
  walk = await startWalk(studio)
})
afterAll(async () => {
  await walk?.end()
  const code = await studio?.stop()
  if (code) throw new Error(`The server ended with ${code}.`)
})

const looks: Look[] = [
  { device: 'desktop', theme: 'light' },
  { device: 'phone', theme: 'dark' },
]

// Both at a time: most of a page's time is spent waiting for it.
test.concurrent.each(looks)('every page is free of faults: $device, $theme', { timeout: 600_000 }, async (look) => {
  const seen: string[] = []
  const violations: string[] = []
  const complaints = await walk.see(look, async (page, stop) => {
    seen.push(stop.name)
    // The legacy mode is three times as quick and sees all but what is in a frame.
    const inOneFrame = page.frames().length === 1
    const axe = new AxeBuilder({ page }).setLegacyMode(inOneFrame)
    // What is in order is not described: that takes as long as looking for what is not.
    const { violations: found } = await axe.options({ resultTypes: ['violations'] }).analyze()
    for (const { id, impact, nodes } of found) {
      if (impact !== 'serious' && impact !== 'critical') continue
      violations.push(`${stop.name}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (overflow > 0) violations.push(`${stop.name}: ${overflow} px wider than the window`)
  })
  expect(seen.toSorted()).toEqual(walk.stops.map(({ name }) => name).toSorted())
  expect(violations).toEqual([])
  expect(complaints).toEqual([])
})
