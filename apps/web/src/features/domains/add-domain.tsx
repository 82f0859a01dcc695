import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useAddDomain } from './api.ts'

/** People paste whole addresses; the name in them is what counts. */
export function domainIn(typed: string): string {
  return typed
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/[/?#].*$/, '')
}

export function AddDomain() {
  const t = useTranslations('domains')
  const textOf = useProblemText()
  const [typed, setTyped] = useState('')
  const add = useAddDomain(() => setTyped(''))
  const domain = domainIn(typed)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (domain && !add.isPending) add.mutate(domain)
      }}
    >
      <Field label={t('add')} hint={t('addHint')} error={add.error ? textOf(add.error) : undefined}>
        {(tie) => (
          <div className="flex gap-2">
            <Input
              {...tie}
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value)
                if (add.error) add.reset()
              }}
              placeholder={t('example')}
              maxLength={253}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              inputMode="url"
              className="min-w-0 grow"
            />
            <Button type="submit" icon={<Plus />} pending={add.isPending} disabled={!domain} className="shrink-0">
              {t('addSubmit')}
            </Button>
          </div>
        )}
      </Field>
    </form>
  )
}
