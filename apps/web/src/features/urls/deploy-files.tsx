import { fileChanges, type DeployPreview, type FileChangeKind, type UrlView } from '@sparkle/shared/urls'
import { useQuery } from '@tanstack/react-query'
import { Minus, PencilLine, Plus, type LucideIcon } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { ErrorState } from '../../components/error-state.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { Badge } from '../../components/status.tsx'
import { cn } from '../../lib/cn.ts'
import { useFormats } from '../../lib/format.ts'
import { urlQueries } from './api.ts'

const shown = 8
const marks: Record<Exclude<FileChangeKind, 'same'>, { Icon: LucideIcon; tone: string }> = {
  new: { Icon: Plus, tone: 'text-ok' },
  modified: { Icon: PencilLine, tone: 'text-info' },
  removed: { Icon: Minus, tone: 'text-bad' },
}

/** What a deploy changes, file by file: the host compares digests, not dates. */
export function DeployFiles({ url, buildId }: { url: UrlView; buildId: string }) {
  const t = useTranslations('urls.deploy')
  const preview = useQuery(urlQueries.deployPreview(url.id, buildId))
  if (preview.isPending) return <SkeletonList rows={2} className="h-7" />
  if (preview.isError) return <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
  return (
    <div>
      <div className="mb-1.5 flex flex-wrap items-center gap-2">
        <h3 className="font-strong">{t('files')}</h3>
        {fileChanges
          .filter((change) => preview.data.counts[change] > 0)
          .map((change) => (
            <Badge key={change}>{t(`count.${change}`, { count: preview.data.counts[change] })}</Badge>
          ))}
      </div>
      <FileList preview={preview.data} />
    </div>
  )
}

function FileList({ preview }: { preview: DeployPreview }) {
  const t = useTranslations('urls.deploy')
  const { size } = useFormats()
  const changes = preview.files.flatMap(({ change, ...file }) => (change === 'same' ? [] : [{ ...file, change }]))
  const { new: fresh, modified, removed } = preview.counts
  const hidden = fresh + modified + removed - Math.min(changes.length, shown)
  return (
    <>
      <ul className="grid gap-1">
        {changes.slice(0, shown).map(({ path, change, sizeBytes, liveSizeBytes }) => {
          const { Icon, tone } = marks[change]
          return (
            <li key={path} className="flex items-center gap-2">
              <Icon className={cn('size-3.5 shrink-0', tone)} aria-hidden="true" />
              <span className="sr-only">{t(`change.${change}`)}</span>
              <span className={cn('min-w-0 truncate font-mono text-small', change === 'removed' && 'line-through')}>
                {path}
              </span>
              <span className="ml-auto shrink-0 text-small text-muted tabular-nums">
                {change === 'modified'
                  ? `${size(liveSizeBytes ?? 0)} → ${size(sizeBytes ?? 0)}`
                  : size(sizeBytes ?? liveSizeBytes ?? 0)}
              </span>
            </li>
          )
        })}
      </ul>
      {hidden > 0 && <p className="mt-1 text-small text-muted">{t('more', { count: hidden })}</p>}
    </>
  )
}
