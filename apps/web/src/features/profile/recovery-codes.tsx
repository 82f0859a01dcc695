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
      <ul
        aria-label={t('codes')}
        className="grid grid-cols-2 gap-x-4 gap-y-1.5 rounded-box bg-sunken p-3 font-mono text-small whitespace-nowrap"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex items-center justify-end gap-2">
        <CopyButton text={codes.join('\n')} label={t('copyCodes')} />
        <Button look="primary" onClick={onDone}>
          {t('codesKept')}
        </Button>
      </div>
    </div>
  )
}
