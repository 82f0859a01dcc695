/** One field that somebody has changed, as it was read, as it is stored now, and as it was typed here. */
export interface FieldMerge<N extends string = string> {
  name: N
  base: unknown
  theirs: unknown
  mine: unknown
  /** `both`: changed to different values on both sides, which only a person can settle. */
  changedBy: 'them' | 'me' | 'both'
}

/** Compares three states of flat values field by field; what nobody changed, or both changed alike, is left out. */
export function threeWay<V extends object>(base: V, theirs: V, mine: V): FieldMerge<keyof V & string>[] {
  return (Object.keys(mine) as (keyof V & string)[]).flatMap((name) => {
    const field = { name, base: base[name], theirs: theirs[name], mine: mine[name] }
    const byThem = !Object.is(field.base, field.theirs)
    const byMe = !Object.is(field.base, field.mine)
    if (Object.is(field.theirs, field.mine) || (!byThem && !byMe)) return []
    return [{ ...field, changedBy: byThem && byMe ? 'both' : byThem ? 'them' : 'me' } as const]
  })
}
