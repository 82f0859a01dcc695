import type { OrganizationView } from '@sparkle/shared/organizations'
import { type Control, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Textarea } from '../../components/textarea.tsx'
import type { UpdateStudioInput } from './api.ts'
import { BrandingPreview } from './branding-preview.tsx'

type FormControl = Control<UpdateStudioInput, unknown, OrganizationInput>
type OrganizationInput = UpdateStudioInput & Partial<Pick<OrganizationView, 'slug'>>

/** Address and words of the order page. */
export function OrderPageWords({ control, disabled }: { control: FormControl; disabled: boolean }) {
  const t = useTranslations('settings.studio')
  return (
    <>
      <FormField control={control} name="slug" label={t('slug')} hint={t('slugHint')} className="sm:col-span-2">
        {(field) => (
          <Input
            {...field}
            disabled={disabled}
            maxLength={40}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className="max-w-100 font-mono"
          />
        )}
      </FormField>
      <FormField
        control={control}
        name="orderIntro"
        label={t('orderIntro')}
        hint={t('orderIntroHint')}
        optional
        className="sm:col-span-2"
      >
        {(field) => <Textarea {...field} disabled={disabled} maxLength={600} />}
      </FormField>
      <FormField
        control={control}
        name="orderThanks"
        label={t('orderThanks')}
        hint={t('orderThanksHint')}
        optional
        className="sm:col-span-2"
      >
        {(field) => <Textarea {...field} disabled={disabled} maxLength={600} />}
      </FormField>
    </>
  )
}

/** The order page's head as the form stands now. */
export function FormPreview({ control }: { control: FormControl }) {
  const { name = '', tagline = '', accent = null, orderIntro = '' } = useWatch({ control })
  return <BrandingPreview name={name} tagline={tagline} accent={accent} orderIntro={orderIntro} />
}
