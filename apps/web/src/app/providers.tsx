import { QueryClientProvider } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { ConfirmProvider } from '../components/confirm.tsx'
import { notify, Toaster } from '../components/toast.tsx'
import { TooltipProvider } from '../components/tooltip.tsx'
import { ActionProvider } from '../lib/actions.tsx'
import { I18n } from '../lib/i18n.tsx'
import { useProblemText } from '../lib/problem-text.ts'
import { createQueryClient } from '../lib/query-client.ts'

/** What every page needs, signed in or not. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <I18n>
      <Queries>
        <TooltipProvider delayDuration={400}>
          <ActionProvider>
            <ConfirmProvider>{children}</ConfirmProvider>
          </ActionProvider>
        </TooltipProvider>
      </Queries>
    </I18n>
  )
}

function Queries({ children }: { children: ReactNode }) {
  const t = useTranslations('web.top')
  const textOf = useProblemText()
  const [client] = useState(() => createQueryClient((error) => notify(textOf(error), { tone: 'bad' })))
  return (
    <QueryClientProvider client={client}>
      {children}
      <Toaster label={t('notifications')} />
    </QueryClientProvider>
  )
}
