import { completeRecipe, firstMask } from '@sparkle/pixel/recipe'
import { renderSprite } from '@sparkle/pixel/render'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { SpriteStage, type StageFrame, type StageScene } from '../../components/sprite-stage.tsx'
import { framesOfTag, toCanvas } from '../../lib/sprite-frames.ts'
import { readPhoto } from './read-photo.ts'

interface Sketch {
  photoUrl: string
  sheet: HTMLCanvasElement
  frames: StageFrame[]
}

const recipe = completeRecipe({ size: 64, colors: 20, mask: firstMask, animations: ['idle', 'walk'] })
const none: StageFrame[] = []

interface SketchSpriteProps {
  /** The first photo, as an object or data: URL. */
  photoUrl: string | undefined
  petName: string
  scene: StageScene
  ratio?: number
}

/** The first photo as a rough sprite, made here in the browser: a taste of what the artist will draw with care. */
export function SketchSprite({ photoUrl, petName, scene, ratio }: SketchSpriteProps) {
  const t = useTranslations('orders.sketch')
  const sketch = useSketch(photoUrl)
  return (
    <SpriteStage
      sheet={sketch?.sheet ?? null}
      frames={sketch?.frames ?? none}
      scene={scene}
      ratio={ratio}
      label={sketch ? t('label', { name: petName || t('yourPet') }) : t('empty')}
    />
  )
}

function useSketch(photoUrl: string | undefined): Sketch | null {
  const [sketch, setSketch] = useState<Sketch | null>(null)
  useEffect(() => {
    if (!photoUrl) return
    let current = true
    void drawSketch(photoUrl).then((drawn) => current && drawn && setSketch(drawn))
    return () => {
      current = false
    }
  }, [photoUrl])
  return photoUrl ? sketch : null
}

/** Null for a picture this browser cannot read; the order goes on without a sketch. */
async function drawSketch(photoUrl: string): Promise<Sketch | null> {
  try {
    const { sheet, meta } = renderSprite(await readPhoto(photoUrl), recipe)
    const [idle, walk] = [framesOfTag(meta, 'idle'), framesOfTag(meta, 'walk')]
    return { photoUrl, sheet: toCanvas(sheet), frames: [...idle, ...walk, ...walk, ...idle] }
  } catch {
    return null
  }
}
