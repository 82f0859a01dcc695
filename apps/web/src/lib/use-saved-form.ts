import { useEffect, useEffectEvent, useRef, useState } from 'react'
import {
  useForm,
  type DefaultValues,
  type FieldPath,
  type FieldPathValue,
  type FieldValues,
  type Resolver,
  type UseFormReturn,
} from 'react-hook-form'
import { showFieldProblems } from './forms.ts'
import { isProblem } from './problem.ts'
import { sameValue, threeWay, type FieldMerge } from './three-way.ts'

interface SavedFormOptions<R extends { version: number }, V extends FieldValues> {
  /** What is stored, as it is known now; a newer `version` of it is taken over while the page is open. */
  record: R
  valuesOf: (record: R) => V
  resolver: Resolver<V>
}

interface Saving<R, V> {
  /** Sends the fields that were changed, on the version that was read; answers with what is stored now. */
  save: (values: V, dirty: Partial<Record<keyof V, boolean>>, version: number) => Promise<R>
  onSaved: () => void
}

export interface Merging {
  fields: FieldMerge[]
  /** Ends the merge: these fields become theirs, what else was typed stays and is saved on top. */
  settle: (theirs: readonly string[]) => void
  /** Leaves everything as it was. */
  cancel: () => void
}

export interface SavedForm<R, V extends FieldValues> {
  form: UseFormReturn<V>
  isDirty: boolean
  /** For `onSubmit`: checks and saves. A refusal goes to the fields it names; the mutation holds the error. */
  submit: (saving: Saving<R, V>) => Promise<void>
  /**
   * Takes over what somebody else has stored meanwhile; fields that were changed here keep what was typed. Where both
   * changed a field, nothing is taken over before `merging` is settled.
   */
  takeOver: (record: R) => void
  /** What a person has to settle field by field, or null. */
  merging: Merging | null
  /** Back to what is stored. */
  discard: () => void
}

/**
 * A form over something that is stored, with one value, or one list of them, per field. Nothing that was typed is ever lost: neither while a
 * save is under way, nor when somebody else, or another part of the page, changes the same thing. Other people's changes
 * appear in the fields that were not touched; the version that a save is based on follows as long as nobody else has
 * changed a field that was touched here. Otherwise the save meets a 412, and `takeOver` asks field by field.
 */
export function useSavedForm<R extends { version: number }, V extends FieldValues>({
  record,
  valuesOf,
  resolver,
}: SavedFormOptions<R, V>): SavedForm<R, V> {
  const form = useForm<V>({ resolver, defaultValues: valuesOf(record) as DefaultValues<V> })
  const { isDirty, dirtyFields } = form.formState
  const base = useRef(record)
  const saving = useRef(false)
  const [newer, setNewer] = useState<{ record: R; fields: FieldMerge[] } | null>(null)

  const names = () => Object.keys(form.getValues()) as FieldPath<V>[]
  const dirtyNames = () => names().filter((name) => form.getFieldState(name).isDirty)
  /** The new ground, with what was typed put back on these fields. */
  const rebase = (next: R, kept: readonly FieldPath<V>[]) => {
    const typed = form.getValues()
    base.current = next
    form.reset(valuesOf(next), { keepFieldsRef: true })
    for (const name of kept) form.setValue(name, typed[name] as FieldPathValue<V, typeof name>, { shouldDirty: true })
  }

  const follow = useEffectEvent((next: R) => {
    if (next.version <= base.current.version) return
    const [was, is, typed] = [valuesOf(base.current), valuesOf(next), form.getValues()]
    const dirty = dirtyNames()
    if (dirty.every((name) => sameValue(was[name], is[name]) || sameValue(typed[name], is[name]))) rebase(next, dirty)
  })
  useEffect(() => follow(record), [record])

  const submit = async ({ save, onSaved }: Saving<R, V>) => {
    if (saving.current) return
    saving.current = true
    const sent = { ...form.getValues() }
    const before = dirtyNames()
    const send = async (values: V) => {
      const saved = await save(values, dirtyFields as Partial<Record<keyof V, boolean>>, base.current.version)
      const now = form.getValues()
      const touched = new Set([...before, ...dirtyNames()])
      const typedSince = [...touched].filter((name) => !sameValue(now[name], sent[name]))
      rebase(saved, typedSince)
      onSaved()
    }
    try {
      await form.handleSubmit((values) => send(values as unknown as V).catch((error) => refuse(error)))()
    } finally {
      saving.current = false
    }
  }
  /** What names no field is shown by whoever holds the mutation. */
  const refuse = (error: unknown) => {
    if (!isProblem(error)) throw error
    showFieldProblems(form, error)
  }

  const takeOver = (next: R) => {
    const fields = threeWay(valuesOf(base.current), valuesOf(next), form.getValues())
    if (fields.some(({ changedBy }) => changedBy === 'both')) setNewer({ record: next, fields })
    else rebase(next, dirtyNames())
  }

  return {
    form,
    isDirty,
    submit,
    takeOver,
    merging: newer && {
      fields: newer.fields,
      settle: (theirs) => {
        rebase(
          newer.record,
          dirtyNames().filter((name) => !theirs.includes(name)),
        )
        setNewer(null)
      },
      cancel: () => setNewer(null),
    },
    discard: () => rebase(record, []),
  }
}
