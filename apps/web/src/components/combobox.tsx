import { Command } from 'cmdk'
import { Check, ChevronDown, Search } from 'lucide-react'
import { Popover as Radix } from 'radix-ui'
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { cn } from '../lib/cn.ts'

export interface ComboboxOption {
  value: string
  label: string
  /** A few words that tell it from others of the same name. */
  detail?: string
  icon?: ReactNode
}

interface ComboboxProps {
  /** What is chosen here; read out with the choice. */
  label: string
  value: ComboboxOption | null
  /** Null where the choice was taken back. */
  onValueChange: (option: ComboboxOption | null) => void
  /** What was typed. Whoever draws it looks for the words, so wait for a pause in them. */
  words: string
  onWordsChange: (words: string) => void
  /** Those found for the words, best first. */
  options: readonly ComboboxOption[]
  /** They are being looked for. */
  pending: boolean
  /** Stands where nothing is chosen; `label` if left out. */
  placeholder?: string
  /** The first entry while something is chosen: none of them. */
  none: string
  /** Said where there is nothing to choose from, before any words; the words of a search if left out. */
  empty?: string
  id?: string
  className?: string
  'aria-describedby'?: string
  'aria-invalid'?: boolean
}

/** One out of more than a list could show: found by typing, by whoever has them all. */
export function Combobox({
  label,
  value,
  onValueChange,
  words,
  onWordsChange,
  options,
  pending,
  placeholder,
  none,
  empty,
  className,
  ...trigger
}: ComboboxProps) {
  const t = useTranslations('common')
  const [open, setOpen] = useState(false)
  const [marked, setMarked] = useState('')
  // cmdk marks what is there when a letter is typed; these come later. Enter without a look keeps the choice, or takes the best.
  const known = [...options.map((option) => option.value), ...(value ? [noneValue] : [])]
  const kept = options.find((option) => option.value === value?.value) ?? options[0]
  const active = known.includes(marked) ? marked : (kept?.value ?? '')
  const type = (next: string) => {
    setMarked('')
    onWordsChange(next)
  }
  const change = (next: boolean) => {
    setOpen(next)
    if (next) type('')
  }
  const choose = (option: ComboboxOption | null) => {
    onValueChange(option)
    setOpen(false)
  }
  return (
    <Radix.Root modal open={open} onOpenChange={change}>
      <Radix.Trigger
        {...trigger}
        type="button"
        aria-label={value ? t('chosen', { label, value: value.label }) : label}
        className={cn('control flex items-center justify-between gap-2 text-left', !value && 'text-faint', className)}
      >
        <span className="truncate">{value?.label ?? placeholder ?? label}</span>
        <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-muted" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="floating animate-pop z-50 flex max-h-(--radix-popover-content-available-height) w-80 max-w-[calc(100vw-16px)] min-w-(--radix-popover-trigger-width) flex-col overflow-hidden outline-none"
        >
          <Command
            shouldFilter={false}
            loop
            label={label}
            value={active}
            onValueChange={setMarked}
            className="flex min-h-0 flex-col"
          >
            <div className="flex items-center gap-2 border-b border-line px-3">
              <Search aria-hidden="true" className="size-4 shrink-0 text-muted" />
              <Command.Input
                value={words}
                onValueChange={type}
                maxLength={80}
                placeholder={t('search')}
                className="h-11 w-full bg-transparent outline-none sm:h-10"
              />
            </div>
            <Command.List aria-busy={pending} className="max-h-72 min-h-0 overflow-y-auto p-1">
              {!pending && options.length === 0 && (
                <Command.Empty className="px-2 py-5 text-center text-muted">
                  {words.trim() === '' && empty ? empty : t('noResults')}
                </Command.Empty>
              )}
              {value && (
                <Command.Item value={noneValue} onSelect={() => choose(null)} className={cn(item, 'text-muted')}>
                  {none}
                </Command.Item>
              )}
              {options.map((option) => (
                <Command.Item key={option.value} value={option.value} onSelect={() => choose(option)} className={item}>
                  {option.icon}
                  <span className="min-w-0 grow">
                    <span className="block truncate">{option.label}</span>
                    {option.detail && <span className="block truncate text-small text-muted">{option.detail}</span>}
                  </span>
                  {option.value === value?.value && <Check className="size-4 shrink-0 text-accent-text" />}
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

const noneValue = 'none'
const item = 'menu-item min-h-10! cursor-pointer! sm:min-h-9!'
