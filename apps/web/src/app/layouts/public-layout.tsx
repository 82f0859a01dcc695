import { Outlet, ScrollRestoration } from 'react-router-dom'
import { Wordmark } from '../../components/logo.tsx'

/** For people without an account: a quiet header, the page, nothing else. */
export function PublicLayout() {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-14 items-center px-4 sm:px-6">
        <Wordmark />
      </header>
      <main className="mx-auto w-full max-w-200 grow px-4 pt-4 pb-16 sm:px-6">
        <Outlet />
      </main>
      <ScrollRestoration />
    </div>
  )
}
