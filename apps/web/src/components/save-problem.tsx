import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { isProblem } from '../lib/problem.ts'
import { useProblemText } from '../lib/problem-text.ts'
import type { Merging } from '../lib/use-saved-form.ts'
import { Button } from './button.tsx'
import { MergeDialog, type FieldWords } from './merge-dialog.tsx'
import { Notice } from './notice.tsx'

interface SaveProblemProps {
  error: unknown
  /** Takes over what somebody else has stored; what was typed stays. */
  reload: () => Promise<void>
  /** Of the form, with the names of its fields: both sides are compared where they changed the same. */
  merging: Merging | null
  words: FieldWords
  /** Saves the form again, after a merge. */
  save: () => void
  className?: string
}

/** Why a form was not saved, and the way on where somebody else was faster. */
export function SaveProblem({ error, reload, merging, words, save, className }: SaveProblemProps) {
  const t = useTranslations('common.stale')
  const textOf = useProblemText()
  const loading = useMutation({ mutationFn: reload })
  if (merging) return <MergeDialog merging={merging} words={words} onSettled={save} />
  if (!error) return null
  const stale = isProblem(error) && error.status === 412
  return (
    <Notice
      tone="bad"
      className={className}
      action={
        stale && (
          <Button size="small" pending={loading.isPending} onClick={() => loading.mutate()}>
            {t('reload')}
          </Button>
        )
      }
    >
      {stale ? t('body') : textOf(error)}
    </Notice>
  )
}
