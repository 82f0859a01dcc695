import type { TemplateView } from '@sparkle/shared/builds'
import { RadioGroup } from 'radix-ui'
import { useTranslations } from 'use-intl'
import { SpriteStage, isStageScene } from '../../components/sprite-stage.tsx'
import { StatusPill } from '../../components/status.tsx'

interface TemplateGalleryProps {
  templates: readonly TemplateView[]
  value: string
  onValueChange: (id: string) => void
  /** The world the pictures show. */
  theme: string | undefined
}

/** The games that can be built, each with a look at its world. */
export function TemplateGallery({ templates, value, onValueChange, theme }: TemplateGalleryProps) {
  const t = useTranslations('builds.templates')
  const scene = isStageScene(theme) ? theme : 'garden'
  return (
    <RadioGroup.Root
      aria-label={t('label')}
      value={value}
      onValueChange={onValueChange}
      className="grid grid-cols-[repeat(auto-fill,minmax(220px,1fr))] gap-3"
    >
      {templates.map((template) => (
        <RadioGroup.Item
          key={template.id}
          value={template.id}
          aria-label={template.name}
          className="flex flex-col overflow-hidden rounded-box border-2 border-line bg-surface text-left transition-colors hover:border-edge data-[state=checked]:border-accent"
        >
          <SpriteStage
            sheet={null}
            frames={[]}
            scene={scene}
            label={template.name}
            ratio={2.4}
            className="rounded-none"
          />
          <span className="flex w-full grow flex-col gap-1 p-3">
            <span className="flex items-center justify-between gap-2 font-strong">
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
