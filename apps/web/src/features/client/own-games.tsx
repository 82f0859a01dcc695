import type { ProjectStatus, ProjectView } from '@sparkle/shared/projects'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { LoadMore } from '../../components/infinite.tsx'
import { Picture } from '../../components/picture.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { StatusPill, type Tone } from '../../components/status.tsx'
import { useFormats } from '../../lib/format.ts'
import { withoutScheme } from '../../lib/without-scheme.ts'
import { ownGamesQuery } from './api.ts'
import { GameProgress } from './game-steps.tsx'

/** A customer's games: who it is, how far it is in plain words, and the game itself once people can play it. */
export function OwnGames({ orderAction }: { orderAction: ReactNode }) {
  const t = useTranslations('client')
  const games = useInfiniteQuery(ownGamesQuery)
  if (games.isPending) return <SkeletonList rows={2} className="h-44" />
  if (games.isLoadingError) return <ErrorState error={games.error} onRetry={() => void games.refetch()} />
  const projects = games.data.pages.flatMap(({ items }) => items)
  if (projects.length === 0)
    return <EmptyState scene="box" title={t('emptyTitle')} body={t('emptyBody')} action={orderAction} />
  return (
    <>
      <ul className="flex flex-col gap-4">
        {projects.map((project) => (
          <li key={project.id}>
            <Game project={project} />
          </li>
        ))}
      </ul>
      <LoadMore {...games} />
    </>
  )
}

const tones: Record<ProjectStatus, Tone> = {
  backlog: 'neutral',
  in_progress: 'info',
  review: 'info',
  complete: 'ok',
  on_hold: 'warn',
  cancelled: 'bad',
}
const open: readonly ProjectStatus[] = ['backlog', 'in_progress', 'review']

function Game({ project }: { project: ProjectView }) {
  const t = useTranslations('client')
  const formats = useFormats()
  const { petName, status, orderNumber, deadline, thumbUrl, thumbKind, progress } = project
  const address = progress?.liveUrl ?? null
  return (
    <article className="relative flex gap-4 rounded-box border border-line bg-surface p-4 transition-colors focus-within:border-edge hover:border-edge sm:gap-5">
      <Picture src={thumbUrl} alt={petName} kind={thumbKind ?? 'photo'} className="w-24 self-start sm:w-36" />
      <div className="flex min-w-0 grow flex-col items-start gap-2">
        <div className="flex w-full flex-wrap items-center justify-between gap-x-3 gap-y-1">
          <h2 className="min-w-0 text-large font-strong wrap-anywhere">
            {/* The whole card leads there; what else can be pressed on it lies above. */}
            <Link
              to={`/projects/${project.id}`}
              className="rounded-[4px] after:absolute after:inset-0 after:content-['']"
            >
              {petName}
            </Link>
          </h2>
          <StatusPill tone={address ? 'ok' : tones[status]}>{address ? t('live') : t(`status.${status}`)}</StatusPill>
        </div>
        <p>{address ? t('liveBody') : t(`body.${status}`, { pet: petName })}</p>
        <GameProgress project={project} />
        <p className="flex flex-wrap gap-x-3 text-small text-muted">
          {orderNumber && <span>{t('order', { number: orderNumber })}</span>}
          {deadline && open.includes(status) && <span>{t('due', { date: formats.day(deadline) })}</span>}
        </p>
        {address && (
          <div className="relative z-[1] mt-auto flex w-full flex-wrap items-center gap-2 pt-1">
            <Button look="primary" icon={<Play />} asChild>
              <a href={address} target="_blank" rel="noreferrer">
                {t('play', { pet: petName })}
              </a>
            </Button>
            <span className="flex min-w-0 items-center gap-1 text-small text-muted">
              <span className="truncate">{withoutScheme(address)}</span>
              <CopyButton text={address} label={t('copy', { pet: petName })} />
            </span>
          </div>
        )}
      </div>
    </article>
  )
}
