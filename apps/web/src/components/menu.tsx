import { Check } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cn } from '../lib/cn.ts'
import { Kbd } from './kbd.tsx'

interface MenuProps {
  trigger: ReactNode
  align?: 'start' | 'end'
  side?: 'top' | 'right' | 'bottom'
  /** Leave both out to let the trigger decide. */
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** Instead of giving the focus back to the trigger. */
  onClosed?: () => void
  children: ReactNode
}

/** A list of things to do, opened by a button. Its parts are below. */
export function Menu({ trigger, align = 'start', side = 'bottom', open, onOpenChange, onClosed, children }: MenuProps) {
  return (
    <Radix.Root modal={false} open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={
            onClosed &&
            ((event) => {
              event.preventDefault()
              onClosed()
            })
          }
          className="floating animate-pop z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 overflow-y-auto p-1"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

interface MenuItemProps {
  icon?: ReactNode
  keys?: string
  danger?: boolean
  disabled?: boolean
  onSelect: () => void
  children: ReactNode
}

export function MenuItem({ icon, keys, danger, disabled, onSelect, children }: MenuItemProps) {
  return (
    <Radix.Item
      onSelect={onSelect}
      disabled={disabled}
      className={cn('menu-item [&_svg]:size-4 [&_svg]:shrink-0', danger && 'text-bad')}
    >
      {icon}
      <span className="grow truncate">{children}</span>
      {keys && <Kbd keys={keys} />}
    </Radix.Item>
  )
}

interface MenuChoiceProps<T extends string> {
  label: string
  value: T
  onValueChange: (value: T) => void
  options: readonly { value: T; label: string; hint?: string; icon?: ReactNode }[]
}

/** One of several, with a tick at the chosen one. */
export function MenuChoice<T extends string>({ label, value, onValueChange, options }: MenuChoiceProps<T>) {
  return (
    <Radix.RadioGroup value={value} onValueChange={(next) => onValueChange(next as T)} aria-label={label}>
      <MenuLabel>{label}</MenuLabel>
      {options.map((option) => (
        <Radix.RadioItem key={option.value} value={option.value} className="menu-item [&_svg]:size-4 [&_svg]:shrink-0">
          {option.icon}
          <span className="min-w-0 grow">
            <span className="block truncate">{option.label}</span>
            {option.hint && <span className="block truncate text-small text-muted">{option.hint}</span>}
          </span>
          <Radix.ItemIndicator>
            <Check className="text-accent-text" />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  )
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 pt-2 pb-1 text-small text-muted">{children}</Radix.Label>
}

export function MenuSeparator() {
  return <Radix.Separator className="my-1 h-px bg-line" />
}
