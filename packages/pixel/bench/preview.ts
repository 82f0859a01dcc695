/** How long the live preview takes per change, for a 1024 x 1024 work image: node packages/pixel/bench/preview.ts */
import { noisePicture } from '../fixtures/noise-picture.ts'
import { completeRecipe, firstMask, spriteSizes, type SpriteRecipe } from '../src/recipe.ts'
import { createRenderer } from '../src/render.ts'

const work = noisePicture(1024, 1024, 3)
const rounds = 21

for (const size of spriteSizes) {
  const base = completeRecipe({ size, mask: firstMask, animations: ['idle', 'walk', 'jump'] })
  const cutChange = medianMs((round) => ({ ...base, crop: { x: 0, y: 0, width: 1 - round / 1000, height: 1 } }))
  const colorChange = medianMs((round) => ({ ...base, colors: 16 + (round % 2) }))
  const ditherChange = medianMs((round) => ({ ...base, colors: 64, dither: round % 2 === 0 ? 'ordered' : 'none' }))
  console.log(
    `${size} px: crop or mask ${cutChange} ms, colours ${colorChange} ms, dithering at 64 colours ${ditherChange} ms`,
  )
}

function medianMs(change: (round: number) => SpriteRecipe): string {
  const { render } = createRenderer(work)
  render(change(0))
  const times = Array.from({ length: rounds }, (_, round) => {
    const start = performance.now()
    render(change(round + 1))
    return performance.now() - start
  })
  return times.sort((one, other) => one - other)[Math.floor(rounds / 2)]!.toFixed(1)
}
