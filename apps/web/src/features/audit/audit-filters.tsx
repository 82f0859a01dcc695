import { auditEntities } from '@sparkle/shared/audit'
import { Search } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Input } from '../../components/input.tsx'
import { Select } from '../../components/select.tsx'
import type { AuditSearch } from './search.ts'
import { useAuditWords } from './words.ts'

const everything = 'everything'

interface AuditFiltersProps {
  search: AuditSearch
  onChange: (change: Partial<AuditSearch>) => void
}

/** What of the log is shown: words, a kind of thing, and days. */
export function AuditFilters({ search, onChange }: AuditFiltersProps) {
  const t = useTranslations('audit.filter')
  const words = useAuditWords()
  const options = auditEntities
    .map((entity) => ({ value: entity as string, label: words.entity(entity) }))
    .sort((a, b) => a.label.localeCompare(b.label))
  return (
    <search aria-label={t('label')} className="mb-4 grid grid-cols-2 gap-2 md:flex md:flex-wrap">
      <Words value={search.q} onChange={(q) => onChange({ q })} />
      <Select
        aria-label={t('entity')}
        value={search.entity || everything}
        onValueChange={(value) => onChange({ entity: value === everything ? '' : value })}
        options={[{ value: everything, label: t('everything') }, ...options]}
        className="col-span-2 md:w-52"
      />
      <Day label={t('from')} value={search.from} onChange={(from) => onChange({ from })} />
      <Day label={t('to')} value={search.to} onChange={(to) => onChange({ to })} />
    </search>
  )
}

function Day({ label, value, onChange }: { label: string; value: string; onChange: (day: string) => void }) {
  return (
    <label className="flex min-w-0 flex-col gap-1 md:flex-row md:items-center md:gap-2">
      <span className="text-small text-muted md:text-base">{label}</span>
      <Input type="date" value={value} onChange={({ target }) => onChange(target.value)} className="min-w-0 md:w-40" />
    </label>
  )
}

const searchDelayMs = 250

/** Typed text goes into the address when typing rests; the address has the last word when it changes by other means. */
function Words({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useTranslations('audit.filter')
  const [typed, setTyped] = useState(value)
  const [known, setKnown] = useState(value)
  if (known !== value) {
    setKnown(value)
    setTyped(value)
  }
  const send = useEffectEvent(onChange)
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => send(typed), searchDelayMs)
    return () => clearTimeout(timer)
  }, [typed, value])
  return (
    <Input
      type="search"
      role="searchbox"
      icon={<Search />}
      aria-label={t('search')}
      placeholder={t('search')}
      value={typed}
      maxLength={100}
      onChange={({ target }) => setTyped(target.value)}
      className="col-span-2 md:w-72"
    />
  )
}
