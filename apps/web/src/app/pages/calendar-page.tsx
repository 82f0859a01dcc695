import { useQuery } from '@tanstack/react-query'
import { CalendarDays, ChevronLeft, ChevronRight, List } from 'lucide-react'
import { useSearchParams } from 'react-router-dom'
import { useFormatter, useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { Select } from '../../components/select.tsx'
import { assignableQuery } from '../../features/projects/api.ts'
import { Calendar, type CalendarLayout } from '../../features/projects/calendar.tsx'
import { useToday } from '../../features/projects/marks.tsx'
import { addMonths } from '../../features/projects/month.ts'
import { useAction } from '../../lib/actions.tsx'
import { useCan } from '../../lib/session.tsx'
import { useStored } from '../../lib/stored.ts'

const everybody = 'everybody'
const isLayout = (value: string): value is CalendarLayout => value === 'month' || value === 'agenda'
/** A phone is too narrow for seven columns. */
const usualLayout = (): CalendarLayout => (window.matchMedia('(min-width: 640px)').matches ? 'month' : 'agenda')

/** Deadlines by day: the month is in the address, `?month=2027-01&artist=me`. */
export function CalendarPage() {
  const t = useTranslations('projects.calendar')
  const words = useTranslations('projects')
  const format = useFormatter()
  const today = useToday()
  const [search, setSearch] = useSearchParams()
  const [layout, setLayout] = useStored<CalendarLayout>('calendar-layout', usualLayout(), isLayout)
  const mayListPeople = useCan('users:read')
  const people = useQuery({ ...assignableQuery, enabled: mayListPeople })
  const asked = search.get('month')
  const month = asked && /^20\d\d-(0[1-9]|1[0-2])$/.test(asked) ? asked : today.slice(0, 7)
  const artist = search.get('artist')
  const set = (name: string, value: string | null) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before)
        if (value === null) next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true },
    )
  const go = (months: number) => set('month', addMonths(month, months))
  useAction({ id: 'previous-month', label: t('previous'), group: 'page', keys: '[', run: () => go(-1) })
  useAction({ id: 'next-month', label: t('next'), group: 'page', keys: ']', run: () => go(1) })
  useAction({ id: 'this-month', label: t('today'), group: 'page', keys: 't', run: () => set('month', null) })

  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          <SegmentedControl
            label={t('layout')}
            value={layout}
            onValueChange={setLayout}
            options={[
              { value: 'month', label: t('month'), icon: <CalendarDays /> },
              { value: 'agenda', label: t('agenda'), icon: <List /> },
            ]}
          />
        }
      />
      <div className="mb-4 flex flex-wrap items-center gap-2">
        <IconButton label={t('previous')} keys="[" icon={<ChevronLeft />} onClick={() => go(-1)} />
        <h2 aria-live="polite" className="min-w-40 text-center text-title font-strong">
          {format.dateTime(new Date(`${month}-15T12:00:00Z`), { month: 'long', year: 'numeric', timeZone: 'UTC' })}
        </h2>
        <IconButton label={t('next')} keys="]" icon={<ChevronRight />} onClick={() => go(1)} />
        <Button look="quiet" aria-keyshortcuts="t" onClick={() => set('month', null)}>
          {t('today')}
        </Button>
        <span className="grow" />
        <Select
          aria-label={t('artist')}
          value={artist ?? everybody}
          onValueChange={(value) => set('artist', value === everybody ? null : value)}
          className="w-auto! min-w-40"
          options={[
            { value: everybody, label: t('everybody') },
            { value: 'me', label: words('list.mine') },
            { value: 'nobody', label: words('assign.unassigned') },
            ...(people.data ?? []).map(({ id, displayName }) => ({ value: id, label: displayName })),
          ]}
        />
      </div>
      <Calendar month={month} layout={layout} assignedTo={artist ?? undefined} />
    </>
  )
}
