import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { NavLink } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { cn } from '../lib/cn.ts'

export interface SettingsEntry {
  to: string
  label: string
  icon: ReactNode
}

export interface SettingsGroup {
  name: string
  entries: readonly SettingsEntry[]
}

interface SettingsNavProps {
  groups: readonly SettingsGroup[]
  /** The address of the open entry: the first one opens by itself beside the list. */
  open: string | null
}

/** The settings by whose they are: a column beside the open ones, or the page itself where there is no room for both. */
export function SettingsNav({ groups, open }: SettingsNavProps) {
  const t = useTranslations('settings')
  return (
    <nav aria-label={t('tabs')} className="flex flex-col gap-5">
      {groups.map(({ name, entries }) => (
        <section key={name}>
          <h2 className="mb-1.5 px-2.5 text-small text-muted">{name}</h2>
          <ul
            className={cn(
              'flex flex-col',
              open ? 'gap-0.5' : 'divide-y divide-line overflow-hidden rounded-box border border-line bg-surface',
            )}
          >
            {entries.map(({ to, label, icon }) => (
              <li key={to}>
                <NavLink
                  to={to}
                  aria-current={to === open ? 'page' : undefined}
                  className={cn(
                    'flex items-center gap-3 px-2.5 focus-visible:-outline-offset-2 [&_svg]:size-[18px] [&_svg]:shrink-0',
                    open ? 'h-9 rounded-box transition-colors' : 'min-h-12',
                    open && to === open && 'bg-hover font-strong',
                    open && to !== open && 'text-muted hover:bg-hover hover:text-ink',
                  )}
                >
                  {icon}
                  <span className="min-w-0 grow truncate">{label}</span>
                  {!open && <ChevronRight aria-hidden="true" className="text-faint" />}
                </NavLink>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}
