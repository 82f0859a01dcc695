import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { expect, test } from 'vitest'
import { readChelsea } from '../fixtures/pictures.ts'
import { chromiumArgs, findChromium } from '../../../tools/lib/chromium.ts'
import { figureCount, fingerprints, gridRecipes } from './grid.ts'

const executablePath = await findChromium()

test('Chromium renders the same pixels as Node', { timeout: 180_000 }, async () => {
  const photo = readChelsea()
  const expected = fingerprints(photo)

  const browser = await chromium.launch({ executablePath, args: chromiumArgs })
  try {
    const page = await browser.newPage()
    await page.addScriptTag({ content: await bundleGrid() })
    const actual = await page.evaluate(runInPage, {
      width: photo.width,
      height: photo.height,
      base64: Buffer.from(photo.data).toString('base64'),
    })
    expect(actual).toEqual(expected)
    expect(new Set(actual).size).toBeGreaterThan(actual.length * 0.9)
    const engines = `Node ${process.version} and Chromium ${browser.version()}`
    console.info(`${engines}: ${gridRecipes().length} sheets and ${figureCount} colour figures identical`)
  } finally {
    await browser.close()
  }
})

async function bundleGrid(): Promise<string> {
  const result = await build({
    entryPoints: [fileURLToPath(new URL('grid.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'grid',
    platform: 'browser',
    minify: true,
  })
  return result.outputFiles[0]!.text
}

declare const grid: { fingerprints: typeof fingerprints }

function runInPage(photo: { width: number; height: number; base64: string }): string[] {
  const data = Uint8ClampedArray.from(atob(photo.base64), (letter) => letter.charCodeAt(0))
  return grid.fingerprints({ width: photo.width, height: photo.height, data })
}
