import { Moon, Sun } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useAction } from '../lib/actions.tsx'
import { setTheme, useTheme } from '../lib/theme.ts'

/** Offers the other look in the palette: dark where it is light, whoever decided that. */
export function ThemeAction() {
  const t = useTranslations('web.theme')
  const theme = useTheme()
  const isDark = theme === 'dark' || (theme === 'system' && window.matchMedia('(prefers-color-scheme: dark)').matches)
  const other = isDark ? 'light' : 'dark'
  useAction({
    id: 'switch-theme',
    label: t('switchTo', { theme: other }),
    group: 'general',
    icon: isDark ? Sun : Moon,
    run: () => setTheme(other),
  })
  return null
}
