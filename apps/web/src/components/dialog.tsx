import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useRef, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { cn } from '../lib/cn.ts'
import { IconButton } from './icon-button.tsx'

export interface DialogProps {
  /** Leave `open` and `onOpenChange` out to let `trigger` decide. */
  open?: boolean
  onOpenChange?: (open: boolean) => void
  trigger?: ReactNode
  title: string
  description?: ReactNode
  children?: ReactNode
  /** The buttons; the primary one last. */
  footer?: ReactNode
  width?: 'small' | 'medium' | 'large'
}

const firstFields =
  'input:not([type=hidden]):not([tabindex="-1"]), textarea, [role=radio][aria-checked=true], [role=combobox]'
const widths = { small: 'sm:max-w-100', medium: 'sm:max-w-140', large: 'sm:max-w-200' }

/** In the middle; on a phone it rises from the bottom edge. */
export function Dialog({ trigger, width = 'medium', ...rest }: DialogProps) {
  return (
    <Overlay
      {...rest}
      trigger={trigger}
      className={cn(
        'animate-pop inset-x-0 bottom-0 max-h-[90dvh] rounded-b-none!',
        'sm:top-1/2 sm:bottom-auto sm:mx-auto sm:w-full sm:-translate-y-1/2 sm:rounded-b-(--radius)!',
        widths[width],
      )}
    />
  )
}

/** From the right, for a quick look that keeps the list in sight; on a phone it takes the whole width. */
export function SideSheet({ width = 'medium', ...rest }: DialogProps) {
  return (
    <Overlay
      {...rest}
      className={cn(
        'animate-sheet inset-x-0 top-12 bottom-0 rounded-b-none! sm:inset-y-2 sm:right-2 sm:left-auto sm:w-full sm:rounded-b-(--radius)!',
        widths[width],
      )}
    />
  )
}

function Overlay({
  open,
  onOpenChange,
  trigger,
  title,
  description,
  children,
  footer,
  className,
}: Omit<DialogProps, 'width'> & { className: string }) {
  const t = useTranslations('common')
  const before = useRef<Element | null>(null)
  const focusFirstField = (event: Event) => {
    before.current = document.activeElement
    const content = event.currentTarget as HTMLElement
    const field = content.querySelector<HTMLElement>(firstFields)
    if (!field) return
    event.preventDefault()
    field.focus()
  }
  const giveBack = (event: Event) => {
    if (!(before.current instanceof HTMLElement) || !before.current.isConnected) return
    event.preventDefault()
    before.current.focus()
  }
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className="animate-scrim fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          onOpenAutoFocus={focusFirstField}
          onCloseAutoFocus={trigger ? undefined : giveBack}
          className={cn('floating fixed z-40 flex flex-col outline-none', className)}
        >
          <div className="flex items-start gap-4 px-5 pt-4 pb-3">
            <div className="min-w-0 grow">
              <Radix.Title className="text-large font-strong">{title}</Radix.Title>
              {description && <Radix.Description className="mt-1 text-muted">{description}</Radix.Description>}
            </div>
            <Radix.Close asChild>
              <IconButton label={t('close')} icon={<X />} size="small" bare className="-mr-1.5" />
            </Radix.Close>
          </div>
          {children && <div className="min-h-0 grow overflow-y-auto px-5 pt-1 pb-5">{children}</div>}
          {footer && (
            <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-3 pb-[max(12px,env(safe-area-inset-bottom))]">
              {footer}
            </div>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
