import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import { Link, NavLink, useLocation } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { IconButton } from '../../components/icon-button.tsx'
import { LogoMark, Wordmark } from '../../components/logo.tsx'
import { Tooltip } from '../../components/tooltip.tsx'
import { cn } from '../../lib/cn.ts'
import { useStored } from '../../lib/stored.ts'
import { useNav } from '../use-nav.ts'

const widths = ['wide', 'narrow'] as const
type Width = (typeof widths)[number]
const isWidth = (value: string): value is Width => (widths as readonly string[]).includes(value)

/** The places of the tool, at the left of wide pages. */
export function Rail() {
  const t = useTranslations('web.nav')
  const common = useTranslations('common')
  const entries = useNav()
  const { pathname } = useLocation()
  const [width, setWidth] = useStored<Width>('rail', 'wide', isWidth)
  const narrow = width === 'narrow'

  return (
    <nav
      aria-label={t('main')}
      className={cn(
        'sticky top-0 hidden h-dvh shrink-0 flex-col border-r border-line bg-canvas transition-[width] duration-(--calm) md:flex',
        narrow ? 'w-15' : 'w-(--rail)',
      )}
    >
      <Link
        to="/"
        className={cn('m-2 flex h-10 items-center rounded-box', narrow ? 'justify-center' : 'px-2.5')}
        aria-label={common('productName')}
      >
        {narrow ? <LogoMark /> : <Wordmark />}
      </Link>
      <ul className="mt-1 flex grow flex-col gap-0.5 overflow-y-auto px-2.5">
        {entries.map(({ to, label, icon: Icon, keys, holds }) => {
          const link = (
            <NavLink
              to={to}
              end={to === '/'}
              aria-label={narrow ? t(label) : undefined}
              className={({ isActive }) =>
                cn(
                  'relative flex h-9 items-center gap-3 rounded-box transition-colors [&_svg]:size-[18px] [&_svg]:shrink-0',
                  narrow ? 'justify-center' : 'px-2.5',
                  isActive || holds?.includes(pathname)
                    ? 'bg-accent-soft font-strong text-accent-text'
                    : 'text-muted hover:bg-hover hover:text-ink',
                )
              }
            >
              <Icon aria-hidden="true" />
              {!narrow && t(label)}
            </NavLink>
          )
          return (
            <li key={to}>
              {narrow ? (
                <Tooltip text={t(label)} keys={keys} side="right">
                  {link}
                </Tooltip>
              ) : (
                link
              )}
            </li>
          )
        })}
      </ul>
      <div className={cn('m-2.5 flex', narrow && 'justify-center')}>
        <IconButton
          label={narrow ? t('expand') : t('collapse')}
          icon={narrow ? <PanelLeftOpen /> : <PanelLeftClose />}
          onClick={() => setWidth(narrow ? 'wide' : 'narrow')}
        />
      </div>
    </nav>
  )
}
