import type { AssetItem } from '@sparkle/shared/assets'
import type { TemplateView } from '@sparkle/shared/builds'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Field } from '../../components/field.tsx'
import { Select } from '../../components/select.tsx'
import { SpriteStage, isStageScene } from '../../components/sprite-stage.tsx'
import { Badge } from '../../components/status.tsx'
import { useDemoPet } from './demo-pet.ts'
import { GameDemo } from './game-demo.tsx'

/** One game playing itself in a world of choice, and what a customer may wish for in it. */
export function TemplateCard({ template, sprite }: { template: TemplateView; sprite: AssetItem | undefined }) {
  const t = useTranslations('builds')
  const pet = useDemoPet(sprite)
  const [theme, setTheme] = useState(template.themes[0]?.id ?? 'garden')
  const level = useTranslations('projects.difficulty')
  const { id, name, description, defaults, themes, difficulties, features } = template
  return (
    <li className="flex flex-col overflow-hidden rounded-box border border-line bg-surface">
      {pet ? (
        <GameDemo
          key={theme}
          templateId={id}
          config={defaults}
          theme={theme}
          pet={pet}
          playing
          label={t('templates.demo', { game: name })}
          className="aspect-[4/5]"
        />
      ) : (
        <SpriteStage
          sheet={null}
          frames={[]}
          scene={isStageScene(theme) ? theme : 'garden'}
          label={name}
          ratio={1.6}
          className="rounded-none"
        />
      )}
      <div className="grid gap-4 p-4">
        <div>
          <h2 className="text-large font-strong">{name}</h2>
          <p className="mt-1 text-muted">{description}</p>
        </div>
        <Field label={t('settings.theme')}>
          {(tie) => (
            <Select
              {...tie}
              value={theme}
              onValueChange={setTheme}
              options={themes.map((one) => ({ value: one.id, label: one.name }))}
            />
          )}
        </Field>
        <Wishes
          title={t('settings.difficulty')}
          words={difficulties.map((one) => (level.has(one as 'easy') ? level(one as 'easy') : one))}
        />
        <Wishes title={t('settings.features')} words={features.map((one) => one.name)} />
      </div>
    </li>
  )
}

function Wishes({ title, words }: { title: string; words: readonly string[] }) {
  if (words.length === 0) return null
  return (
    <div>
      <h3 className="mb-1.5 font-strong">{title}</h3>
      <p className="flex flex-wrap gap-1.5">
        {words.map((word) => (
          <Badge key={word}>{word}</Badge>
        ))}
      </p>
    </div>
  )
}
