import { Slider as Radix } from 'radix-ui'

interface SliderProps {
  label: string
  value: number
  min: number
  max: number
  onValueChange: (value: number) => void
  /** The drag or key press is over. */
  onValueCommit?: () => void
}

/** A whole number from a range, where trying is easier than typing. */
export function Slider({ label, value, min, max, onValueChange, onValueCommit }: SliderProps) {
  return (
    <Radix.Root
      value={[value]}
      min={min}
      max={max}
      onValueChange={([next]) => next !== undefined && onValueChange(next)}
      onValueCommit={onValueCommit}
      className="relative flex h-9 w-full touch-none items-center select-none pointer-coarse:h-11"
    >
      <Radix.Track className="relative h-1.5 grow rounded-full bg-line">
        <Radix.Range className="absolute h-full rounded-full bg-accent" />
      </Radix.Track>
      <Radix.Thumb
        aria-label={label}
        className="block size-5 rounded-full border-2 border-accent bg-surface transition-colors hover:bg-accent-soft"
      />
    </Radix.Root>
  )
}
