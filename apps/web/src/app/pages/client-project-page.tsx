import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Play } from 'lucide-react'
import { Link, useParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Picture } from '../../components/picture.tsx'
import { Skeleton, SkeletonList } from '../../components/skeleton.tsx'
import { ownGamesQuery } from '../../features/client/api.ts'
import { GameProgress, GameSteps } from '../../features/client/game-steps.tsx'
import { Conversation } from '../../features/messages/conversation.tsx'
import { PresenceAvatars } from '../../features/messages/presence-avatars.tsx'
import { projectQueries } from '../../features/projects/api.ts'
import { DownloadEverything } from '../../features/reviews/download-button.tsx'
import { WaitingForYou } from '../../features/reviews/waiting-for-you.tsx'
import { placeOf } from '../../lib/place-of.ts'
import { isProblem } from '../../lib/problem.ts'
import { useCan } from '../../lib/session.tsx'

/** One game as its customer sees it: what waits for them, how far it is, and the conversation with the studio. */
export function ClientProjectPage() {
  const t = useTranslations('client')
  const { projectId = '' } = useParams()
  const detail = useQuery(projectQueries.detail(projectId))
  const games = useInfiniteQuery(ownGamesQuery).data?.pages.flatMap(({ items }) => items)
  if (isProblem(detail.error) && (detail.error.status === 404 || detail.error.status === 422))
    return (
      <EmptyState
        heading="h1"
        scene="search"
        title={t('gone')}
        body={t('goneBody')}
        action={
          <Button asChild>
            <Link to="/">{t('toGames')}</Link>
          </Button>
        }
      />
    )
  if (detail.isPending)
    return (
      <>
        <Skeleton className="mb-6 h-24" />
        <SkeletonList rows={3} className="h-24" />
      </>
    )
  if (!detail.data) return <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />
  // How far it has come is told in the list only.
  const progress = games?.find(({ id }) => id === projectId)?.progress
  return <LoadedGame key={projectId} project={{ ...detail.data, ...(progress && { progress }) }} />
}

function LoadedGame({ project }: { project: Parameters<typeof GameSteps>[0]['project'] }) {
  const t = useTranslations('client')
  const mayRead = useCan('messages:read', placeOf(project))
  const mayWrite = useCan('messages:send', placeOf(project))
  const mayReview = useCan('reviews:read', placeOf(project))
  const { id, petName, status, thumbUrl, thumbKind, progress } = project
  return (
    <>
      <PageHeader
        title={petName}
        back={{ to: '/', label: t('back') }}
        picture={<Picture src={thumbUrl} alt="" kind={thumbKind ?? 'photo'} className="w-20 sm:w-24" />}
        description={
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <span>{progress?.liveUrl ? t('live') : t(`status.${status}`)}</span>
            <PresenceAvatars projectId={id} />
          </div>
        }
        actions={
          <>
            {mayReview && <DownloadEverything projectId={id} size="large" className="min-h-12" />}
            {progress?.liveUrl && (
              <Button asChild size="large" className="min-h-12">
                <a href={progress.liveUrl} target="_blank" rel="noreferrer">
                  <Play aria-hidden="true" />
                  {t('play', { pet: petName })}
                </a>
              </Button>
            )}
          </>
        }
      />
      <WaitingForYou projectId={id} />
      <div className="mb-8">
        {/* The whole way would push the conversation out of a phone's sight. */}
        <div className="md:hidden">
          <GameProgress project={project} />
        </div>
        <div className="hidden md:block">
          <GameSteps project={project} />
        </div>
      </div>
      {mayRead && (
        <section>
          <h2 className="mb-3 text-large font-strong">{t('talk')}</h2>
          <Conversation project={project} side="client" mayWrite={mayWrite} />
        </section>
      )}
    </>
  )
}
