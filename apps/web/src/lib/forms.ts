import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form'
import { isProblem } from './problem.ts'

/**
 * Puts the API's `errors[]` on the fields they name, and the focus on the first. Answers whether all found their field:
 * if not, the form has to show the problem itself.
 */
export function showFieldProblems<T extends FieldValues>(form: UseFormReturn<T>, error: unknown): boolean {
  if (!isProblem(error) || error.errors.length === 0) return false
  let all = true
  let first = true
  for (const { path, message } of error.errors) {
    const name = path.replace(/^(body[./]|\/)/, '').replaceAll('/', '.') as FieldPath<T>
    if (form.getFieldState(name).invalid) continue
    if (!(name in flatten(form.getValues()))) {
      all = false
      continue
    }
    form.setError(name, { type: 'server', message }, { shouldFocus: first })
    first = false
  }
  return all
}

/** The paths of all values: `{customer: {email: ''}}` has `customer` and `customer.email`. */
function flatten(values: FieldValues, prefix = ''): Record<string, true> {
  const paths: Record<string, true> = {}
  for (const [key, value] of Object.entries(values)) {
    paths[prefix + key] = true
    if (value !== null && typeof value === 'object')
      Object.assign(paths, flatten(value as FieldValues, `${prefix}${key}.`))
  }
  return paths
}

/** Only the fields that somebody touched and changed: what a PATCH sends, so that two people may change different ones. */
export function changedValues<T extends FieldValues>(values: T, dirty: Partial<Record<keyof T, unknown>>): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => dirty[name])) as Partial<T>
}
