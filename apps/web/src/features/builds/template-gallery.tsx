import type { AssetItem } from '@sparkle/shared/assets'
import type { TemplateView } from '@sparkle/shared/builds'
import { RadioGroup } from 'radix-ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { SpriteStage, isStageScene } from '../../components/sprite-stage.tsx'
import { StatusPill } from '../../components/status.tsx'
import { useDemoPet } from './demo-pet.ts'
import { GameDemo } from './game-demo.tsx'

interface TemplateGalleryProps {
  templates: readonly TemplateView[]
  value: string
  onValueChange: (id: string) => void
  /** The world the pictures show. */
  theme: string | undefined
  /** Who plays in the pictures; without a sprite they show the world alone. */
  sprite: AssetItem | undefined
}

/** The games that can be built, playing themselves with the project's pet: the one pointed at, else the chosen one. */
export function TemplateGallery({ templates, value, onValueChange, theme, sprite }: TemplateGalleryProps) {
  const t = useTranslations('builds.templates')
  const pet = useDemoPet(sprite)
  const [pointed, setPointed] = useState<string>()
  const scene = isStageScene(theme) ? theme : 'garden'
  return (
    <RadioGroup.Root
      aria-label={t('label')}
      value={value}
      onValueChange={onValueChange}
      className="grid grid-cols-2 gap-3 sm:grid-cols-[repeat(auto-fill,minmax(200px,1fr))]"
    >
      {templates.map((template) => (
        <RadioGroup.Item
          key={template.id}
          value={template.id}
          onPointerEnter={() => setPointed(template.id)}
          onPointerLeave={() => setPointed(undefined)}
          aria-label={template.name}
          className="flex flex-col overflow-hidden rounded-box border-2 border-line bg-surface text-left transition-colors hover:border-edge data-[state=checked]:border-accent"
        >
          {pet ? (
            <GameDemo
              templateId={template.id}
              config={template.defaults}
              theme={scene}
              pet={pet}
              playing={template.id === (pointed ?? value)}
              label={t('demo', { game: template.name })}
              className="aspect-[3/4]"
            />
          ) : (
            <SpriteStage
              sheet={null}
              frames={[]}
              scene={scene}
              label={template.name}
              ratio={2.4}
              className="rounded-none"
            />
          )}
          <span className="flex w-full grow flex-col gap-1 p-3">
            <span className="flex flex-wrap items-center justify-between gap-x-2 font-strong">
              {template.name}
              {template.id === value && <StatusPill tone="ok">{t('chosen')}</StatusPill>}
            </span>
            <span className="text-small text-muted">{template.description}</span>
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
