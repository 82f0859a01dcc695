import { Fragment } from 'react'
import { useTranslations } from 'use-intl'

const isMac = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent)

/** Keys as caps: `g p` as two, one after the other, `mod+k` as two at once; `arrows` are all four. */
export function Kbd({ keys }: { keys: string }) {
  const t = useTranslations('common.actions')
  return (
    <span className="inline-flex items-center gap-1 text-small">
      {keys.split(' ').map((combo, index) => (
        <Fragment key={combo + index}>
          {index > 0 && <span className="sr-only">{t('then')}</span>}
          {combo.split('+').map((key) => (
            <kbd
              key={key}
              className="inline-flex h-5 min-w-5 items-center justify-center rounded-[4px] border border-line bg-surface px-1 font-sans text-muted"
            >
              {keyName(key)}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  )
}

function keyName(key: string): string {
  if (key === 'mod') return isMac ? '⌘' : 'Ctrl'
  if (key === 'arrows') return '← ↑ ↓ →'
  return key.length === 1 ? key.toUpperCase() : key[0]?.toUpperCase() + key.slice(1)
}
