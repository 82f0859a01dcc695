/** One field that somebody has changed, as it was read, as it is stored now, and as it was typed here. */
export interface FieldMerge<N extends string = string> {
  name: N
  base: unknown
  theirs: unknown
  mine: unknown
  /** `both`: changed to different values on both sides, which only a person can settle. */
  changedBy: 'them' | 'me' | 'both'
}

/** Whether two values of a field say the same; lists do where their entries do. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, at) => Object.is(one, b[at]))
  return Object.is(a, b)
}

/** Compares three states of flat values and lists of them field by field; what nobody changed, or both changed alike, is left out. */
export function threeWay<V extends object>(base: V, theirs: V, mine: V): FieldMerge<keyof V & string>[] {
  return (Object.keys(mine) as (keyof V & string)[]).flatMap((name) => {
    const field = { name, base: base[name], theirs: theirs[name], mine: mine[name] }
    const byThem = !sameValue(field.base, field.theirs)
    const byMe = !sameValue(field.base, field.mine)
    if (sameValue(field.theirs, field.mine) || (!byThem && !byMe)) return []
    return [{ ...field, changedBy: byThem && byMe ? 'both' : byThem ? 'them' : 'me' } as const]
  })
}
