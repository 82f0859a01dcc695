import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { useAction } from '../lib/actions.tsx'
import type { NavEntry } from './nav.ts'
import { useNav } from './use-nav.ts'

/** Puts the rail's entries into the palette and on their keys. */
export function NavActions() {
  return useNav().map((entry) => <NavAction key={entry.to} entry={entry} />)
}

function NavAction({ entry }: { entry: NavEntry }) {
  const t = useTranslations('web.nav')
  const navigate = useNavigate()
  useAction({
    id: `go-${entry.label}`,
    label: t('goTo', { page: t(entry.label) }),
    group: 'go',
    keys: entry.keys,
    icon: entry.icon,
    run: () => void navigate(entry.to),
  })
  return null
}
