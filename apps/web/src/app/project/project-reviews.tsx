import type { AssetItem } from '@sparkle/shared/assets'
import type { BuildView } from '@sparkle/shared/builds'
import type { ProjectFileView } from '@sparkle/shared/project-files'
import type { ProjectView } from '@sparkle/shared/projects'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { assetQueries } from '../../features/assets/api.ts'
import { documentQueries } from '../../features/documents/api.ts'
import { ReviewTab } from '../../features/reviews/review-tab.tsx'
import type { Sendable } from '../../features/reviews/sendable.ts'
import { useFormats } from '../../lib/format.ts'
import { placeOf } from '../../lib/place-of.ts'
import { useCan } from '../../lib/session.tsx'
import { isReady } from './next-step.ts'

interface ProjectReviewsProps {
  project: ProjectView
  builds: readonly BuildView[]
  sprites: readonly AssetItem[]
  photos: readonly AssetItem[]
}

/** The reviews of a project, with everything of it that can be sent. */
export function ProjectReviews({ project, builds, sprites, photos }: ProjectReviewsProps) {
  const t = useTranslations('reviews.tab')
  const { dateTime } = useFormats()
  const mayAssets = useCan('assets:read', placeOf(project))
  const backgrounds = useInfiniteQuery({ ...assetQueries.list(project.id, 'background'), enabled: mayAssets })
  const files = useInfiniteQuery(documentQueries.list(project.id))
  const things: Sendable[] = [
    ...builds
      .filter(({ status }) => status === 'passed')
      .map(({ id, number, createdAt }): Sendable => {
        const label = t('buildOption', { number, date: dateTime(createdAt) })
        return { id, kind: 'build', label, thumb: null, names: { buildId: id } }
      }),
    ...sprites.filter(isReady).map((asset) => ofAsset(asset, 'sprite')),
    ...[...itemsOf(backgrounds.data), ...photos].filter(isReady).map((asset) => ofAsset(asset, 'picture')),
    ...itemsOf(files.data).map(ofFile),
  ]
  return <ReviewTab project={project} things={things} />
}

function ofAsset({ id, filename, urls }: AssetItem, kind: 'sprite' | 'picture'): Sendable {
  return { id, kind, label: filename, thumb: urls.still ?? urls.thumb ?? null, names: { assetId: id } }
}

function ofFile({ name, current }: ProjectFileView): Sendable {
  return { id: current.id, kind: 'file', label: name, thumb: null, names: { fileVersionId: current.id } }
}

function itemsOf<T>(data: { pages: { items: T[] }[] } | undefined): T[] {
  return data?.pages.flatMap(({ items }) => items) ?? []
}
