/** Joins class names, leaving out what is false or missing. Components never pass classes that contradict each other. */
export function cn(...parts: (string | false | null | undefined)[]): string {
  return parts.filter(Boolean).join(' ')
}
