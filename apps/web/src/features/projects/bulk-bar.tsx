import { priorities, projectStatuses, type ProjectView } from '@sparkle/shared/projects'
import type { BulkChange } from '@sparkle/shared/project-bulk'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Archive, ArchiveRestore, CalendarDays, CircleDot, Flag, UserRound, X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Avatar } from '../../components/avatar.tsx'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Input } from '../../components/input.tsx'
import { Menu, MenuItem } from '../../components/menu.tsx'
import { Spinner } from '../../components/spinner.tsx'
import { cn } from '../../lib/cn.ts'
import { useCan } from '../../lib/session.tsx'
import { assignableQuery } from './api.ts'
import { useBulkEdit, type Refusal } from './bulk.ts'
import { PriorityIcon, StatusIcon } from './marks.tsx'
import { newestKnown } from './mutations.ts'

interface BulkBarProps {
  projects: readonly ProjectView[]
  /** Where everything that is loaded is selected and more would be found. */
  all?: SelectAllProps | null
  onClear: () => void
}

interface SelectAllProps {
  /** How many the filter finds. */
  total: number
  /** How many of them are loaded, while they are. */
  loading: number | null
  onSelect: () => void
}

const bar =
  'floating fixed inset-x-3 bottom-18 z-40 mx-auto flex w-fit max-w-[calc(100vw-24px)] items-center md:bottom-5'

/** What can be done to the selected projects, at the bottom of the window while there are any. */
export function BulkBar({ projects, all = null, onClear }: BulkBarProps) {
  const t = useTranslations('projects.bulk')
  const words = useTranslations('projects')
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const [dating, setDating] = useState(false)
  const client = useQueryClient()
  const edit = useBulkEdit(setRefusals)
  const mayAssign = useCan('projects:assign')
  const people = useQuery({ ...assignableQuery, enabled: mayAssign })
  // Selected a while ago, and changed by somebody since: what the page shows now is what a person changes.
  const change = (wanted: BulkChange) => {
    if (edit.isPending) return
    edit.mutate({ projects: newestKnown(client, projects), change: wanted }, { onSuccess: onClear })
  }
  const archived = projects.length > 0 && projects.every(({ archivedAt }) => archivedAt !== null)
  const statuses = projectStatuses.filter((status) => projects.some(({ legalMoves }) => legalMoves.includes(status)))

  return (
    <>
      {edit.progress ? (
        <p role="status" className={cn(bar, 'gap-2 px-4 py-3 tabular-nums')}>
          <Spinner />
          {t('changing', edit.progress)}
        </p>
      ) : (
        projects.length > 0 && (
          <div
            role="toolbar"
            aria-label={t('label')}
            data-below-toasts=""
            className={cn(bar, 'gap-1 overflow-x-auto p-1.5')}
          >
            <span role="status" className="px-2 font-strong whitespace-nowrap tabular-nums">
              {t('count', { count: projects.length })}
            </span>
            {all && (
              <Button size="small" pending={all.loading !== null} onClick={all.onSelect} className="tabular-nums">
                {all.loading === null
                  ? t('selectAll', { count: all.total })
                  : t('selecting', { done: all.loading, total: all.total })}
              </Button>
            )}
            <BarMenu label={t('status')} icon={<CircleDot />}>
              {statuses.map((status) => (
                <MenuItem key={status} icon={<StatusIcon status={status} />} onSelect={() => change({ status })}>
                  {words(`status.${status}`)}
                </MenuItem>
              ))}
            </BarMenu>
            {mayAssign && (
              <BarMenu label={t('artist')} icon={<UserRound />}>
                {(people.data ?? []).map(({ id, displayName, avatarUrl }) => (
                  <MenuItem
                    key={id}
                    icon={<Avatar size="small" name={displayName} src={avatarUrl} />}
                    onSelect={() => change({ assignedArtistId: id })}
                  >
                    {displayName}
                  </MenuItem>
                ))}
                <MenuItem icon={<UserRound />} onSelect={() => change({ assignedArtistId: null })}>
                  {words('assign.nobody')}
                </MenuItem>
              </BarMenu>
            )}
            <BarMenu label={t('priority')} icon={<Flag />}>
              {priorities.map((priority) => (
                <MenuItem
                  key={priority}
                  icon={<PriorityIcon priority={priority} />}
                  onSelect={() => change({ priority })}
                >
                  {words(`priority.${priority}`)}
                </MenuItem>
              ))}
            </BarMenu>
            <Button size="small" look="quiet" icon={<CalendarDays />} onClick={() => setDating(true)}>
              {t('deadline')}
            </Button>
            <Button
              size="small"
              look="quiet"
              icon={archived ? <ArchiveRestore /> : <Archive />}
              pending={edit.isPending}
              onClick={() => change({ archived: !archived })}
            >
              {archived ? t('unarchive') : t('archive')}
            </Button>
            <IconButton size="small" label={t('clear')} keys="escape" icon={<X />} onClick={onClear} />
          </div>
        )
      )}
      {dating && <DeadlineDialog onClose={() => setDating(false)} onSet={(deadline) => change({ deadline })} />}
      {refusals.length > 0 && <Refusals refusals={refusals} onClose={() => setRefusals([])} />}
    </>
  )
}

function BarMenu({ label, icon, children }: { label: string; icon: ReactNode; children: ReactNode }) {
  return (
    <Menu
      side="top"
      trigger={
        <Button size="small" look="quiet" icon={icon}>
          {label}
        </Button>
      }
    >
      {children}
    </Menu>
  )
}

function DeadlineDialog({ onClose, onSet }: { onClose: () => void; onSet: (deadline: string | null) => void }) {
  const t = useTranslations('projects.bulk')
  const [day, setDay] = useState('')
  const set = (deadline: string | null) => {
    onSet(deadline)
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t('setDeadline')}
      width="small"
      footer={
        <>
          <Button look="quiet" onClick={() => set(null)}>
            {t('noDeadline')}
          </Button>
          <Button look="primary" disabled={day === ''} onClick={() => set(day)}>
            {t('setDeadline')}
          </Button>
        </>
      }
    >
      <Input type="date" aria-label={t('deadline')} value={day} onChange={(event) => setDay(event.target.value)} />
    </Dialog>
  )
}

function Refusals({ refusals, onClose }: { refusals: readonly Refusal[]; onClose: () => void }) {
  const t = useTranslations('projects.bulk')
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t('refused')}
      footer={
        <Button look="primary" onClick={onClose}>
          {t('close')}
        </Button>
      }
    >
      <ul className="divide-y divide-line">
        {refusals.map(({ project, detail }) => (
          <li key={project.id} className="py-2">
            <p className="font-strong">{project.petName}</p>
            <p className="text-muted">{detail}</p>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
