import type { ComponentProps, ReactNode } from 'react'
import { cn } from '../lib/cn.ts'
import { Tooltip } from './tooltip.tsx'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** What it does; read out, and shown as a tooltip. */
  label: string
  icon: ReactNode
  /** Shown beside the label in the tooltip: `c`, `g p`. */
  keys?: string
  size?: 'small' | 'medium'
  /** Where the label is already next to it. */
  bare?: boolean
}

export function IconButton({ label, icon, keys, size = 'medium', bare, className, ...rest }: IconButtonProps) {
  const button = (
    <button
      type="button"
      aria-label={label}
      {...rest}
      className={cn(
        'relative inline-flex shrink-0 items-center justify-center rounded-box text-muted transition-colors hover:bg-hover hover:text-ink',
        'disabled:cursor-not-allowed disabled:bg-transparent disabled:text-faint data-[state=open]:bg-hover data-[state=open]:text-ink',
        'pointer-coarse:size-11',
        size === 'small' ? 'size-7 [&_svg]:size-4' : 'size-9 [&_svg]:size-[18px]',
        className,
      )}
    >
      {icon}
    </button>
  )
  return bare ? (
    button
  ) : (
    <Tooltip text={label} keys={keys}>
      {button}
    </Tooltip>
  )
}
