import type { Frame, Page } from 'playwright-core'

/** The game's frame, once the game has drawn its title screen. */
export async function gameIn(page: Page): Promise<Frame> {
  const handle = await page.waitForSelector('#game', { state: 'visible' })
  const frame = await handle.contentFrame()
  if (!frame) throw new Error('The game has no frame.')
  await frame.waitForSelector('#screen button')
  return frame
}

export async function startPlay(frame: Frame): Promise<void> {
  await frame.click('#screen button')
  await frame.waitForSelector('#screen', { state: 'hidden' })
}

/** Stands in for the end of a play, which would take a minute: the game's own messages, from its own window. */
export async function endPlay(frame: Frame, score: number): Promise<void> {
  await frame.evaluate((reached) => {
    const end = { play: 1, seconds: 60, score: reached, ticks: 3600, log: '', hash: '0123456789abcdef' }
    parent.postMessage({ v: 1, type: 'finish', ...end }, '*')
    parent.postMessage({ v: 1, type: 'save', best: reached, muted: false }, '*')
  }, score)
}

export async function playTo(frame: Frame, score: number): Promise<void> {
  await startPlay(frame)
  await endPlay(frame, score)
}

/** What the shell answers when the game asks for its saves, as it does when it starts. */
export function loadedBest(frame: Frame): Promise<number> {
  return frame.evaluate(
    () =>
      new Promise<number>((resolve) => {
        addEventListener('message', ({ data }) => data.type === 'loaded' && resolve(data.best))
        parent.postMessage({ v: 1, type: 'load' }, '*')
      }),
  )
}

/** Keeps what the game's worker needs to play offline: then nothing of the page is still on its way. */
export async function keptOffline(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset.offline === 'kept')
}
