import { Tabs as Radix } from 'radix-ui'
import { useEffect, useRef, type ReactNode } from 'react'
import { cn } from '../lib/cn.ts'

export interface Tab<T extends string> {
  value: T
  label: string
  icon?: ReactNode
  /** A small figure behind the label. */
  count?: number
  content: ReactNode
}

interface TabsProps<T extends string> {
  label: string
  tabs: readonly Tab<T>[]
  /** Keep the open tab in the address: `useSearchParams`. */
  value: T
  onValueChange: (value: T) => void
  className?: string
}

/** Only the open tab is rendered. On a narrow page the row scrolls, with the open tab in sight. */
export function Tabs<T extends string>({ label, tabs, value, onValueChange, className }: TabsProps<T>) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const row = list.current
    const all = [...(row?.querySelectorAll<HTMLElement>('[role=tab]') ?? [])]
    const open = all.find((tab) => tab.dataset['value'] === value)
    if (!row || !open) return
    const centre = () => {
      row.scrollLeft = open.offsetLeft - (row.clientWidth - open.clientWidth) / 2
    }
    centre()
    // Counts come later than the tabs, and move them.
    const observer = new ResizeObserver(centre)
    for (const tab of all) observer.observe(tab)
    return () => observer.disconnect()
  }, [value])
  return (
    <Radix.Root value={value} onValueChange={(next) => onValueChange(next as T)} className={className}>
      <Radix.List
        ref={list}
        aria-label={label}
        className="relative flex gap-1 overflow-x-auto border-b border-line [scrollbar-width:none]"
      >
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            data-value={tab.value}
            className={cn(
              'relative inline-flex min-h-10 shrink-0 items-center gap-2 px-3 text-muted transition-colors hover:text-ink focus-visible:-outline-offset-2 [&_svg]:size-4',
              'after:absolute after:inset-x-2 after:-bottom-px after:h-0.5 after:rounded-full after:content-[""]',
              'data-[state=active]:font-strong data-[state=active]:text-ink data-[state=active]:after:bg-accent',
            )}
          >
            {tab.icon}
            {tab.label}
            {tab.count !== undefined && (
              <span className="text-small font-normal text-muted tabular-nums">{tab.count}</span>
            )}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="pt-5 focus-visible:outline-offset-4">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
