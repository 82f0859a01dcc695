/** Parts of a whole in full percents that add up to 100 (largest remainder method); all zero where there is nothing. */
export function wholePercents(values: readonly number[]): number[] {
  const whole = values.reduce((sum, value) => sum + value, 0)
  if (whole === 0) return values.map(() => 0)
  const exact = values.map((value) => (value / whole) * 100)
  const missing = 100 - exact.reduce((sum, share) => sum + Math.floor(share), 0)
  const rest = (index: number) => (exact[index] ?? 0) % 1
  const up = new Set(
    values
      .map((_value, index) => index)
      .toSorted((a, b) => rest(b) - rest(a))
      .slice(0, missing),
  )
  return exact.map((share, index) => Math.floor(share) + (up.has(index) ? 1 : 0))
}
