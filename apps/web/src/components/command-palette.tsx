import { Command } from 'cmdk'
import { Search } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { actionGroups, isRunnable, useActions } from '../lib/actions.tsx'
import { Button } from './button.tsx'
import { Kbd } from './kbd.tsx'

interface CommandPaletteProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  /**
   * Search results for what was typed, as `PaletteGroup`s; asked for at every letter, so debounce inside. `choose` takes
   * the `value` of the item that Enter is to open: results come later than the commands, but they come first.
   */
  results?: (query: string, close: () => void, choose: (value: string) => void) => ReactNode
}

/** Everything that can be done here, and everything that can be found, behind one key. */
export function CommandPalette({ open, onOpenChange, results }: CommandPaletteProps) {
  const t = useTranslations('common.actions')
  const common = useTranslations('common')
  const actions = useActions().filter(isRunnable)
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState('')
  const close = () => {
    onOpenChange(false)
    setQuery('')
  }
  return (
    <Radix.Root open={open} onOpenChange={(next) => (next ? onOpenChange(true) : close())}>
      <Radix.Portal>
        <Radix.Overlay className="animate-scrim fixed inset-0 z-50 bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          className="floating animate-pop fixed inset-0 z-50 flex flex-col overflow-hidden outline-none max-sm:rounded-none! max-sm:border-0! sm:inset-x-3 sm:top-[12dvh] sm:bottom-auto sm:mx-auto sm:max-w-140"
        >
          <Radix.Title className="sr-only">{t('palette')}</Radix.Title>
          <Command
            loop
            label={t('palette')}
            value={chosen}
            onValueChange={setChosen}
            className="flex min-h-0 grow flex-col"
          >
            <div className="flex items-center gap-3 border-b border-line px-4">
              <Search className="size-4 shrink-0 text-muted" aria-hidden="true" />
              <Command.Input
                value={query}
                onValueChange={setQuery}
                placeholder={t('palettePlaceholder')}
                className="h-14 w-full bg-transparent outline-none sm:h-12"
              />
              <Radix.Close asChild>
                <Button look="quiet" size="small" className="sm:hidden">
                  {common('close')}
                </Button>
              </Radix.Close>
            </div>
            <Command.List className="min-h-0 grow overflow-y-auto p-2 sm:max-h-[55dvh]">
              <Command.Empty className="px-2 py-6 text-center text-muted">{common('noResults')}</Command.Empty>
              {results?.(query, close, setChosen)}
              {actionGroups.map((group) => {
                const members = actions.filter((action) => action.group === group)
                return members.length === 0 ? null : (
                  <PaletteGroup key={group} heading={t(`groups.${group}`)}>
                    {members.map((action) => (
                      <PaletteItem
                        key={action.id}
                        value={`${action.label} ${action.id}`}
                        icon={action.icon && <action.icon />}
                        keys={action.keys}
                        onSelect={() => {
                          close()
                          action.run()
                        }}
                      >
                        {action.label}
                      </PaletteItem>
                    ))}
                  </PaletteGroup>
                )
              })}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export function PaletteGroup({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-small [&_[cmdk-group-heading]]:text-muted"
    >
      {children}
    </Command.Group>
  )
}

interface PaletteItemProps {
  /** What the typed letters are compared with; unique within the palette. */
  value: string
  icon?: ReactNode
  keys?: string
  onSelect: () => void
  children: ReactNode
}

export function PaletteItem({ value, icon, keys, onSelect, children }: PaletteItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="menu-item min-h-9! cursor-pointer! [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted"
    >
      {icon}
      <span className="grow truncate">{children}</span>
      {keys && <Kbd keys={keys} />}
    </Command.Item>
  )
}
