import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Input } from '../../components/input.tsx'
import { cn } from '../../lib/cn.ts'
import { rightsQueries } from './rights-api.ts'

interface ProjectPickerProps {
  value: string | undefined
  onChange: (projectId: string) => void
}

/** One project out of all, by the words of its search. */
export function ProjectPicker({ value, onChange }: ProjectPickerProps) {
  const t = useTranslations('permissions.grants')
  const [words, setWords] = useState('')
  const { data } = useQuery(rightsQueries.projects(useDeferredValue(words.trim())))
  return (
    <div className="flex flex-col gap-2">
      <Input
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        icon={<Search />}
        maxLength={120}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <ul className="flex flex-wrap gap-1.5">
        {data?.items.map(({ id, petName, name }) => (
          <li key={id}>
            <button
              type="button"
              aria-pressed={id === value}
              onClick={() => onChange(id)}
              className={cn(
                'min-h-8 rounded-box border px-2.5 transition-colors',
                id === value ? 'border-accent bg-accent-soft font-strong' : 'border-outline hover:bg-hover',
              )}
            >
              {petName === name ? petName : `${petName} · ${name}`}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
