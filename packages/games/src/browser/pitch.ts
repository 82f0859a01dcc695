/** Hertz of a MIDI note number, equal temperament. */
export function frequencyOf(pitch: number): number {
  return 440 * Math.pow(2, (pitch - 69) / 12)
}
