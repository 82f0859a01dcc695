import { Outlet, ScrollRestoration } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Wordmark } from '../../components/logo.tsx'

/** For a studio's customers: the studio leads, the tool signs at the foot. */
export function CustomerLayout() {
  const t = useTranslations('orders.page')
  return (
    <div className="flex min-h-dvh flex-col">
      <main className="mx-auto w-full max-w-250 grow px-4 pt-6 pb-12 sm:px-6 sm:pt-8">
        <Outlet />
      </main>
      <footer className="flex items-center justify-center gap-2 border-t border-line px-4 py-5 text-small text-muted">
        {t('madeWith')}
        <Wordmark />
      </footer>
      <ScrollRestoration />
    </div>
  )
}
