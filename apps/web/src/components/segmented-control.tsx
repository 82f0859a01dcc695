import { ToggleGroup } from 'radix-ui'
import type { ReactNode } from 'react'
import { cn } from '../lib/cn.ts'

interface SegmentedControlProps<T extends string> {
  /** What is chosen here: "View". */
  label: string
  options: readonly { value: T; label: string; icon?: ReactNode }[]
  value: T
  onValueChange: (value: T) => void
  /** Shows the icons alone; the labels are still read out. */
  iconsOnly?: boolean
  className?: string
}

/** One of two to five, all in sight. */
export function SegmentedControl<T extends string>({
  label,
  options,
  value,
  onValueChange,
  iconsOnly,
  className,
}: SegmentedControlProps<T>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => next && onValueChange(next as T)}
      className={cn('inline-flex rounded-box border border-line bg-sunken p-0.5', className)}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          aria-label={iconsOnly ? option.label : undefined}
          title={iconsOnly ? option.label : undefined}
          className={cn(
            'inline-flex min-h-7 grow items-center justify-center gap-1.5 rounded-[6px] px-2.5 whitespace-nowrap text-muted transition-colors hover:text-ink',
            'pointer-coarse:min-h-11 pointer-coarse:min-w-11 data-[state=on]:bg-raised data-[state=on]:text-ink data-[state=on]:ring-1 data-[state=on]:ring-line [&_svg]:size-4',
          )}
        >
          {option.icon}
          {!iconsOnly && option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
