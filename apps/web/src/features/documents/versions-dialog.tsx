import type { ProjectFileView } from '@sparkle/shared/project-files'
import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { Badge } from '../../components/status.tsx'
import { useFormats } from '../../lib/format.ts'
import { documentQueries } from './api.ts'

/** Every version of a document, the newest first, each to be fetched. */
export function VersionsDialog({ file, onClose }: { file: ProjectFileView; onClose: () => void }) {
  const t = useTranslations('projects.files')
  const { size } = useFormats()
  const versions = useQuery(documentQueries.versions(file.id))
  return (
    <Dialog open onOpenChange={(open) => open || onClose()} title={t('versionsTitle', { name: file.name })}>
      {versions.isPending && <SkeletonList rows={2} className="h-12" />}
      {versions.isError && <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />}
      <ul className="divide-y divide-line">
        {versions.data?.items.map((version) => (
          <li key={version.id} className="flex items-center gap-3 py-2">
            <div className="min-w-0 grow">
              <p className="flex items-center gap-2">
                <span className="font-strong">{t('version', { number: version.number })}</span>
                {version.id === file.current.id && <Badge>{t('current')}</Badge>}
              </p>
              <p className="truncate text-small text-muted tabular-nums">
                {version.filename} · {size(version.sizeBytes)} · <RelativeTime at={version.uploadedAt} />
                {version.uploadedByName && ` ${t('by', { name: version.uploadedByName })}`}
              </p>
            </div>
            <a
              href={version.downloadUrl}
              download={version.filename}
              aria-label={t('download', { name: t('version', { number: version.number }) })}
              className="flex size-9 items-center justify-center rounded-box text-muted hover:bg-hover hover:text-ink"
            >
              <Download className="size-4" aria-hidden="true" />
            </a>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
