/**
 * The first line in which two texts differ, as a reader of a diff wants it; undefined when they are the same bytes.
 * @param {string} before @param {string} after
 */
export function firstDifference(before, after) {
  if (before === after) return undefined
  const [old, now] = [before.split('\n'), after.split('\n')]
  const index = old.findIndex((line, at) => line !== now[at])
  const at = index === -1 ? old.length : index
  return { line: at + 1, shown: `- ${old[at] ?? '(the end)'}\n+ ${now[at] ?? '(the end)'}` }
}
