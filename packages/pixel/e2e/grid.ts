import { noisePicture } from '../fixtures/noise-picture.ts'
import { hashImage } from '../src/hash.ts'
import type { Image } from '../src/image.ts'
import { namedPalettes } from '../src/named-palettes.ts'
import { cubeRoot, labOfRgb, rgbOfLab } from '../src/oklab.ts'
import {
  animationNames,
  completeRecipe,
  ditherModes,
  firstMask,
  outlineModes,
  spriteSizes,
  type SpriteRecipe,
} from '../src/recipe.ts'
import { renderSprite } from '../src/render.ts'

/** Every size, dithering, palette and outline there is, in pairs, with crops, masks and mirroring spread over them. */
export function gridRecipes(): SpriteRecipe[] {
  const palettes = [undefined, ...Object.keys(namedPalettes), ['#203040', '#88aa66', '#ffeecc']]
  const recipes: SpriteRecipe[] = []
  for (const size of spriteSizes) {
    for (const dither of ditherModes) {
      for (const palette of palettes) {
        const index = recipes.length
        recipes.push(
          completeRecipe({
            size,
            dither,
            palette,
            colors: [2, 5, 16, 31, 64][index % 5]!,
            outline: { mode: outlineModes[index % 4]!, color: '#3355aa' },
            animations: index % 2 === 0 ? [...animationNames] : ['walk'],
            mask: index % 3 === 0 ? firstMask : undefined,
            crop: index % 4 === 1 ? { x: 0.13, y: 0.07, width: 0.71, height: 0.83 } : undefined,
            mirrored: index % 7 === 3,
          }),
        )
      }
    }
  }
  return recipes
}

/** Hashes of everything that must not differ between engines: whole sheets, their JSON, and raw colour arithmetic. */
export function fingerprints(photo: Image): string[] {
  const noise = noisePicture(1024, 683, 11)
  const prints = gridRecipes().map((recipe, index) => {
    const { sheet, meta, palette } = renderSprite(index % 5 === 0 ? noise : photo, recipe)
    return `${hashImage(sheet)} ${hashText(JSON.stringify([meta, palette]))}`
  })
  return [...prints, hashDoubles(colorFigures())]
}

/** How many single figures `fingerprints` compares besides pictures. */
export const figureCount = 64 * 64 * 64 * 4 + 100_000

/** OKLab and back over a dense grid of colours, and many cube roots. */
function colorFigures(): Float64Array<ArrayBuffer> {
  const figures = new Float64Array(figureCount)
  let at = 0
  for (let color = 0; color < 64 * 64 * 64; color++) {
    const lab = labOfRgb((color & 63) * 4 + 1, ((color >> 6) & 63) * 4 + 2, (color >> 12) * 4 + 3)
    figures.set([...lab, rgbOfLab(lab[0] * 0.9, lab[1] * 1.3, lab[2] * 1.1)], at)
    at += 4
  }
  for (let i = 0; i < 100_000; i++) figures[at++] = cubeRoot((Math.imul(i, 0x9e3779b1) >>> 0) / 4294967296)
  return figures
}

function hashDoubles(figures: Float64Array<ArrayBuffer>): string {
  return hashImage({ width: figures.length, height: 2, data: new Uint8ClampedArray(figures.buffer) })
}

function hashText(text: string): string {
  const data = Uint8ClampedArray.from(text, (letter) => letter.charCodeAt(0))
  return hashImage({ width: text.length, height: 1, data })
}
