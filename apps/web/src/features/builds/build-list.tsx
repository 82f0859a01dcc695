import type { BuildView } from '@sparkle/shared/builds'
import { useTranslations } from 'use-intl'
import { RelativeTime } from '../../components/relative-time.tsx'
import { Spinner } from '../../components/spinner.tsx'
import { Badge, StatusText, type Tone } from '../../components/status.tsx'
import { cn } from '../../lib/cn.ts'
import { useFormats } from '../../lib/format.ts'
import { isUnfinished } from './api.ts'

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
}

/** Builds, newest first; choosing one plays it. */
export function BuildList({ builds, shown, onShow, liveBuildIds }: BuildListProps) {
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
            <span role="status">
              <BuildStatus build={build} />
            </span>
            {liveBuildIds.includes(build.id) && <Badge className="border-ok! text-ok">{t('live')}</Badge>}
            <RelativeTime at={build.createdAt} className="ml-auto text-small text-muted" />
            <BuildFacts build={build} />
          </button>
        </li>
      ))}
    </ul>
  )
}

function BuildFacts({ build }: { build: BuildView }) {
  const t = useTranslations('builds')
  const { size, number } = useFormats()
  if (build.error) return <span className="w-full text-small text-bad">{build.error}</span>
  if (!build.digest) return null
  return (
    <span className="flex w-full flex-wrap gap-x-3 text-small text-muted">
      <span className="font-mono" title={build.digest}>
        {build.digest.slice(0, 10)}
      </span>
      {build.sizeBytes !== null && <span>{size(build.sizeBytes)}</span>}
      {build.smoke && <span>{t('smoke', { score: number(build.smoke.score) })}</span>}
      {build.unmetWishes.length > 0 && <span>{t('unmetCount', { count: build.unmetWishes.length })}</span>}
    </span>
  )
}
