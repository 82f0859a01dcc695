import { en, type Messages } from '@sparkle/shared/messages/en'
import type { ReactNode } from 'react'
import { IntlProvider, type NamespaceKeys, type NestedKeyOf, type useTranslations } from 'use-intl'
import { useZodMessages } from './zod-messages.ts'

declare module 'use-intl' {
  interface AppConfig {
    Messages: Messages
    Locale: string
  }
}

/** The translator of one namespace, for functions that get it handed in. */
export type Translator<N extends NamespaceKeys<Messages, NestedKeyOf<Messages>>> = ReturnType<typeof useTranslations<N>>

/** The browser's own zone, until the profile says another. */
export const browserTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone

interface I18nProps {
  /** BCP 47: decides how dates and numbers are written. The words are English for now. */
  locale?: string
  timeZone?: string
  children: ReactNode
}

/**
 * Words, dates and numbers for everything below. A missing key or argument throws in development and tests instead of
 * showing the key to somebody.
 */
export function I18n({ locale = navigator.language || 'en', timeZone = browserTimeZone, children }: I18nProps) {
  return (
    <IntlProvider locale={locale} timeZone={timeZone} messages={en} onError={report}>
      <ZodMessages>{children}</ZodMessages>
    </IntlProvider>
  )
}

function ZodMessages({ children }: { children: ReactNode }) {
  useZodMessages()
  return children
}

function report(error: Error): void {
  if (import.meta.env.DEV) throw error
  console.error(error)
}
