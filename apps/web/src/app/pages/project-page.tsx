import type { ProjectView } from '@sparkle/shared/projects'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Link, Navigate, useLocation, useNavigate, useParams, useSearchParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Notice } from '../../components/notice.tsx'
import { Skeleton, SkeletonList } from '../../components/skeleton.tsx'
import { Tabs, type Tab } from '../../components/tabs.tsx'
import { ActivityFeed } from '../../features/activity/activity-feed.tsx'
import { AssetsTab } from '../../features/assets/assets-tab.tsx'
import { HistoryTab } from '../../features/audit/history-tab.tsx'
import { templatesQuery } from '../../features/builds/api.ts'
import { BuildsTab } from '../../features/builds/builds-tab.tsx'
import { FilesTab } from '../../features/documents/files-tab.tsx'
import { messageQueries } from '../../features/messages/api.ts'
import { Conversation } from '../../features/messages/conversation.tsx'
import { projectQueries } from '../../features/projects/api.ts'
import { ArchiveCard, DangerZone } from '../../features/projects/danger-zone.tsx'
import { rememberProject } from '../../features/projects/recent.ts'
import { ProjectPetCard } from '../../features/clients/pets-card.tsx'
import { Overview } from '../../features/projects/overview.tsx'
import { useMayWorkOn } from '../../features/projects/rights.ts'
import { LinksCard } from '../../features/sharing/links-card.tsx'
import { PeopleCard } from '../../features/sharing/people-card.tsx'
import { ImportSprite } from '../../features/sprites/import-sprite.tsx'
import { AddressTab } from '../../features/urls/address-tab.tsx'
import { useRoom } from '../../lib/live.tsx'
import { isProblem } from '../../lib/problem.ts'
import { placeOf } from '../../lib/place-of.ts'
import { useCan } from '../../lib/session.tsx'
import { isReady, type ProjectFacts } from '../project/next-step.ts'
import { spritePath } from '../project/next-step-button.tsx'
import { ProjectHeader } from '../project/project-header.tsx'
import { ProjectReviews } from '../project/project-reviews.tsx'
import { useProjectFacts } from '../project/use-project-facts.ts'

const tabNames = [
  'overview',
  'assets',
  'builds',
  'review',
  'messages',
  'address',
  'files',
  'activity',
  'history',
] as const
type TabName = (typeof tabNames)[number]

/** One project, its tab in the address: `/projects/<id>/builds`. */
export function ProjectPage() {
  const t = useTranslations('projects.page')
  const { projectId = '', tab } = useParams()
  const [search] = useSearchParams()
  const { hash } = useLocation()
  const project = useQuery(projectQueries.detail(projectId))
  // Mails name the tab beside the address, which customers have without tabs.
  const named = tabNames.find((name) => name === search.get('tab'))
  if (named) return <Navigate to={`/projects/${projectId}/${named}${hash}`} replace />
  if (project.isPending) return <ProjectSkeleton />
  if (isProblem(project.error) && (project.error.status === 404 || project.error.status === 422)) {
    return (
      <EmptyState
        heading="h1"
        scene="search"
        title={t('gone')}
        body={t('goneBody')}
        action={
          <Button asChild>
            <Link to="/projects">{t('toProjects')}</Link>
          </Button>
        }
      />
    )
  }
  if (!project.data) return <ErrorState error={project.error} onRetry={() => void project.refetch()} />
  return (
    <LoadedProject
      key={project.data.id}
      project={project.data}
      tab={tabNames.find((name) => name === tab) ?? 'overview'}
    />
  )
}

function LoadedProject({ project, tab }: { project: ProjectView; tab: TabName }) {
  const t = useTranslations('projects.page')
  const navigate = useNavigate()
  const facts = useProjectFacts(project)
  const tabs = useTabs(project, typeof facts === 'object' ? facts : null)
  useRoom(`project:${project.id}`)
  useEffect(() => rememberProject(project.id), [project.id])
  return (
    <>
      <ProjectHeader project={project} facts={facts} />
      <Tabs
        label={t('tabs')}
        tabs={tabs}
        value={tabs.some(({ value }) => value === tab) ? tab : 'overview'}
        onValueChange={(next) =>
          void navigate(next === 'overview' ? `/projects/${project.id}` : `/projects/${project.id}/${next}`, {
            replace: true,
            preventScrollReset: true,
          })
        }
      />
    </>
  )
}

