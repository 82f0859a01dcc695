import { CloudUpload } from 'lucide-react'
import { Link, useLocation } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Progress } from '../../components/progress.tsx'
import { useAllUploads } from './uploads.tsx'

/** Says, on every other page, that files are still on their way, and leads to them. */
export function UploadTray() {
  const t = useTranslations('assets.tray')
  const { pathname } = useLocation()
  const away = useAllUploads().filter(({ projectId }) => pathname !== `/projects/${projectId}/assets`)
  const [first] = away
  if (!first) return null
  const bytes = away.reduce((sum, { file }) => sum + file.file.size, 0)
  const sent = away.reduce((sum, { file }) => sum + file.share * file.file.size, 0)
  const stuck = away.filter(({ file }) => file.state === 'failed' || file.state === 'paused').length
  return (
    <Link
      to={`/projects/${first.projectId}/assets`}
      data-below-toasts=""
      className="floating fixed right-4 bottom-20 z-30 flex w-64 items-center gap-3 px-4 py-3 hover:bg-hover md:bottom-4"
    >
      <CloudUpload className="size-5 shrink-0 text-accent-text" aria-hidden="true" />
      <span className="min-w-0 grow">
        <span className="block truncate font-strong">{t('title', { count: away.length })}</span>
        {stuck > 0 && <span className="block text-small text-muted">{t('stuck', { count: stuck })}</span>}
        <Progress label={t('title', { count: away.length })} share={bytes > 0 ? sent / bytes : 0} className="mt-1" />
      </span>
    </Link>
  )
}
