import { logoTypes, maxLogoBytes, type OrganizationView } from '@sparkle/shared/organizations'
import { ImageUp, Trash2 } from 'lucide-react'
import { useId, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { StudioMark } from '../../components/studio-mark.tsx'
import { useFormats } from '../../lib/format.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useLogo } from './api.ts'

/** The studio's logo. It is set at once and not with the rest of the form, because a file cannot be discarded. */
export function LogoField({ studio, disabled }: { studio: OrganizationView; disabled: boolean }) {
  const t = useTranslations('settings.studio.logo')
  const textOf = useProblemText()
  const { size } = useFormats()
  const hintId = useId()
  const chooser = useRef<HTMLInputElement>(null)
  const logo = useLogo(studio)
  return (
    <div className="sm:col-span-2">
      <p className="mb-1.5 font-strong">{t('label')}</p>
      <div className="flex flex-wrap items-center gap-3">
        <StudioMark {...studio} className="size-14 rounded-box border border-line text-large" />
        {!disabled && (
          <>
            <input
              ref={chooser}
              type="file"
              accept={logoTypes.join(',')}
              className="sr-only"
              tabIndex={-1}
              aria-label={t('choose')}
              onChange={({ currentTarget }) => {
                const [file] = currentTarget.files ?? []
                if (file) logo.mutate(file)
                currentTarget.value = ''
              }}
            />
            <Button
              icon={<ImageUp />}
              pending={logo.isPending && logo.variables !== null}
              aria-describedby={hintId}
              onClick={() => chooser.current?.click()}
            >
              {studio.logoUrl ? t('replace') : t('choose')}
            </Button>
            {studio.logoUrl && (
              <Button
                look="quiet"
                icon={<Trash2 />}
                pending={logo.isPending && logo.variables === null}
                onClick={() => logo.mutate(null)}
              >
                {t('remove')}
              </Button>
            )}
          </>
        )}
      </div>
      <p id={hintId} className="mt-1.5 text-small text-muted">
        {t('hint', { size: size(maxLogoBytes) })}
      </p>
      {logo.isError && (
        <Notice tone="bad" className="mt-2">
          {textOf(logo.error)}
        </Notice>
      )}
    </div>
  )
}
