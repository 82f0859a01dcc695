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
  noEdge,
  outlineModes,
  spriteSizes,
  type MaskStep,
  type PixelEdits,
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
            ditherStrength: index % 6 === 5 ? 60 : 100,
            outline: { mode: outlineModes[index % 4]!, color: '#3355aa', place: index % 5 === 4 ? 'inner' : 'outer' },
            animations: index % 2 === 0 ? [...animationNames] : ['walk'],
            mask: index % 3 === 0 ? firstMask : undefined,
            crop: index % 4 === 1 ? { x: 0.13, y: 0.07, width: 0.71, height: 0.83 } : undefined,
            mirrored: index % 7 === 3,
            steps: stepSets[index % 9 === 0 ? (index / 9) % stepSets.length : 0],
            edge: index % 11 === 5 ? { specks: 30, smooth: 6, grow: -4, feather: 8 } : noEdge,
            edits: index % 4 === 2 ? edits : undefined,
          }),
        )
      }
    }
  }
  return recipes
}

const stepSets: MaskStep[][] = [
  [],
  [{ kind: 'guess', mode: 'replace', box: { x: 0.05, y: 0.02, width: 0.85, height: 0.95 } }],
  [
    { kind: 'wand', mode: 'erase', at: [0.97, 0.5], tolerance: 14, contiguous: true },
    { kind: 'wand', mode: 'add', at: [0.4, 0.4], tolerance: 9, contiguous: false },
  ],
  [
    { kind: 'lasso', mode: 'replace', points: [[0.1, 0.1], [0.93, 0.04], [0.71, 0.97], [0.23, 0.83]] },
    { kind: 'brush', mode: 'erase', radius: 0.037, points: [[0.2, 0.2], [0.53, 0.41], [0.9, 0.33]] },
    { kind: 'ellipse', mode: 'intersect', box: { x: 0.07, y: 0.11, width: 0.8, height: 0.81 } },
    { kind: 'brush', mode: 'add', radius: 0.0113, points: [[0.31, 0.7], [0.66, 0.69]] },
  ],
] // prettier-ignore

const edits: PixelEdits = {
  width: 40,
  height: 30,
  pixels: [
    { x: 4, y: 3, color: '#ffffff' },
    { x: 11, y: 17, color: null },
    { x: 20, y: 9, color: '#20a040', frame: 'walk 3' },
  ],
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
