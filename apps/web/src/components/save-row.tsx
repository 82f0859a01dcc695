import { useTranslations } from 'use-intl'
import { Button } from './button.tsx'

interface SaveRowProps {
  dirty: boolean
  pending: boolean
  onDiscard: () => void
}

/** The end of a form that changes something there is: save, or go back to what was read. */
export function SaveRow({ dirty, pending, onDiscard }: SaveRowProps) {
  const t = useTranslations('common')
  return (
    <div className="flex flex-wrap gap-2">
      <Button type="submit" look="primary" pending={pending} disabled={!dirty && !pending}>
        {t('saveChanges')}
      </Button>
      {dirty && (
        <Button look="quiet" onClick={onDiscard}>
          {t('discard')}
        </Button>
      )}
    </div>
  )
}
