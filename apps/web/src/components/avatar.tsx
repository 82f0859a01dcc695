import { Avatar as Radix } from 'radix-ui'
import { cn } from '../lib/cn.ts'
import type { Side } from './side-tag.tsx'

const grounds = [
  'bg-info-soft text-info',
  'bg-ok-soft text-ok',
  'bg-warn-soft text-warn',
  'bg-accent-soft text-accent-text',
]
/** Told apart by their shape: the studio's people are no circles, and guests have neither a colour nor a firm edge. */
const shapes: Record<Side, string> = {
  studio: 'rounded-[28%] ring-1 ring-accent ring-inset',
  client: 'rounded-full',
  guest: 'rounded-full border border-dashed border-edge',
}
const sizes = { small: 'size-6 text-[10px]', medium: 'size-8 text-small', large: 'size-14 text-large' }

interface AvatarProps {
  name: string
  src?: string | null
  size?: keyof typeof sizes
  /** Where people of several sides meet. */
  side?: Side
  /** Where the name is not written beside it. */
  labelled?: boolean
  className?: string
}

/** A person's picture, or the initials on a ground that is always the same for a name. */
export function Avatar({ name, src, size = 'medium', side = 'client', labelled, className }: AvatarProps) {
  return (
    <Radix.Root
      role={labelled ? 'img' : undefined}
      aria-label={labelled ? name : undefined}
      title={labelled ? name : undefined}
      className={cn(
        'inline-flex shrink-0 items-center justify-center overflow-hidden font-strong select-none',
        shapes[side],
        sizes[size],
        side === 'guest' ? 'bg-sunken text-muted' : groundOf(name),
        className,
      )}
    >
      {src && <Radix.Image src={src} alt="" className="size-full object-cover" />}
      {/* A picture made of letters, so not part of any name: content of a pseudo-element. */}
      <Radix.Fallback
        aria-hidden="true"
        data-initials={initialsOf(name)}
        className="before:content-[attr(data-initials)]"
      />
    </Radix.Root>
  )
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = [words[0], words.length > 1 ? words.at(-1) : '']
  return letters
    .map((word) => Array.from(word ?? '')[0] ?? '')
    .join('')
    .toUpperCase()
}

function groundOf(name: string): string {
  let sum = 0
  for (const letter of name) sum = Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return grounds[(sum >>> 8) % grounds.length] ?? ''
}
