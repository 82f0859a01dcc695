import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { noisePicture } from '../fixtures/noise-picture.ts'
import { chelseaHead, readChelsea, twoLegs } from '../fixtures/pictures.ts'
import { hashImage } from './hash.ts'
import { createImage, mirrorImage, opaqueBounds, type Image } from './image.ts'
import { namedPalettes } from './named-palettes.ts'
import { formatHex, labOfColor, parseHex } from './oklab.ts'
import {
  animationNames,
  completeRecipe,
  ditherModes,
  firstMask,
  outlineModes,
  spriteSizes,
  type SpriteRecipe,
} from './recipe.ts'
import { createRenderer, renderSprite, type SpriteRender } from './render.ts'
import { frameImage } from './sheet.ts'

// The same cases in every run.
fc.configureGlobal({ seed: 20_261_122 })

const chelsea = readChelsea()

const palettes = [...Object.keys(namedPalettes), ['#102030', '#a0b0c0', '#ffffff'], ['#336699']]
const anyRecipe: fc.Arbitrary<SpriteRecipe> = fc
  .record(
    {
      crop: fc.record({ x: unit(), y: unit(), width: unit(), height: unit() }),
      mask: fc.record({
        shape: fc.constantFrom('polygon' as const, 'ellipse' as const),
        points: fc.array(fc.tuple(unit(), unit()), { minLength: 2, maxLength: 7 }),
      }),
      size: fc.constantFrom(...spriteSizes),
      palette: fc.constantFrom(...palettes),
      colors: fc.integer({ min: 2, max: 64 }),
      dither: fc.constantFrom(...ditherModes),
      outline: fc.record({ mode: fc.constantFrom(...outlineModes), color: fc.constant('#ff00aa') }),
      animations: fc.uniqueArray(fc.constantFrom(...animationNames)),
      mirrored: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  .map(completeRecipe)

function unit() {
  return fc.double({ min: 0, max: 1, noNaN: true })
}

/** The colours of the opaque pixels; fails on a pixel that is neither opaque nor fully transparent. */
function colorsOf(image: Image): Set<string> {
  const colors = new Set<string>()
  for (let at = 0; at < image.data.length; at += 4) {
    const [red, green, blue, alpha] = image.data.subarray(at, at + 4)
    if (alpha === 0) continue
    if (alpha !== 255) throw new Error(`alpha ${alpha}`)
    colors.add(formatHex((red! << 16) | (green! << 8) | blue!))
  }
  return colors
}

describe('every recipe', () => {
  const small = noisePicture(90, 60, 5)

  test('gives hard edges, no colour beyond its palette, and no more colours than asked', () => {
    fc.assert(
      fc.property(anyRecipe, (recipe) => {
        const { sheet, palette } = renderSprite(small, recipe)
        expect(palette.length).toBeLessThanOrEqual(recipe.colors)
        expect(new Set(palette).size).toBe(palette.length)
        for (const color of colorsOf(sheet)) expect(palette).toContain(color)
      }),
      { numRuns: 80 },
    )
  })

  test('takes its colours from the given palette', () => {
    fc.assert(
      fc.property(anyRecipe, fc.constantFrom('fur-16' as const, 'handheld-4' as const), (recipe, name) => {
        const { palette } = renderSprite(small, { ...recipe, palette: name, outline: { mode: 'dark' } })
        for (const color of palette) expect(namedPalettes[name]).toContain(color)
      }),
      { numRuns: 40 },
    )
  })

  test('gives equal frames, the longest edge as asked, one tag per animation and the still first', () => {
    fc.assert(
      fc.property(anyRecipe, (recipe) => {
        const { sheet, still, meta } = renderSprite(small, recipe)
        expect(Math.max(still.width, still.height)).toBe(recipe.size)
        expect(meta.meta.size).toEqual({ w: sheet.width, h: sheet.height })
        expect(meta.meta.frameTags.map((tag) => tag.name)).toEqual(['still', ...recipe.animations])
        expect(hashImage(frameImage(sheet, meta.frames[0]!))).toBe(hashImage(still))
        for (const { frame } of meta.frames) {
          expect([frame.w, frame.h]).toEqual([still.width, still.height])
          expect(frame.x + frame.w).toBeLessThanOrEqual(sheet.width)
          expect(frame.y + frame.h).toBeLessThanOrEqual(sheet.height)
        }
        const last = meta.meta.frameTags.at(-1)
        expect(last?.to).toBe(meta.frames.length - 1)
      }),
      { numRuns: 60 },
    )
  })

  test('is the same again, and the same through the preview whatever was rendered before', () => {
    const { render } = createRenderer(small)
    fc.assert(
      fc.property(anyRecipe, (recipe) => {
        const once = summary(renderSprite(small, recipe))
        expect(summary(render(recipe))).toEqual(once)
        expect(summary(render(structuredClone(recipe)))).toEqual(once)
      }),
      { numRuns: 60 },
    )
  })

  test('mirrored gives what the mirrored photo gives', () => {
    fc.assert(
      fc.property(anyRecipe, ({ crop: _crop, mask: _mask, ...recipe }) => {
        const direct = renderSprite(mirrorImage(small), { ...recipe, mirrored: false })
        const turned = renderSprite(small, { ...recipe, mirrored: true })
        expect(hashImage(turned.sheet)).toBe(hashImage(direct.sheet))
      }),
      { numRuns: 20 },
    )
  })
})

test('a frame keeps its whole outline: nothing opaque but outline touches the edge', () => {
  for (const work of [chelsea, twoLegs()]) {
    for (const size of spriteSizes) {
      const recipe = completeRecipe({
        mask: work === chelsea ? chelseaHead : undefined,
        size,
        outline: { mode: 'color', color: '#ff00ff' },
        animations: [...animationNames],
      })
      const { sheet, meta } = renderSprite(work, recipe)
      for (const entry of meta.frames) {
        const frame = frameImage(sheet, entry)
        for (const color of edgeColors(frame)) expect(color).toBe('#ff00ff')
      }
    }
  }
})

test('in every frame but the tucked jump the pet stands on the ground', () => {
  const { sheet, meta, still } = renderSprite(
    chelsea,
    completeRecipe({ mask: chelseaHead, animations: ['idle', 'walk'] }),
  )
  const ground = bottomOf(still)
  for (const entry of meta.frames) expect(bottomOf(frameImage(sheet, entry))).toBe(ground)
})

test('walking lifts one leg and then the other', () => {
  const { sheet, meta } = renderSprite(
    twoLegs(),
    completeRecipe({ size: 48, outline: { mode: 'none' }, palette: ['#c8783c', '#784628', '#3ca05a'] }),
  )
  const walk = meta.meta.frameTags.find((tag) => tag.name === 'walk')!
  const onGround = meta.frames.slice(walk.from, walk.to + 1).map((entry) => {
    const frame = frameImage(sheet, entry)
    const lowest = frame.data.subarray((frame.height - 1) * frame.width * 4)
    const colors = colorsOf({ width: frame.width, height: 1, data: new Uint8ClampedArray(lowest) })
    return [colors.has('#784628'), colors.has('#3ca05a')]
  })
  expect(onGround).toEqual([
    [true, true],
    [true, false],
    [true, false],
    [true, true],
    [false, true],
    [false, true],
  ])
})

test('a picture of few colours keeps exactly those', () => {
  const { palette } = renderSprite(twoLegs(), completeRecipe({ size: 128, colors: 64, outline: { mode: 'none' } }))
  for (const color of ['#c8783c', '#784628', '#3ca05a']) expect(palette).toContain(color)
})

test('a rendered still rendered again at its own size is itself', () => {
  for (const dither of ditherModes) {
    const recipe = completeRecipe({ mask: chelseaHead, dither, colors: 12, outline: { mode: 'none' }, animations: [] })
    const once = renderSprite(chelsea, recipe)
    const again = renderSprite(once.still, { ...recipe, mask: undefined, dither: 'floyd-steinberg' })
    expect(again.palette).toEqual(once.palette)
    expect(hashImage(again.still)).toBe(hashImage(once.still))
  }
})

test('an empty cut-out gives empty frames and no palette', () => {
  const { still, palette, meta } = renderSprite(createImage(20, 10), completeRecipe())
  expect(palette).toEqual([])
  expect(opaqueBounds(still)).toBeNull()
  expect(meta.meta.slices).toEqual([])
})

test('an unknown palette and a broken colour are refused', () => {
  expect(() => renderSprite(chelsea, completeRecipe({ palette: 'toString' }))).toThrow('no palette is called toString')
  expect(() => renderSprite(chelsea, completeRecipe({ palette: ['#12345'] }))).toThrow('not a #rrggbb colour')
})

test('the cat keeps its green eyes and its red nose in sixteen colours', () => {
  const { palette } = renderSprite(chelsea, completeRecipe({ mask: chelseaHead }))
  const labs = palette.map((hex) => labOfColor(parseHex(hex)))
  expect(labs.some(([lightness, a, b]) => lightness > 0.4 && a < 0.012 && b > 0.07)).toBe(true)
  expect(labs.some(([lightness, a, b]) => lightness > 0.3 && a > 0.09 && a > b)).toBe(true)
})

// These change only when the look of sprites changes, which is a decision: sprites made before keep their old pixels.
test('renders chelsea as before', () => {
  const recipes = {
    default: {},
    head32: { mask: chelseaHead, size: 32 },
    ordered: { mask: chelseaHead, size: 48, dither: 'ordered', outline: { mode: 'light' } },
    diffused: { mask: firstMask, dither: 'floyd-steinberg', colors: 8, animations: ['idle', 'walk', 'jump'] },
    handheld: { mask: chelseaHead, palette: 'handheld-4', colors: 4, mirrored: true },
  } satisfies Record<string, Partial<SpriteRecipe>>
  const hashes = Object.entries(recipes).map(([name, recipe]) => [
    name,
    hashImage(renderSprite(chelsea, completeRecipe(recipe)).sheet),
  ])
  expect(Object.fromEntries(hashes)).toMatchInlineSnapshot(`
    {
      "default": "402f6c83",
      "diffused": "19fa034f",
      "handheld": "ccc8c903",
      "head32": "018f61bd",
      "ordered": "dba143a4",
    }
  `)
})

function summary({ sheet, still, meta, palette }: SpriteRender) {
  return { sheet: hashImage(sheet), still: hashImage(still), meta, palette }
}

function edgeColors(frame: Image): Set<string> {
  const edge = createImage(frame.width, frame.height)
  for (let y = 0; y < frame.height; y++) {
    for (let x = 0; x < frame.width; x++) {
      if (x > 0 && y > 0 && x < frame.width - 1 && y < frame.height - 1) continue
      const at = (y * frame.width + x) * 4
      edge.data.set(frame.data.subarray(at, at + 4), at)
    }
  }
  return colorsOf(edge)
}

function bottomOf(image: Image): number {
  const bounds = opaqueBounds(image)!
  return bounds.y + bounds.height
}
