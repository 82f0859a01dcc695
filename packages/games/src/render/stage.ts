/** How the playing field lies on the screen. Lengths are art pixels unless named otherwise. */
export interface Stage {
  /** The whole drawn picture: the field and the scenery around it. */
  width: number
  height: number
  /** Device pixels per art pixel; whole whenever the screen allows it. */
  scale: number
  /** Where the field's top left corner lies in the picture. */
  left: number
  top: number
}

/** At most this share of a tall screen's spare height goes below the ground; the rest shows more sky. */
const GROUND_SHARE = 0.45
const MAX_GROUND = 78

/**
 * Fits the field into a screen and lets scenery fill what remains.
 *
 * @param device size of the screen in device pixels
 */
export function layOut(device: { width: number; height: number }, field: { width: number; height: number }): Stage {
  const fit = Math.min(device.width / field.width, device.height / field.height)
  const whole = Math.floor(fit)
  // A whole factor keeps all pixels equal. On small, coarse screens it would waste too much room: there, let it be uneven.
  const scale = whole >= 1 && whole >= fit * 0.84 ? whole : Math.max(0.5, fit)
  const width = Math.ceil(device.width / scale)
  const height = Math.ceil(device.height / scale)
  const spare = Math.max(0, height - field.height)
  const below = Math.min(MAX_GROUND, Math.round(spare * GROUND_SHARE))
  return { width, height, scale, left: Math.floor((width - field.width) / 2), top: height - field.height - below }
}
