import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Notice } from '../../components/notice.tsx'

/** The codes that let somebody in without the app. They are shown this once. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const t = useTranslations('profile.twoStep')
  return (
    <div className="flex flex-col gap-4">
      <Notice tone="warn">{t('codesOnce')}</Notice>
      <div className="flex items-start justify-between gap-2 rounded-box bg-sunken p-4">
        <ul aria-label={t('codes')} className="grid grow gap-x-6 gap-y-1 font-mono text-small sm:grid-cols-2">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <CopyButton text={codes.join('\n')} label={t('copyCodes')} />
      </div>
      <Button look="primary" className="self-end" onClick={onDone}>
        {t('codesKept')}
      </Button>
    </div>
  )
}
