import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { chromiumArgs, findChromium } from '../../../tools/lib/chromium.ts'
import type { GameBuild } from '../src/builder/build-game.ts'
import { startShell } from './shell.ts'

export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 3,
  hasTouch: true,
  isMobile: true,
}
export const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 800 } }

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    args: chromiumArgs,
    ignoreDefaultArgs: ['--mute-audio'],
  })
}

export interface GameOptions extends BrowserContextOptions {
  /** Opened as a document of its own, without a shell. */
  alone?: boolean
  /** The game's frames come when the test says so (`runTicks`), as fast as they can be drawn, and never else. */
  ownClock?: boolean
}

declare const runFrames: (count: number) => void
declare const pressSeen: (count: number) => Promise<void>

/** Lets the game in a page with `ownClock` step `count` times; it draws once for every four steps, as on a slow phone. */
export async function runTicks(page: Page, count: number): Promise<void> {
  await page.frames()[1]?.evaluate((frames) => runFrames(frames), count)
}

/** Waits until a game with `ownClock` has seen keys and fingers go down and up so many times; input takes its own way. */
export async function pressArrived(page: Page, count: number): Promise<void> {
  await page.frames()[1]?.evaluate((times) => pressSeen(times), count)
}

/**
 * Takes the clock and the frames of a game's document into the test's hands. It is written into the document: Chromium
 * keeps sandboxed frames in a process of their own, where an init script may come after the document's own.
 */
function takeClock(): void {
  let now = 0
  let waiting: FrameRequestCallback[] = []
  window.requestAnimationFrame = (callback) => waiting.push(callback)
  performance.now = () => now
  let seen = 0
  for (const type of ['pointerdown', 'pointerup', 'keydown', 'keyup'])
    window.addEventListener(type, () => (seen += 1), { capture: true })
  Object.assign(window, {
    async pressSeen(count: number) {
      while (seen < count) await new Promise((resolve) => setTimeout(resolve, 1))
    },
    runFrames(count: number) {
      for (let left = count; left > 0; left -= 4) {
        now += (Math.min(left, 4) * 1000) / 60
        const due = waiting
        waiting = []
        for (const callback of due) callback(now)
      }
    },
  })
}

/** Opens a build in its shell (or alone), hands the page over, and fails on anything the browser complains about. */
export async function withGame(
  browser: Browser,
  build: GameBuild,
  { alone = false, ownClock = false, ...options }: GameOptions,
  visit: (page: Page) => Promise<void>,
): Promise<void> {
  const shell = await startShell(build, ownClock ? `(${takeClock.toString()})()` : '')
  const context = await browser.newContext(options)
  const complaints: string[] = []
  try {
    const page = await context.newPage()
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(alone ? shell.aloneUrl : shell.url)
    await visit(page)
    expect(complaints).toEqual([])
  } finally {
    await context.close()
    await shell.close()
  }
}

export const game = (page: Page) => page.frameLocator('iframe')
export const playButton = (page: Page) => game(page).getByRole('button', { name: 'Play', exact: true })