/** The tabs this role may read. */
function useTabs(project: ProjectView, facts: ProjectFacts | null): Tab<TabName>[] {
  const t = useTranslations('projects.page')
  const [search, setSearch] = useSearchParams()
  const mayWork = useMayWorkOn(project)
  const place = placeOf(project)
  const mayAssets = useCan('assets:read', place)
  const mayDraw = useCan('assets:create', place) && !project.deletedAt
  const mayBuilds = useCan('builds:read', place)
  const mayReviews = useCan('reviews:read', place)
  const mayTalk = useCan('messages:read', place) && !project.deletedAt
  const mayWrite = useCan('messages:send', place)
  const unread = useQuery({ ...messageQueries.unread(project.id), enabled: mayTalk }).data?.count
  const mayUrls = useCan('urls:read', place)
  const mayActivity = useCan('activity:read', place)
  const mayAudit = useCan('audit:read')
  const templates = useQuery({ ...templatesQuery, enabled: mayBuilds && mayUrls }).data ?? []
  const liveBuildIds = facts?.urls.flatMap(({ liveBuildId }) => liveBuildId ?? []) ?? []
  const makeSprite = (
    <Button asChild size="small">
      <Link to={spritePath({ project, photos: facts?.photos ?? [] })}>{t('next.makeSprite')}</Link>
    </Button>
  )
  const tabs: (Tab<TabName> | false)[] = [
    {
      value: 'overview',
      label: t('overview'),
      content: (
        <>
          <Overview key={project.id} project={project} />
          <ProjectPetCard projectId={project.id} />
          <PeopleCard project={project} className="mt-4" />
          <ArchiveCard project={project} />
          <DangerZone project={project} />
        </>
      ),
    },
    mayAssets && {
      value: 'assets',
      label: t('assets'),
      count: facts ? [...facts.photos, ...facts.sprites].filter(isReady).length : undefined,
      content: (
        <AssetsTab
          projectId={project.id}
          mayChange={mayDraw}
          moreToAdd={mayDraw && <ImportSprite projectId={project.id} />}
        />
      ),
    },
    mayBuilds && {
      value: 'builds',
      label: t('builds'),
      count: facts?.builds.length,
      content: <BuildsTab project={project} liveBuildIds={liveBuildIds} makeSprite={makeSprite} />,
    },
    mayReviews && {
      value: 'review',
      label: t('review'),
      content: (
        <div className="grid gap-6">
          <ProjectReviews
            project={project}
            builds={facts?.builds ?? []}
            sprites={facts?.sprites ?? []}
            photos={facts?.photos ?? []}
          />
          <LinksCard project={project} />
        </div>
      ),
    },
    mayTalk && {
      value: 'messages',
      label: t('messages'),
      count: unread || undefined,
      content: (
        <>
          {!project.accountId && (
            <Notice tone="info" className="mb-4">
              {t('messagesNobody')}
            </Notice>
          )}
          <Conversation project={project} side="studio" mayWrite={mayWrite} />
        </>
      ),
    },
    mayUrls && {
      value: 'address',
      label: t('address'),
      content: (
        <AddressTab
          project={project}
          builds={facts?.builds ?? []}
          templates={templates}
          host={hostOf(facts)}
          approval={facts?.approval ?? null}
          deployNow={search.get('deploy') === '1'}
          onDeployed={() => setSearch({}, { replace: true })}
        />
      ),
    },
    {
      value: 'files',
      label: t('files'),
      content: <FilesTab projectId={project.id} mayChange={mayWork} />,
    },
    mayActivity && {
      value: 'activity',
      label: t('activity'),
      content: <ActivityFeed projectId={project.id} />,
    },
    mayAudit && {
      value: 'history',
      label: t('history'),
      content: <HistoryTab projectId={project.id} />,
    },
  ]
  return tabs.filter((tab) => tab !== false)
}

/** The games' host, as far as anything of this project tells it. */
function hostOf(facts: ProjectFacts | null): string {
  const known = facts?.urls[0]?.fullUrl ?? facts?.builds.find(({ previewUrl }) => previewUrl)?.previewUrl
  return known ? new URL(known).host : ''
}

function ProjectSkeleton() {
  return (
    <>
      <div className="mb-6 flex items-center gap-4">
        <Skeleton className="size-28" />
        <div className="grow">
          <Skeleton className="mb-2 h-9 max-w-60" />
          <Skeleton className="h-5 max-w-90" />
        </div>
      </div>
      <SkeletonList rows={4} className="h-20" />
    </>
  )
}
