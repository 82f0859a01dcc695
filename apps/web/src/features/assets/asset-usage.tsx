import type { AssetUsage } from '@sparkle/shared/assets'
import { useQuery } from '@tanstack/react-query'
import { ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { ErrorState } from '../../components/error-state.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { withoutScheme } from '../../lib/without-scheme.ts'
import { usageQuery } from './api.ts'

/** The chain an asset is part of: photo, sprite, build, address. */
export function UsedBy({ assetId, projectId }: { assetId: string; projectId: string }) {
  const t = useTranslations('assets.usage')
  const usage = useQuery(usageQuery(assetId))
  if (usage.isPending) return <Skeleton className="h-16" />
  if (usage.isError) return <ErrorState error={usage.error} onRetry={() => void usage.refetch()} />
  const { source, sprites, builds, urls } = usage.data
  if (!source && sprites.length + builds.length + urls.length === 0) return <p className="text-muted">{t('none')}</p>
  return (
    <ol className="flex flex-col gap-2">
      {source && (
        <Step name={t('source')}>
          <span>{source.deleted ? t('deleted', { name: source.filename }) : source.filename}</span>
        </Step>
      )}
      {sprites.length > 0 && (
        <Step name={t('sprites')}>
          {sprites.map(({ id, filename }) => (
            <span key={id} className="block wrap-anywhere">
              {filename}
            </span>
          ))}
        </Step>
      )}
      {builds.length > 0 && (
        <Step name={t('builds')}>
          <Link to={`/projects/${projectId}/builds`} className="underline underline-offset-2">
            {t('buildNumbers', { count: builds.length, numbers: builds.map(({ number }) => number).join(', ') })}
          </Link>
        </Step>
      )}
      {urls.length > 0 && (
        <Step name={t('live')}>
          {urls.map(({ id, fullUrl }) => (
            <a
              key={id}
              href={fullUrl}
              target="_blank"
              rel="noreferrer"
              className="flex items-center gap-1 break-all underline underline-offset-2"
            >
              {withoutScheme(fullUrl)}
              <ExternalLink className="size-3.5 shrink-0" aria-hidden="true" />
            </a>
          ))}
        </Step>
      )}
    </ol>
  )
}

function Step({ name, children }: { name: string; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[7rem_1fr] gap-x-4">
      <span className="text-muted">{name}</span>
      <div className="min-w-0">{children}</div>
    </li>
  )
}

/** What deleting an asset does, and to what. */
export function DeleteWarning({ usage }: { usage: AssetUsage }) {
  const t = useTranslations('assets')
  const { sprites, builds, urls } = usage
  const used = sprites.length + builds.length > 0
  return (
    <>
      {used && (
        <strong className="mb-2 block font-strong text-ink">
          {t('deleteUsed', { sprites: sprites.length, builds: builds.length, urls: urls.length })}
        </strong>
      )}
      {t('deleteBody')}
    </>
  )
}
