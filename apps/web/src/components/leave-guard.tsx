import { useEffect, useEffectEvent } from 'react'
import { useBlocker } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { useConfirm } from './confirm.tsx'

/** Asks before a page with unsaved changes is left: in words of ours within the app, in the browser's at its edge. */
export function LeaveGuard({ when }: { when: boolean }) {
  const t = useTranslations('common.unsaved')
  const confirm = useConfirm()
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => when && currentLocation.pathname !== nextLocation.pathname,
  )
  const ask = useEffectEvent(async () => {
    const leave = await confirm({ title: t('title'), body: t('body'), confirmLabel: t('leave'), danger: true })
    if (leave) blocker.proceed?.()
    else blocker.reset?.()
  })
  useEffect(() => {
    if (blocker.state === 'blocked') void ask()
  }, [blocker.state])
  useEffect(() => {
    if (!when) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [when])
  return null
}
