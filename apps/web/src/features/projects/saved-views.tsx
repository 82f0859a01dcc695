import type { SavedView } from '@sparkle/shared/project-views'
import { useQuery } from '@tanstack/react-query'
import { Bookmark, Ellipsis, Users } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Menu, MenuItem } from '../../components/menu.tsx'
import { cn } from '../../lib/cn.ts'
import { SaveViewDialog } from './save-view-dialog.tsx'
import { differs, searchOf, type ViewState } from './view-params.ts'
import { useDeleteView, useUpdateView, viewsQuery } from './views-api.ts'

/** Saved views as tabs; what differs from the open one can be kept in it or as a new one. */
export function SavedViews({ now, changed }: { now: ViewState; changed: boolean }) {
  const t = useTranslations('projects.views')
  const [search] = useSearchParams()
  const navigate = useNavigate()
  const views = useQuery(viewsQuery).data?.items ?? []
  const [edited, setEdited] = useState<SavedView | 'new' | null>(null)
  const open = views.find(({ id }) => id === search.get('saved'))
  const update = useUpdateView()
  const remove = useDeleteView(() => void navigate('/projects', { replace: true }))
  const isChanged = open ? differs(open, now) : changed
  if (views.length === 0 && !isChanged && edited === null) return null

  return (
    <div className="mb-4 flex items-center gap-2 border-b border-line">
      <nav aria-label={t('label')} className="flex min-w-0 gap-1 overflow-x-auto [scrollbar-width:none]">
        <ViewTab to="/projects" open={!open}>
          {t('all')}
        </ViewTab>
        {views.map((view) => (
          <ViewTab key={view.id} to={`/projects?${searchOf(view).toString()}`} open={view === open}>
            {view.name}
            {view.shared && (
              <Users
                className="size-3.5 text-muted"
                role="img"
                aria-label={t('sharedMark', { name: view.ownerName ?? '' })}
              />
            )}
          </ViewTab>
        ))}
      </nav>
      {open?.mayChange && (
        <Menu trigger={<IconButton bare size="small" label={t('actions', { name: open.name })} icon={<Ellipsis />} />}>
          <MenuItem onSelect={() => setEdited(open)}>{t('rename')}</MenuItem>
          <MenuItem danger onSelect={() => remove.mutate(open)}>
            {t('remove')}
          </MenuItem>
        </Menu>
      )}
      <span className="grow" />
      {isChanged && open?.mayChange && (
        <Button
          size="small"
          pending={update.isPending}
          onClick={() => update.mutate({ view: open, changes: { ...now, sort: now.sort as SavedView['sort'] } })}
        >
          {t('update')}
        </Button>
      )}
      {isChanged && (
        <Button look="quiet" size="small" icon={<Bookmark />} onClick={() => setEdited('new')}>
          {t('save')}
        </Button>
      )}
      {edited && (
        <SaveViewDialog
          view={edited === 'new' ? null : edited}
          now={now}
          onClose={() => setEdited(null)}
          onSaved={(view) => void navigate(`/projects?${searchOf(view).toString()}`, { replace: true })}
        />
      )}
    </div>
  )
}

function ViewTab({ to, open, children }: { to: string; open: boolean; children: ReactNode }) {
  return (
    <Link
      to={to}
      aria-current={open ? 'page' : undefined}
      className={cn(
        'relative inline-flex min-h-10 shrink-0 items-center gap-1.5 px-3 text-muted transition-colors hover:text-ink focus-visible:-outline-offset-2',
        'after:absolute after:inset-x-2 after:bottom-0 after:h-0.5 after:rounded-full after:content-[""]',
        open && 'font-strong text-ink after:bg-accent',
      )}
    >
      {children}
    </Link>
  )
}
