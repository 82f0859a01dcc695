import { useEffect, useEffectEvent } from 'react'
import { useBlocker } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { useConfirm } from './confirm.tsx'

interface LeaveGuardProps {
  when: boolean
  /** What would be lost: changes that are not saved, or files that are on their way. */
  what?: 'changes' | 'files'
}

/** Asks before a page is left on which something would be lost: in words of ours within the app, in the browser's at its edge. */
export function LeaveGuard({ when, what = 'changes' }: LeaveGuardProps) {
  const t = useTranslations(what === 'changes' ? 'common.unsaved' : 'common.unsent')
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
