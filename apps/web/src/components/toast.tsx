import { toast, Toaster as Sonner } from 'sonner'
import { useTheme } from '../lib/theme.ts'
import { ToneIcon, type Tone } from './status.tsx'

interface NotifyOptions {
  tone?: Tone
  description?: string
  /** One thing to do about it: undo, show. */
  action?: { label: string; run: () => void }
  /** Stays until it is answered or swept away. */
  lasting?: boolean
}

const mostShown = 4
let shown: string[] = []

/** Says something for a few seconds, at the bottom. Never the only way to learn of a failure that needs a decision. */
export function notify(message: string, { tone = 'ok', description, action, lasting }: NotifyOptions = {}): void {
  // The same said again is one toast, and a fifth one takes the place of the first.
  const id = `${tone} ${message} ${description ?? ''}`
  shown = [...shown.filter((other) => other !== id), id]
  for (const old of shown.splice(0, Math.max(0, shown.length - mostShown))) toast.dismiss(old)
  toast(message, {
    id,
    description,
    icon: <ToneIcon tone={tone} className={iconClasses[tone]} />,
    action: action && { label: action.label, onClick: action.run },
    duration: lasting ? Number.POSITIVE_INFINITY : tone === 'bad' || tone === 'warn' || action ? 8000 : 4000,
  })
}

const iconClasses: Record<Tone, string> = {
  neutral: 'size-4 text-muted',
  info: 'size-4 text-info',
  ok: 'size-4 text-ok',
  warn: 'size-4 text-warn',
  bad: 'size-4 text-bad',
}

/** Where toasts appear; once, near the root. */
export function Toaster({ label }: { label: string }) {
  const theme = useTheme()
  return (
    <Sonner
      theme={theme}
      position="bottom-right"
      containerAriaLabel={label}
      offset={16}
      mobileOffset={{ bottom: 76 }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: 'floating flex w-full items-start gap-2.5 px-3.5 py-3 sm:w-90 text-ink font-sans',
          content: 'grow min-w-0',
          title: 'font-strong',
          description: 'text-muted',
          icon: 'mt-0.5',
          actionButton: 'shrink-0 rounded-box px-2 font-strong text-accent-text hover:underline',
        },
      }}
    />
  )
}
