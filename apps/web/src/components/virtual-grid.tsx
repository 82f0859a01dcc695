import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react'

interface VirtualGridProps<T> {
  /** What is listed: "Assets". */
  label: string
  items: readonly T[]
  itemId: (item: T) => string
  /** One card. It stands in a list item and fills the width of its column. */
  children: (item: T) => ReactNode
  /** A guess at a card's height; real ones are measured. */
  estimatedHeight: number
}

const gap = 12
/** The narrowest a card may be; two fit on a phone of 390 pixels. */
const narrowest = 168

/** Cards in as many columns as fit, of which only those near the window are really there: hundreds scroll as a dozen. */
export function VirtualGrid<T>({ label, items, itemId, children, estimatedHeight }: VirtualGridProps<T>) {
  const grid = useRef<HTMLDivElement>(null)
  const [{ width, top }, setPlace] = useState({ width: 0, top: 0 })
  useLayoutEffect(() => {
    const element = grid.current
    if (!element) return
    const measure = () => {
      const box = element.getBoundingClientRect()
      const next = { width: box.width, top: box.top + window.scrollY }
      setPlace((before) => (before.width === next.width && before.top === next.top ? before : next))
    }
    measure()
    // What stands above the grid grows and shrinks, too (files on their way), and moves it.
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [])

  const columns = Math.max(2, Math.floor((width + gap) / (narrowest + gap)))
  const rows = useWindowVirtualizer({
    count: width === 0 ? 0 : Math.ceil(items.length / columns),
    estimateSize: () => estimatedHeight,
    overscan: 3,
    gap,
    scrollMargin: top,
  })
  return (
    <div ref={grid} role="list" aria-label={label} className="relative" style={{ height: rows.getTotalSize() }}>
      {rows.getVirtualItems().map((row) => (
        <div
          key={row.key}
          ref={rows.measureElement}
          data-index={row.index}
          role="presentation"
          className="absolute inset-x-0 top-0 grid items-start"
          style={{
            gap,
            gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            translate: `0 ${row.start - rows.options.scrollMargin}px`,
          }}
        >
          {items.slice(row.index * columns, (row.index + 1) * columns).map((item, column) => (
            <div
              key={itemId(item)}
              role="listitem"
              aria-setsize={items.length}
              aria-posinset={row.index * columns + column + 1}
            >
              {children(item)}
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}
