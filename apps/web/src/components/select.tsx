import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import type { ReactNode, Ref } from 'react'
import { useTranslations } from 'use-intl'
import { cn } from '../lib/cn.ts'

export interface SelectOption<T extends string> {
  value: T
  label: string
  icon?: ReactNode
  disabled?: boolean
}

interface SelectProps<T extends string> {
  options: readonly SelectOption<T>[]
  /** Undefined or null shows the placeholder. A value is never the empty string. */
  value: T | null | undefined
  onValueChange: (value: T) => void
  onBlur?: () => void
  placeholder?: string
  disabled?: boolean
  name?: string
  id?: string
  ref?: Ref<HTMLButtonElement>
  className?: string
  'aria-label'?: string
  'aria-describedby'?: string
  'aria-invalid'?: boolean
  'aria-required'?: boolean
}

export function Select<T extends string>({
  options,
  value,
  onValueChange,
  onBlur,
  placeholder,
  disabled,
  name,
  className,
  ...trigger
}: SelectProps<T>) {
  const t = useTranslations('common')
  return (
    <Radix.Root value={value ?? ''} onValueChange={(next) => onValueChange(next as T)} disabled={disabled} name={name}>
      <Radix.Trigger
        {...trigger}
        onBlur={onBlur}
        className={cn(
          'control flex items-center justify-between gap-2 text-left data-[placeholder]:text-faint [&>span]:truncate',
          className,
        )}
      >
        <Radix.Value placeholder={placeholder ?? t('choose')} />
        <Radix.Icon>
          <ChevronDown className="size-4 text-muted" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="floating animate-pop z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-hidden"
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled}
                className="menu-item pr-8!"
              >
                <Radix.ItemText>
                  <span className="inline-flex items-center gap-2 [&_svg]:size-4">
                    {option.icon}
                    {option.label}
                  </span>
                </Radix.ItemText>
                <Radix.ItemIndicator className="absolute right-3">
                  <Check className="size-4 text-accent-text" />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
