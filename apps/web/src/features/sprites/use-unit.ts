import { useCallback, useState } from 'react'

/** How many photo pixels one screen pixel covers, for a photo shown whole inside an element; kept true on resizing. */
export function useUnit(photo: { width: number; height: number }) {
  const { width, height } = photo
  const [unit, setUnit] = useState(1)
  const ref = useCallback(
    (element: SVGSVGElement | null) => {
      if (!element) return
      const observer = new ResizeObserver(([entry]) => {
        if (!entry || entry.contentRect.width === 0) return
        setUnit(Math.max(width / entry.contentRect.width, height / entry.contentRect.height))
      })
      observer.observe(element)
      return () => observer.disconnect()
    },
    [width, height],
  )
  return { ref, unit }
}
