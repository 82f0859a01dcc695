import { useEffect, useEffectEvent } from 'react'
import { useLocation, useNavigate } from 'react-router-dom'

interface Trail {
  /** Of the draft it belongs to: a new order begins a new one. */
  key: string
  /** The steps that were opened, the present one last. */
  steps: number[]
}

/**
 * The step of a draft, kept in the browser's history, so that its Back goes one step back and not off the page. `first`
 * is where a draft that was stored goes on.
 */
export function useStepTrail(key: string, first: number): { step: number; go: (step: number) => void } {
  const location = useLocation()
  const navigate = useNavigate()
  const known = location.state as Trail | null
  const isOurs = known?.key === key
  const steps = isOurs ? known.steps : [first]
  // Written down where the trail begins: after a reload the draft says a later step, and the way back would end there.
  const begin = useEffectEvent(() =>
    navigate(location, { replace: true, state: { key, steps: [first] } satisfies Trail }),
  )
  useEffect(() => {
    if (!isOurs) void begin()
  }, [isOurs])
  const step = steps.at(-1) ?? first
  const go = (next: number) => {
    if (next === step) return
    const at = steps.lastIndexOf(next)
    if (at >= 0) void navigate(at - (steps.length - 1))
    else void navigate(location, { state: { key, steps: [...steps, next] } satisfies Trail })
  }
  return { step, go }
}
