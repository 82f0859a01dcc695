import { useEffect, useEffectEvent } from 'react'
import { useTranslations } from 'use-intl'
import { notify } from '../components/toast.tsx'
import { keepInstalled } from '../lib/service-worker.ts'

/** Keeps the app installed for people who are signed in, and says when there is a newer one. */
export function AppUpdates() {
  const t = useTranslations('web.app')
  const offer = useEffectEvent((begin: () => void) =>
    notify(t('newVersion'), { tone: 'info', lasting: true, action: { label: t('reload'), run: begin } }),
  )
  useEffect(() => (import.meta.env.PROD ? keepInstalled((begin) => offer(begin)) : undefined), [])
  return null
}
