import { AlertDialog } from 'radix-ui'
import { createContext, useCallback, useContext, useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './button.tsx'

export interface ConfirmQuestion {
  /** A question: "Delete this address?" */
  title: string
  /** What will happen, and whether it can be undone. */
  body: ReactNode
  /** A verb: "Delete". */
  confirmLabel: string
  danger?: boolean
}

type Ask = (question: ConfirmQuestion) => Promise<boolean>
const ConfirmContext = createContext<Ask | null>(null)

/** Ask before what cannot be undone, and only then; everything else gets an undo. */
export function ConfirmProvider({ children }: { children: ReactNode }) {
  const t = useTranslations('common')
  const [asked, setAsked] = useState<{ question: ConfirmQuestion; answer: (yes: boolean) => void } | null>(null)
  const [open, setOpen] = useState(false)

  const ask = useCallback<Ask>(
    (question) =>
      new Promise((resolve) => {
        setAsked({ question, answer: resolve })
        setOpen(true)
      }),
    [],
  )
  const close = (yes: boolean) => {
    asked?.answer(yes)
    setOpen(false)
  }

  return (
    <ConfirmContext value={ask}>
      {children}
      <AlertDialog.Root open={open} onOpenChange={(next) => next || close(false)}>
        <AlertDialog.Portal>
          <AlertDialog.Overlay className="animate-scrim fixed inset-0 z-50 bg-scrim" />
          <AlertDialog.Content className="floating animate-pop fixed inset-x-4 top-1/2 z-50 mx-auto max-w-100 -translate-y-1/2 p-5 outline-none">
            <AlertDialog.Title className="text-large font-strong">{asked?.question.title}</AlertDialog.Title>
            <AlertDialog.Description asChild>
              <div className="mt-2 whitespace-pre-line text-muted">{asked?.question.body}</div>
            </AlertDialog.Description>
            <div className="mt-5 flex justify-end gap-2">
              <AlertDialog.Cancel asChild>
                <Button look="quiet">{t('cancel')}</Button>
              </AlertDialog.Cancel>
              <Button look={asked?.question.danger ? 'danger' : 'primary'} onClick={() => close(true)}>
                {asked?.question.confirmLabel}
              </Button>
            </div>
          </AlertDialog.Content>
        </AlertDialog.Portal>
      </AlertDialog.Root>
    </ConfirmContext>
  )
}

/** `if (await confirm({...})) remove.mutate(id)` */
export function useConfirm(): Ask {
  const ask = useContext(ConfirmContext)
  if (!ask) throw new Error('useConfirm needs a ConfirmProvider above it.')
  return ask
}
