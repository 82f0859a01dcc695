import { Ellipsis } from 'lucide-react'
import { NavLink, useLocation, useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Menu, MenuItem } from '../../components/menu.tsx'
import { cn } from '../../lib/cn.ts'
import { useNav } from '../use-nav.ts'

const inBar = 4
const slot = 'flex min-w-0 grow basis-0 flex-col items-center justify-center gap-0.5 py-1.5 text-small [&_svg]:size-5'

/** The places of the tool on a phone, in reach of the thumb. */
export function BottomBar() {
  const t = useTranslations('web.nav')
  const navigate = useNavigate()
  const entries = useNav()
  const { pathname } = useLocation()
  const rest = entries.slice(inBar)
  return (
    <nav
      aria-label={t('main')}
      className="fixed inset-x-0 bottom-0 z-30 flex min-h-15 border-t border-line bg-surface px-1 pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {entries.slice(0, inBar).map(({ to, label, icon: Icon, holds }) => (
        <NavLink
          key={to}
          to={to}
          end={to === '/'}
          className={({ isActive }) =>
            cn(
              slot,
              'focus-visible:-outline-offset-2',
              isActive || holds?.includes(pathname) ? 'font-strong text-accent-text' : 'text-muted',
            )
          }
        >
          <Icon aria-hidden="true" />
          <span className="max-w-full truncate">{t(label)}</span>
        </NavLink>
      ))}
      {rest.length > 0 && (
        <Menu
          align="end"
          side="top"
          trigger={
            <button type="button" className={cn(slot, 'text-muted focus-visible:-outline-offset-2')}>
              <Ellipsis aria-hidden="true" />
              {t('more')}
            </button>
          }
        >
          {rest.map(({ to, label, icon: Icon }) => (
            <MenuItem key={to} icon={<Icon />} onSelect={() => void navigate(to)}>
              {t(label)}
            </MenuItem>
          ))}
        </Menu>
      )}
    </nav>
  )
}
