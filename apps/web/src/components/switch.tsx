import { Switch as Radix } from 'radix-ui'
import { useId, type Ref } from 'react'

interface SwitchProps {
  checked: boolean
  /** A switch acts at once; where a save button follows, use a Checkbox. */
  onCheckedChange: (checked: boolean) => void
  label: string
  hint?: string
  disabled?: boolean
  ref?: Ref<HTMLButtonElement>
}

export function Switch({ label, hint, ...rest }: SwitchProps) {
  const id = useId()
  return (
    <div className="flex items-center justify-between gap-4">
      <label htmlFor={id}>
        {label}
        {hint && <span className="block text-small text-muted">{hint}</span>}
      </label>
      <Radix.Root
        {...rest}
        id={id}
        className="relative h-5 w-9 shrink-0 rounded-full border border-edge bg-sunken transition-colors after:absolute after:-inset-2.5 after:content-[''] disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <Radix.Thumb className="block size-3.5 translate-x-0.5 rounded-full bg-muted transition-transform data-[state=checked]:translate-x-[18px] data-[state=checked]:bg-accent-ink" />
      </Radix.Root>
    </div>
  )
}
