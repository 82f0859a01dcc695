import { cn } from '../lib/cn.ts'

const steps = [0, 1, 2, 3]

/** Four pixels that light up in turn. It says nothing by itself: the words beside it do. */
export function Spinner({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 4 4" aria-hidden="true" className={cn('size-4 shrink-0', className)} shapeRendering="crispEdges">
      {steps.map((step) => (
        <rect
          key={step}
          x={step === 0 || step === 3 ? 0 : 2}
          y={step < 2 ? 0 : 2}
          width={2}
          height={2}
          fill="currentColor"
          className="animate-pixel"
          style={{ animationDelay: `${step * 150 - 600}ms` }}
        />
      ))}
    </svg>
  )
}
