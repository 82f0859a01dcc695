import type { UrlView } from '@sparkle/shared/urls'
import { useTranslations } from 'use-intl'
import { Switch } from '../../components/switch.tsx'
import { notify } from '../../components/toast.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useUpdateUrl } from './api.ts'

/** Whether the game may turn up in search engines. Shown while it is being saved as it will be. */
export function SearchSwitch({ url }: { url: UrlView }) {
  const t = useTranslations('urls.search')
  const textOf = useProblemText()
  const update = useUpdateUrl(url, ({ indexable }) => notify(indexable ? t('on') : t('off')))
  const checked = update.isPending ? update.variables.indexable === true : url.indexable
  return (
    <Switch
      label={t('label')}
      hint={t('hint')}
      checked={checked}
      disabled={update.isPending}
      onCheckedChange={(indexable) =>
        update.mutate({ indexable }, { onError: (error) => notify(textOf(error), { tone: 'bad' }) })
      }
    />
  )
}
