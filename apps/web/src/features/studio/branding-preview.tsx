import { useTranslations } from 'use-intl'

interface BrandingPreviewProps {
  name: string
  tagline: string
  accent: string | null
  orderIntro: string
}

/** The head of the order page as it would look with what stands in the form, saved or not. */
export function BrandingPreview({ name, tagline, accent, orderIntro }: BrandingPreviewProps) {
  const t = useTranslations('settings.studio')
  const colour = accent && /^#[0-9a-f]{6}$/.test(accent) ? accent : 'var(--accent)'
  return (
    <figure className="rounded-box border border-line bg-canvas p-4">
      <figcaption className="mb-3 text-small text-muted">{t('preview')}</figcaption>
      <div className="border-l-4 pl-3" style={{ borderColor: colour }}>
        <p className="truncate text-large font-strong">{name}</p>
        {tagline && <p className="text-muted">{tagline}</p>}
      </div>
      {orderIntro && <p className="mt-3 whitespace-pre-line">{orderIntro}</p>}
    </figure>
  )
}
