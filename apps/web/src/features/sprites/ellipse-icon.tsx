import { createLucideIcon } from 'lucide-react'

/** Lucide has a circle, which would read as a status here. */
export const EllipseIcon = createLucideIcon('ellipse', [['ellipse', { cx: 12, cy: 12, rx: 10, ry: 7, key: 'ellipse' }]])
