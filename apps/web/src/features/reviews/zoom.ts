export interface Size {
  width: number
  height: number
}
export interface Point {
  x: number
  y: number
}
/** How a picture is looked at: how much larger than fitted, and how far its middle is moved, in pixels of the stage. */
export interface View extends Point {
  zoom: number
}
export interface Box extends Size {
  left: number
  top: number
}

export const wholeView: View = { zoom: 1, x: 0, y: 0 }
const mostZoom = 24

/** How large the whole picture is on the stage. Sprites are shown in whole pixels where there is room for one. */
export function fitOf(stage: Size, picture: Size, crisp: boolean): Size {
  const scale = Math.min(stage.width / picture.width, stage.height / picture.height)
  const whole = crisp && scale >= 1 ? Math.floor(scale) : scale
  return { width: picture.width * whole, height: picture.height * whole }
}

/** Where the picture lies on the stage. */
export function boxOf(stage: Size, fit: Size, view: View): Box {
  const width = fit.width * view.zoom
  const height = fit.height * view.zoom
  return { left: (stage.width - width) / 2 + view.x, top: (stage.height - height) / 2 + view.y, width, height }
}

/** Zooms by a factor so that what lies under `at` (from the stage's corner) stays there. */
export function zoomAt(view: View, factor: number, at: Point, stage: Size, fit: Size): View {
  const zoom = clamp(view.zoom * factor, 1, mostZoom)
  const grown = zoom / view.zoom
  const fromMiddle = { x: at.x - stage.width / 2, y: at.y - stage.height / 2 }
  return held(
    {
      zoom,
      x: fromMiddle.x - (fromMiddle.x - view.x) * grown,
      y: fromMiddle.y - (fromMiddle.y - view.y) * grown,
    },
    fit,
  )
}

export function moved(view: View, by: Point, fit: Size): View {
  return held({ ...view, x: view.x + by.x, y: view.y + by.y }, fit)
}

/** The view in which a point of the picture (0 to 1) is in the middle, large enough to be seen in its surroundings. */
export function lookingAt(point: Point, zoom: number, fit: Size): View {
  return held({ zoom, x: (0.5 - point.x) * fit.width * zoom, y: (0.5 - point.y) * fit.height * zoom }, fit)
}

/** A place on the stage as a part of the picture, 0 to 1; null beside it. */
export function toPicture(at: Point, box: Box): Point | null {
  const x = (at.x - box.left) / box.width
  const y = (at.y - box.top) / box.height
  return x >= 0 && x <= 1 && y >= 0 && y <= 1 ? { x, y } : null
}

/** As an anchor keeps it: finer than a pixel of any picture that is taken in, and short to read. */
export function rounded({ x, y }: Point): Point {
  return { x: Math.round(x * 1e5) / 1e5, y: Math.round(y * 1e5) / 1e5 }
}

/** The picture cannot be lost: its edge is never farther away than the middle of the stage. */
function held(view: View, fit: Size): View {
  const mostX = (fit.width * view.zoom) / 2
  const mostY = (fit.height * view.zoom) / 2
  if (view.zoom === 1) return wholeView
  return { zoom: view.zoom, x: clamp(view.x, -mostX, mostX), y: clamp(view.y, -mostY, mostY) }
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}
