import type { OrganizationView } from '@sparkle/shared/organizations'
import type { ReactNode } from 'react'
import { type Control, useWatch } from 'react-hook-form'
import { useTranslations } from 'use-intl'
import { FormField } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Textarea } from '../../components/textarea.tsx'
import type { UpdateStudioInput } from './api.ts'

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
        {(field) => <Textarea {...field} disabled={disabled} maxLength={600} className="min-h-20" />}
      </FormField>
      <FormField
        control={control}
        name="orderThanks"
        label={t('orderThanks')}
        hint={t('orderThanksHint')}
        optional
        className="sm:col-span-2"
      >
        {(field) => <Textarea {...field} disabled={disabled} maxLength={600} className="min-h-20" />}
      </FormField>
    </>
  )
}

/** What customers see of a studio at the head of its order page. */
export interface StudioLook {
  name: string
  tagline: string
  accent: string | null
  logoUrl: string | null
  orderIntro: string
}

interface FormPreviewProps {
  control: FormControl
  logoUrl: string | null
  /** Draws the order page's head; it belongs to another feature. */
  draw: (look: StudioLook) => ReactNode
}

/** The order page's head as the form stands now, saved or not. */
export function FormPreview({ control, logoUrl, draw }: FormPreviewProps) {
  const t = useTranslations('settings.studio')
  const { name = '', tagline = '', accent, orderIntro = '' } = useWatch({ control })
  const isColour = accent && /^#[0-9a-f]{6}$/.test(accent)
  return (
    <figure className="overflow-hidden rounded-box border border-line bg-canvas sm:col-span-2">
      <figcaption className="border-b border-line px-4 py-2 text-small text-muted">{t('preview')}</figcaption>
      <div className="px-4 pt-4 sm:px-6">
        {draw({ name, tagline, accent: isColour ? accent : null, logoUrl, orderIntro })}
      </div>
    </figure>
  )
}
