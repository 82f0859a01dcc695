import { CircleAlert } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import {
  useController,
  type Control,
  type ControllerRenderProps,
  type FieldPath,
  type FieldValues,
} from 'react-hook-form'
import { useTranslations } from 'use-intl'

/** What ties a control to its label, hint and error. Spread it onto the control. */
export interface ControlProps {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': boolean
  'aria-required': boolean | undefined
}

export interface FieldProps {
  label: string
  hint?: ReactNode
  error?: string
  /** Most fields are required, so the others are marked. */
  optional?: boolean
  className?: string
  children: (control: ControlProps) => ReactNode
}

/** Label, control, hint and error of one value. */
export function Field({ label, hint, error, optional, className, children }: FieldProps) {
  const t = useTranslations('common')
  const id = useId()
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 flex items-baseline justify-between gap-2 font-strong">
        {label}
        {optional && <span className="text-small font-normal text-muted">{t('optional')}</span>}
      </label>
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': Boolean(error),
        'aria-required': optional ? undefined : true,
      })}
      {hint && (
        <p id={`${id}-hint`} className="mt-1.5 text-small text-muted">
          {hint}
        </p>
      )}
      <div aria-live="polite">
        {error && (
          <p id={`${id}-error`} className="mt-1.5 flex items-start gap-1.5 text-small text-bad">
            <CircleAlert className="mt-px size-3.5 shrink-0" aria-hidden="true" />
            {error}
          </p>
        )}
      </div>
    </div>
  )
}

interface FormFieldProps<T extends FieldValues, N extends FieldPath<T>> extends Omit<FieldProps, 'error' | 'children'> {
  control: Control<T>
  name: N
  /** `field` holds value, onChange, onBlur, name and ref, and what ties it to the label. */
  children: (field: ControllerRenderProps<T, N> & ControlProps) => ReactNode
}

/** A Field wired to React Hook Form: `<FormField control={form.control} name="email" label=...>{(f) => <Input {...f} />}`. */
export function FormField<T extends FieldValues, N extends FieldPath<T>>({
  control,
  name,
  children,
  ...rest
}: FormFieldProps<T, N>) {
  const { field, fieldState } = useController({ control, name })
  return (
    <Field {...rest} error={fieldState.error?.message}>
      {(tie) => children({ ...field, ...tie })}
    </Field>
  )
}
