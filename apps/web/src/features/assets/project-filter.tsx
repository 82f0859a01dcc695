import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Combobox, type ComboboxOption } from '../../components/combobox.tsx'
import { cn } from '../../lib/cn.ts'
import { useSettled } from '../../lib/use-settled.ts'
import { projectNamesQuery, projectOfAssetsQuery, type NamedProject } from './api.ts'

const settleMs = 200

interface ProjectFilterProps {
  projectId: string | undefined
  /** The empty string where it is no longer about one project. */
  onChange: (projectId: string) => void
}

/** One project out of thousands: the API looks for the words. */
export function ProjectFilter({ projectId, onChange }: ProjectFilterProps) {
  const t = useTranslations('assets.studio')
  const [words, setWords] = useState('')
  const [chosen, setChosen] = useState<ComboboxOption | null>(null)
  const known = chosen?.value === projectId ? chosen : null
  const ofAssets = useQuery({ ...projectOfAssetsQuery(projectId ?? ''), enabled: projectId !== undefined && !known })
  const asked = useSettled(words.trim(), settleMs)
  const found = useQuery(projectNamesQuery(asked))
  // A project of the address whose name is not known (yet) is a choice all the same.
  const named = ofAssets.data ? optionOf(ofAssets.data) : { value: projectId ?? '', label: t('oneProject') }
  const value = projectId === undefined ? null : (known ?? named)
  return (
    <Combobox
      label={t('project')}
      none={t('any')}
      value={value}
      words={words}
      onWordsChange={setWords}
      options={(found.data ?? []).map(optionOf)}
      pending={found.isPending || asked !== words.trim()}
      onValueChange={(option) => {
        setChosen(option)
        onChange(option?.value ?? '')
      }}
      className={cn('min-w-0 sm:w-auto sm:max-w-56', value ? 'border-accent! bg-accent-soft' : 'text-muted!')}
    />
  )
}

function optionOf({ id, name, petName, orderNumber }: NamedProject): ComboboxOption {
  const detail = [petName !== name && petName, orderNumber].filter(Boolean).join(' · ')
  return { value: id, label: name, ...(detail && { detail }) }
}
