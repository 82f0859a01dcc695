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
  const steps = known?.key === key ? known.steps : [first]
  const step = steps.at(-1) ?? first
  const go = (next: number) => {
    if (next === step) return
    const at = steps.lastIndexOf(next)
    if (at >= 0) void navigate(at - (steps.length - 1))
    else void navigate(location, { state: { key, steps: [...steps, next] } satisfies Trail })
  }
  return { step, go }
}
