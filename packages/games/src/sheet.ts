/** The part of Aseprite's JSON (array form) that games read. Durations are milliseconds. */
export interface SpriteSheet {
  frames: SheetFrame[]
  meta: {
    size: { w: number; h: number }
    frameTags: { name: string; from: number; to: number }[]
  }
}

export interface SheetFrame {
  frame: { x: number; y: number; w: number; h: number }
  duration: number
}

/** The frames in order of the first of these tags that the sheet has; all frames if it has none, so that any can play. */
export function framesOf(sheet: SpriteSheet, ...tags: readonly string[]): readonly SheetFrame[] {
  for (const tag of tags) {
    const range = sheet.meta.frameTags.find((candidate) => candidate.name === tag)
    if (range) return sheet.frames.slice(range.from, range.to + 1)
  }
  return sheet.frames
}

/** The frame to show `elapsed` milliseconds after the animation began. */
export function frameAt(frames: readonly SheetFrame[], elapsed: number): SheetFrame | undefined {
  const total = frames.reduce((sum, frame) => sum + frame.duration, 0)
  let rest = total > 0 ? elapsed % total : 0
  for (const frame of frames) {
    if (rest < frame.duration) return frame
    rest -= frame.duration
  }
  return frames[0]
}
