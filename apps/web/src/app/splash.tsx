import { useTranslations } from 'use-intl'
import { LogoMark } from '../components/logo.tsx'

/** The moment before the first page is there. */
export function Splash() {
  const t = useTranslations('common')
  return (
    <div role="status" className="flex min-h-dvh items-center justify-center">
      <LogoMark scale={4} className="animate-breathe" />
      <span className="sr-only">{t('loading')}</span>
    </div>
  )
}
