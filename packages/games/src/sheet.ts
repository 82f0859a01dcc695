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

/** A tag's frames in order; all frames if the sheet has no such tag, so that any sheet can play. */
export function framesOf(sheet: SpriteSheet, tag: string): readonly SheetFrame[] {
  const range = sheet.meta.frameTags.find((candidate) => candidate.name === tag)
  return range ? sheet.frames.slice(range.from, range.to + 1) : sheet.frames
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
