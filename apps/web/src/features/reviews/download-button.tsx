import type { VersionView } from '@sparkle/shared/reviews'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button, type ButtonProps } from '../../components/button.tsx'
import { useSignedDownload } from '../../lib/download.ts'
import { reviewQueries } from './api.ts'

type Looks = Pick<ButtonProps, 'look' | 'size' | 'className'>

/** The files of one version: a game as a zip, anything else as it is. Nothing where they are there no more. */
export function DownloadVersion({ version, ...looks }: { version: VersionView } & Looks) {
  const t = useTranslations('reviews.download')
  const download = useSignedDownload()
  if (!hasFiles(version)) return null
  return (
    <Button
      {...looks}
      aria-label={t('label', { number: version.number })}
      icon={<Download />}
      pending={download.isPending}
      onClick={() => download.mutate(`/versions/${version.id}/downloads`)}
    >
      {t('version')}
    </Button>
  )
}

/** All that a project has to show, as one zip; nothing until something was sent. */
export function DownloadEverything({ projectId, ...looks }: { projectId: string } & Looks) {
  const t = useTranslations('reviews.download')
  const list = useInfiniteQuery(reviewQueries.ofProject(projectId))
  const download = useSignedDownload()
  const sent = list.data?.pages.some(({ items }) => items.some((one) => one.status !== 'draft' && hasFiles(one)))
  if (!sent) return null
  return (
    <Button
      {...looks}
      icon={<Download />}
      pending={download.isPending}
      onClick={() => download.mutate(`/projects/${projectId}/deliveries`)}
    >
      {t('everything')}
    </Button>
  )
}

const hasFiles = ({ kind, previewUrl, fileUrl }: VersionView) =>
  kind === 'file' || previewUrl !== null || fileUrl !== null
