import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'

/** Stays in sight while there are changes to save. */
export function SaveBar({ pending, onDiscard }: { pending: boolean; onDiscard: () => void }) {
  const t = useTranslations('projects.form')
  return (
    <div
      data-below-toasts=""
      className="floating sticky bottom-20 z-20 mt-4 flex flex-wrap items-center gap-2 px-4 py-2.5 md:bottom-4"
    >
      <p role="status" className="grow">
        {t('unsaved')}
      </p>
      <Button look="quiet" onClick={onDiscard}>
        {t('discard')}
      </Button>
      <Button type="submit" look="primary" pending={pending}>
        {t('save')}
      </Button>
    </div>
  )
}
