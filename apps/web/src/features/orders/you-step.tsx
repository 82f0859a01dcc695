import type { StudioView } from '@sparkle/shared/orders'
import { useController, useFormContext } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { Checkbox } from '../../components/checkbox.tsx'
import { FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { ToneIcon } from '../../components/status.tsx'
import type { OrderFields } from './order-draft.ts'

/** The last step: who orders, and the consent in its full words. */
export function YouStep({ consent }: { consent: StudioView['form']['consent'] }) {
  const t = useTranslations('orders.fields')
  const { control } = useFormContext<OrderFields>()
  const {
    field: { ref, name, value, onChange, onBlur },
    fieldState,
  } = useController({ control, name: 'consent' })
  return (
    <div className="flex flex-col gap-5">
      <FormField control={control} name="customer.name" label={t('name')}>
        {(tie) => <Input {...tie} autoComplete="name" maxLength={120} />}
      </FormField>
      <div className="grid gap-5 sm:grid-cols-2">
        <FormField control={control} name="customer.email" label={t('email')} hint={t('emailHint')}>
          {(tie) => <Input {...tie} type="email" autoComplete="email" inputMode="email" autoCapitalize="none" />}
        </FormField>
        <FormField control={control} name="customer.phone" label={t('phone')} optional>
          {(tie) => <Input {...tie} type="tel" autoComplete="tel" inputMode="tel" />}
        </FormField>
      </div>
      <div>
        <Checkbox
          ref={ref}
          name={name}
          onBlur={onBlur}
          checked={value}
          onCheckedChange={onChange}
          label={consent.text}
          aria-invalid={fieldState.invalid}
          aria-describedby="consent-error"
        />
        <p id="consent-error" aria-live="polite" className="mt-1.5 flex items-center gap-1.5 text-small text-bad">
          {fieldState.error && <ToneIcon tone="bad" className="size-3.5" />}
          {fieldState.error?.message}
        </p>
      </div>
    </div>
  )
}
