import { useMedia } from './use-media.ts'

/** Whether the person asked their system for less movement; for what CSS cannot stop, such as a canvas. */
export function useReducedMotion(): boolean {
  return useMedia('(prefers-reduced-motion: reduce)')
}
