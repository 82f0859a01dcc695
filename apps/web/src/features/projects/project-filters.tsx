import { packageTypes } from '@sparkle/shared/games'
import { deadlineWindows } from '@sparkle/shared/project-views'
import { priorities, projectStatuses } from '@sparkle/shared/projects'
import { useQuery } from '@tanstack/react-query'
import { Search, SlidersHorizontal, X } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Input } from '../../components/input.tsx'
import { Select } from '../../components/select.tsx'
import { cn } from '../../lib/cn.ts'
import { useCan } from '../../lib/session.tsx'
import { assignableQuery } from './api.ts'
import type { useProjectFilters } from './use-project-filters.ts'

const any = 'any'
const searchDelayMs = 250

interface ProjectFiltersProps {
  filters: ReturnType<typeof useProjectFilters>
  /** The board has a column for every status. */
  withoutStatus: boolean
}

/** Search and filters; on a phone the filters fold away behind a button. */
export function ProjectFilters({ filters, withoutStatus }: ProjectFiltersProps) {
  const t = useTranslations('projects')
  const { params, set, active, clear } = filters
  const [open, setOpen] = useState(false)
  const mayListPeople = useCan('users:read')
  const people = useQuery({ ...assignableQuery, enabled: mayListPeople })
  const choose = (name: 'status' | 'artist' | 'priority' | 'package' | 'due') => (value: string) =>
    set({ [name]: value === any ? null : value })

  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <SearchField value={params.q} onChange={(q) => set({ q })} />
      <Button className="sm:hidden" icon={<SlidersHorizontal />} aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('list.filters')}
        {active > 0 && <span className="tabular-nums">{active}</span>}
      </Button>
      <div className={cn('flex-wrap items-center gap-2 sm:flex', open ? 'grid w-full grid-cols-2' : 'hidden')}>
        {!withoutStatus && (
          <FilterSelect
            label={t('list.status')}
            value={params.status}
            onChange={choose('status')}
            options={projectStatuses.map((value) => ({ value, label: t(`status.${value}`) }))}
          />
        )}
        <FilterSelect
          label={t('list.artist')}
          value={params.artist}
          onChange={choose('artist')}
          options={[
            { value: 'me', label: t('list.mine') },
            { value: 'nobody', label: t('assign.unassigned') },
            ...(people.data ?? []).map(({ id, displayName }) => ({ value: id, label: displayName })),
          ]}
        />
        <FilterSelect
          label={t('list.priority')}
          value={params.priority}
          onChange={choose('priority')}
          options={priorities.map((value) => ({ value, label: t(`priority.${value}`) }))}
        />
        <FilterSelect
          label={t('list.package')}
          value={params.package}
          onChange={choose('package')}
          options={packageTypes.map((value) => ({ value, label: t(`package.${value}`) }))}
        />
        <FilterSelect
          label={t('list.deadline')}
          value={params.due}
          onChange={choose('due')}
          options={deadlineWindows.map((value) => ({ value, label: t(`list.deadlineWithin.${value}`) }))}
        />
        {(active > 0 || params.q) && (
          <Button look="quiet" icon={<X />} onClick={clear}>
            {t('list.clear')}
          </Button>
        )}
      </div>
    </div>
  )
}

interface FilterSelectProps {
  label: string
  value: string | null
  onChange: (value: string) => void
  options: readonly { value: string; label: string }[]
}

/** Shows its own name while nothing is chosen. */
function FilterSelect({ label, value, onChange, options }: FilterSelectProps) {
  const t = useTranslations('projects.list')
  return (
    <Select
      aria-label={label}
      placeholder={label}
      value={value}
      onValueChange={onChange}
      options={[...(value === null ? [] : [{ value: any, label: t('any') }]), ...options]}
      className={cn('sm:w-auto', value === null ? 'text-muted' : 'border-accent! bg-accent-soft')}
    />
  )
}

/** Letters go to the address, and with it to the API, once typing pauses. */
function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useTranslations('projects.list')
  const common = useTranslations('common')
  const [typed, setTyped] = useState(value)
  const [shownFor, setShownFor] = useState(value)
  const send = useEffectEvent(onChange)
  if (shownFor !== value) {
    // The address changed by itself: back button, "Clear filters".
    setShownFor(value)
    if (typed.trim() !== value.trim()) setTyped(value)
  }
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => send(typed), searchDelayMs)
    return () => clearTimeout(timer)
  }, [typed, value])
  return (
    <Input
      type="search"
      role="searchbox"
      aria-label={t('search')}
      placeholder={t('search')}
      icon={<Search />}
      value={typed}
      maxLength={200}
      onChange={(event) => setTyped(event.target.value)}
      className="min-w-0 grow sm:max-w-72 [&_input::-webkit-search-cancel-button]:hidden"
      trailing={
        typed && <IconButton bare size="small" label={common('clear')} icon={<X />} onClick={() => setTyped('')} />
      }
    />
  )
}
