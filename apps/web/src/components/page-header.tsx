import { ChevronLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router-dom'
import { useDocumentTitle } from '../lib/document-title.ts'

interface PageHeaderProps {
  /** Also the title of the browser's tab. */
  title: string
  /** Under or beside the title: a status, a count, a sentence. */
  description?: ReactNode
  /** Before the title: a picture. */
  picture?: ReactNode
  /** The page above this one. */
  back?: { to: string; label: string }
  /** Buttons at the right; the primary one last. */
  actions?: ReactNode
}

export function PageHeader({ title, description, picture, back, actions }: PageHeaderProps) {
  useDocumentTitle(title)
  return (
    <header className="mb-6">
      {back && (
        <Link
          to={back.to}
          className="mb-2 inline-flex items-center gap-1 rounded-box text-muted hover:text-ink pointer-coarse:mb-0 pointer-coarse:min-h-11"
        >
          <ChevronLeft className="size-4" aria-hidden="true" />
          {back.label}
        </Link>
      )}
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3 sm:items-center">
        {picture}
        <div className="min-w-0 grow basis-48">
          <h1 className="truncate text-display font-strong tracking-tight">{title}</h1>
          {description && <div className="mt-0.5 text-muted">{description}</div>}
        </div>
        {actions && <div className="flex flex-wrap gap-2 empty:hidden max-sm:gap-x-1.5">{actions}</div>}
      </div>
    </header>
  )
}
