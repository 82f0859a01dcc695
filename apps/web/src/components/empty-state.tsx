import type { ReactNode } from 'react'
import { cn } from '../lib/cn.ts'
import { PixelScene, type SceneName } from './pixel-scene.tsx'

interface EmptyStateProps {
  scene: SceneName
  title: string
  /** What will be here, and why one would want it. */
  body?: ReactNode
  /** The button that makes the first one. */
  action?: ReactNode
  /** `h1` where it is the whole page. */
  heading?: 'h1' | 'h2'
  className?: string
}

/** Teaches by doing: nothing is here yet, and this is how it begins. */
export function EmptyState({ scene, title, body, action, heading: Heading = 'h2', className }: EmptyStateProps) {
  return (
    <div className={cn('flex flex-col items-center px-6 py-12 text-center', className)}>
      <PixelScene name={scene} className="h-auto max-w-full" />
      <Heading className="mt-6 text-large font-strong">{title}</Heading>
      {body && <p className="mt-1.5 max-w-100 text-muted">{body}</p>}
      {action && <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}
