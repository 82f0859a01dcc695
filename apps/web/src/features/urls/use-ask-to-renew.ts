import type { Renewal } from '@sparkle/shared/terms'
import type { UrlView } from '@sparkle/shared/urls'
import { useTranslations } from 'use-intl'
import { useConfirm } from '../../components/confirm.tsx'
import { notify } from '../../components/toast.tsx'
import { useFormats } from '../../lib/format.ts'
import { useRenewUrl } from './api.ts'

/** Renews an address after a question that names the day it will be kept until. */
export function useAskToRenew(url: UrlView) {
  const t = useTranslations('urls.renew')
  const { date } = useFormats()
  const confirm = useConfirm()
  const renew = useRenewUrl(() => notify(t('done')))
  const ask = async ({ until }: Renewal) => {
    const yes = await confirm({
      title: t('title', { slug: url.slug }),
      body: t(url.status === 'reserved' ? 'bodyReserved' : 'body', { date: date(until.toISOString()) }),
      confirmLabel: t('action'),
    })
    if (yes) renew.mutate(url)
  }
  return { ask, pending: renew.isPending }
}
