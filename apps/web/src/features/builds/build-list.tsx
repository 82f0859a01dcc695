import { ownTemplateId, type BuildView, type TemplateView } from '@sparkle/shared/builds'
import { FileArchive } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { RelativeTime } from '../../components/relative-time.tsx'
import { Spinner } from '../../components/spinner.tsx'
import { Badge, StatusText, type Tone } from '../../components/status.tsx'
import { cn } from '../../lib/cn.ts'
import { useFormats } from '../../lib/format.ts'
import { useGameWords } from '../../lib/game-words.ts'
import { isUnfinished } from './api.ts'

const ticksPerSecond = 60
const tones: Record<BuildView['status'], Tone> = { queued: 'neutral', building: 'info', passed: 'ok', failed: 'bad' }

export function BuildStatus({ build }: { build: BuildView }) {
  const t = useTranslations('builds.status')
  return (
    <StatusText tone={tones[build.status]} icon={isUnfinished(build) ? <Spinner /> : undefined}>
      {t(build.status)}
    </StatusText>
  )
}

interface BuildListProps {
  builds: readonly BuildView[]
  /** The one in the preview. */
  shown: string | undefined
  onShow: (build: BuildView) => void
  liveBuildIds: readonly string[]
  templates: readonly TemplateView[]
}

/** Builds, newest first; choosing one plays it. */
export function BuildList({ builds, shown, onShow, liveBuildIds, templates }: BuildListProps) {
  const t = useTranslations('builds')
  return (
    <ul className="divide-y divide-line">
      {builds.map((build) => (
        <li key={build.id}>
          <button
            type="button"
            onClick={() => onShow(build)}
            aria-current={build.id === shown}
            disabled={!build.previewUrl}
            className={cn(
              'flex w-full flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 text-left focus-visible:-outline-offset-2 enabled:hover:bg-hover',
              build.id === shown && 'bg-accent-soft',
            )}
          >
            <span className="font-strong">{t('number', { number: build.number })}</span>
            <BuildOrigin build={build} templates={templates} />
            <span role="status">
              <BuildStatus build={build} />
            </span>
            {liveBuildIds.includes(build.id) && <Badge className="border-ok! text-ok">{t('live')}</Badge>}
            <RelativeTime at={build.createdAt} className="ml-auto text-small text-muted" />
            <BuildFacts build={build} templates={templates} />
          </button>
        </li>
      ))}
    </ul>
  )
}

/** What it was made from: a template, or a zip of the studio's own. */
function BuildOrigin({ build, templates }: { build: BuildView; templates: readonly TemplateView[] }) {
  const t = useTranslations('builds.own')
  if (build.templateId !== ownTemplateId)
    return <span className="text-muted">{templates.find(({ id }) => id === build.templateId)?.name}</span>
  const { filename } = build.config
  return (
    <span className="flex min-w-0 items-center gap-1 text-muted">
      <FileArchive className="size-3.5 shrink-0" aria-hidden="true" />
      <span className="max-w-48 truncate">{typeof filename === 'string' ? filename : t('title')}</span>
    </span>
  )
}

function BuildFacts({ build, templates }: Pick<BuildListProps, 'templates'> & { build: BuildView }) {
  const t = useTranslations('builds')
  const words = useGameWords(templates)
  const { size, number } = useFormats()
  if (build.error) return <span className="w-full text-small text-bad">{build.error}</span>
  if (!build.digest) return null
  return (
    <span className="flex w-full flex-wrap gap-x-3 text-small text-muted">
      <span className="font-mono" title={build.digest}>
        {build.digest.slice(0, 10)}
      </span>
      {build.sizeBytes !== null && <span>{size(build.sizeBytes)}</span>}
      {build.smoke && (
        <span>
          {t('smoke', { score: number(build.smoke.score), seconds: Math.round(build.smoke.ticks / ticksPerSecond) })}
        </span>
      )}
      {build.unmetWishes.length > 0 && (
        <span>{t('unmetList', { wishes: build.unmetWishes.map((wish) => words.wish(wishOf(wish))).join(', ') })}</span>
      )}
    </span>
  )
}

/** `feature:pirates` -> pirates: a feature's id, or the customer's own word. */
function wishOf(wish: string): string {
  return wish.slice(wish.indexOf(':') + 1)
}
