import { completeRecipe } from '@sparkle/pixel/recipe'
import { spriteRecipe } from '@sparkle/shared/sprites'
import { useQuery } from '@tanstack/react-query'
import { Link, Navigate, useLocation, useParams, useSearchParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { spriteQueries } from '../../features/sprites/api.ts'
import { SpriteTool } from '../../features/sprites/sprite-tool.tsx'
import { useDocumentTitle } from '../../lib/document-title.ts'
import { useRoom } from '../../lib/live.tsx'
import { isProblem } from '../../lib/problem.ts'
import { spriteToolPath } from '../../lib/sprite-path.ts'

export function SpritePage() {
  const t = useTranslations('sprites')
  const { projectId = '', assetId = '' } = useParams()
  const [search] = useSearchParams()
  const from = search.get('from')
  const { state, key } = useLocation()
  const tried = spriteRecipe.safeParse((state as { recipe?: unknown } | null)?.recipe)
  const photo = useQuery(spriteQueries.asset(assetId))
  const earlier = useQuery({ ...spriteQueries.asset(from ?? ''), enabled: from !== null })
  const workUrl = photo.data?.urls.work
  // The link is another one each week, the pixels behind it never: without a key of its own the tool would begin anew.
  const work = useQuery({
    ...spriteQueries.pixels(workUrl ?? ''),
    queryKey: ['pixels', assetId],
    enabled: workUrl !== undefined,
  })
  useDocumentTitle(photo.data ? t('title', { name: photo.data.filename }) : t('tool'))
  useRoom(`project:${projectId}`)
  const backTo = `/projects/${projectId}/assets`

  if (isProblem(photo.error) && (photo.error.status === 404 || photo.error.status === 422))
    return <NotReady scene="search" title={t('notReady.gone')} body={t('notReady.goneBody')} backTo={backTo} />
  if (photo.data && photo.data.projectId !== projectId)
    return <Navigate replace to={spriteToolPath(photo.data.projectId, assetId, from ?? undefined)} />
  if (photo.isLoadingError) return <ErrorState error={photo.error} onRetry={() => void photo.refetch()} />
  if (photo.data && photo.data.assetType !== 'photo')
    return <NotReady scene="search" title={t('notReady.notPhoto')} body={t('notReady.notPhotoBody')} backTo={backTo} />
  if (photo.data?.processingStatus === 'rejected')
    return (
      <NotReady scene="storm" title={t('notReady.refusedTitle')} body={t('notReady.refusedBody')} backTo={backTo} />
    )
  if (photo.data && !workUrl)
    return <NotReady scene="box" title={t('notReady.title')} body={t('notReady.body')} backTo={backTo} />
  if (work.isLoadingError)
    return <ErrorState error={work.error} title={t('unreadable')} onRetry={() => void work.refetch()} />
  if (!photo.data || !workUrl || !work.data || earlier.isLoading) return <LoadingTool />
  const recipe = tried.success ? tried.data : earlier.data?.recipe
  return (
    <SpriteTool
      key={`${assetId} ${from ?? ''} ${tried.success ? key : ''}`}
      photo={photo.data}
      workUrl={workUrl}
      work={work.data}
      sprite={earlier.data ?? null}
      swapped={tried.success}
      recipe={recipe ? completeRecipe(recipe) : null}
      backTo={backTo}
    />
  )
}

interface NotReadyProps {
  scene: 'box' | 'storm' | 'search'
  title: string
  body: string
  backTo: string
}

function NotReady({ scene, title, body, backTo }: NotReadyProps) {
  const t = useTranslations('sprites')
  return (
    <EmptyState
      heading="h1"
      scene={scene}
      title={title}
      body={body}
      action={
        <Button asChild>
          <Link to={backTo}>{t('back')}</Link>
        </Button>
      }
    />
  )
}

function LoadingTool() {
  const t = useTranslations('common')
  return (
    <div data-page="full" role="status" className="grid gap-4 p-4 md:h-[calc(100dvh-56px)] md:grid-cols-[1fr_38%]">
      <span className="sr-only">{t('loading')}</span>
      <Skeleton className="h-[40dvh] md:h-full" />
      <Skeleton className="h-[40dvh] md:h-full" />
    </div>
  )
}
