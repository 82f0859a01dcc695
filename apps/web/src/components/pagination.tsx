import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { IconButton } from './icon-button.tsx'

interface PaginationProps {
  /** From 1. */
  page: number
  pages: number
  onPageChange: (page: number) => void
}

/** For lists that are in memory whole; lists of the API have cursors and use LoadMore. */
export function Pagination({ page, pages, onPageChange }: PaginationProps) {
  const t = useTranslations('common')
  return (
    <nav aria-label={t('pageOf', { page, pages })} className="flex items-center justify-end gap-2 text-muted">
      <span className="tabular-nums">{t('pageOf', { page, pages })}</span>
      <IconButton
        label={t('previous')}
        icon={<ChevronLeft />}
        disabled={page <= 1}
        onClick={() => onPageChange(page - 1)}
      />
      <IconButton
        label={t('next')}
        icon={<ChevronRight />}
        disabled={page >= pages}
        onClick={() => onPageChange(page + 1)}
      />
    </nav>
  )
}
