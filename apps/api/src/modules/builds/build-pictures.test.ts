import sharp from 'sharp'
import { expect, test } from 'vitest'
import { sha256 } from '../../core/crypto.ts'
import { makePictures } from './build-pictures.ts'

const pet = await sharp({ create: { width: 32, height: 40, channels: 4, background: '#d08040' } })
  .png()
  .toBuffer()
const about = { theme: 'garden', templateId: 'catcher', petName: 'Buttercup' }

async function shareOf(change: Partial<typeof about> = {}): Promise<string> {
  const share = (await makePictures(pet, { ...about, ...change })).find(({ path }) => path === 'share.png')
  return sha256(share?.bytes ?? '')
}

test('icons and share picture have the sizes that phones and networks ask for', async () => {
  const pictures = await makePictures(pet, about)
  const sizes = await Promise.all(
    pictures.map(async ({ path, bytes }) => {
      const { width, height, format } = await sharp(bytes).metadata()
      return [path, format, width, height]
    }),
  )
  expect(sizes).toEqual([
    ['icon-192.png', 'png', 192, 192],
    ['icon-512.png', 'png', 512, 512],
    ['share.png', 'png', 1200, 630],
  ])
  expect(Math.max(...pictures.map(({ bytes }) => bytes.length))).toBeLessThan(60_000)
})

test('a share picture is the same each time, and another for another game, world or name', async () => {
  const first = await shareOf()
  expect(await shareOf()).toBe(first)
  const others = await Promise.all([
    shareOf({ templateId: 'memory' }),
    shareOf({ templateId: 'runner' }),
    shareOf({ templateId: 'own-html5' }),
    shareOf({ theme: 'space' }),
    shareOf({ petName: 'Bo' }),
    shareOf({ petName: 'Zoe' }),
    shareOf({ petName: 'Zoë' }),
  ])
  expect(new Set([first, ...others]).size).toBe(8)
})

test('a name in letters that the games lack is left away, not drawn by the machine', async () => {
  expect(await shareOf({ petName: '豆豆' })).toBe(await shareOf({ petName: '🐶' }))
  expect(await shareOf({ petName: 'Sir Reginald Fluffington the Third of Nowhere, called Reg' })).toBe(
    await shareOf({ petName: '🐶' }),
  )
})
