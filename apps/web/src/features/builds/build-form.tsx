import type { AssetItem } from '@sparkle/shared/assets'
import type { TemplateView } from '@sparkle/shared/builds'
import type { ProjectView } from '@sparkle/shared/projects'
import { Hammer } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Notice } from '../../components/notice.tsx'
import { notify } from '../../components/toast.tsx'
import { useGameWords } from '../../lib/game-words.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useCreateBuild } from './api.ts'
import { configToSend, fieldsOf, startConfig, unmetWishes, type Config } from './config-fields.ts'
import { ConfigForm } from './config-form.tsx'
import { SlotPickers } from './slot-pickers.tsx'
import { TemplateGallery } from './template-gallery.tsx'

interface BuildFormProps {
  project: ProjectView
  templates: readonly TemplateView[]
  assets: readonly AssetItem[]
  makeSprite: ReactNode
  onQueued: () => void
}

/** Template, settings and pictures of the next build, filled with what the customer wished for. */
export function BuildForm({ project, templates, assets, makeSprite, onQueued }: BuildFormProps) {
  const t = useTranslations('builds')
  const textOf = useProblemText()
  const build = useCreateBuild(project.id)
  const words = useGameWords(templates)
  const [templateId, setTemplateId] = useState(templates[0]?.id ?? '')
  const [changed, setChanged] = useState<Record<string, Config>>({})
  const [chosen, setChosen] = useState<Record<string, string>>({})
  const template = templates.find(({ id }) => id === templateId)
  if (!template) return <Notice tone="warn">{t('templates.none')}</Notice>

  const config = changed[template.id] ?? startConfig(template, project.gameConfig, project.petName)
  const slots = withNewest(template, assets, chosen)
  const complete = template.slots.every(({ id, required }) => !required || slots[id] !== undefined)
  const unmet = unmetWishes(template, project.gameConfig)
  const start = () =>
    build.mutate(
      { templateId: template.id, config: configToSend(config), assets: slots },
      {
        onSuccess: ({ number }) => {
          notify(t('queued', { number }), { tone: 'info' })
          onQueued()
        },
      },
    )

  return (
    <Card title={t('new')}>
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault()
          if (!build.isPending) start()
        }}
      >
        <TemplateGallery
          templates={templates}
          value={templateId}
          onValueChange={setTemplateId}
          theme={typeof config.theme === 'string' ? config.theme : undefined}
          sprite={assets.find(({ id }) => id === slots.pet)}
        />
        {unmet.length > 0 && (
          <Notice tone="warn">{t('unmet', { game: template.name, wishes: unmet.map(words.wish).join(', ') })}</Notice>
        )}
        <div className="grid items-start gap-x-6 gap-y-5 md:grid-cols-2">
          <ConfigForm
            template={template}
            fields={fieldsOf(template)}
            config={config}
            onChange={(next) => setChanged({ ...changed, [template.id]: next })}
          />
          <div className="grid min-w-0 gap-5">
            <SlotPickers
              slots={template.slots}
              assets={assets}
              chosen={slots}
              onChange={setChosen}
              missing={
                <Notice tone="warn" action={makeSprite}>
                  {t('slots.missing')}
                </Notice>
              }
            />
          </div>
        </div>
        {build.error && <Notice tone="bad">{textOf(build.error)}</Notice>}
        <div className="flex justify-end">
          <Button type="submit" look="primary" icon={<Hammer />} pending={build.isPending} disabled={!complete}>
            {t('start')}
          </Button>
        </div>
      </form>
    </Card>
  )
}

/** The chosen assets that still exist; a required slot without one takes the newest that fits. */
function withNewest(
  template: TemplateView,
  assets: readonly AssetItem[],
  chosen: Record<string, string>,
): Record<string, string> {
  const entries = template.slots.flatMap(({ id, required, accepts }) => {
    const fitting = assets.filter(({ assetType }) => accepts.includes(assetType))
    const asset = fitting.find((one) => one.id === chosen[id]) ?? (required ? fitting[0] : undefined)
    return asset ? [[id, asset.id] as const] : []
  })
  return Object.fromEntries(entries)
}
