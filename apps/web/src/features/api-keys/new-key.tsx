import { useTranslations } from 'use-intl'
import { CopyButton } from '../../components/copy-button.tsx'
import { Notice } from '../../components/notice.tsx'

/** The key itself, once, and a first call with it. */
export function NewKey({ token }: { token: string }) {
  const t = useTranslations('apiKeys.create')
  const call = `curl -H "Authorization: Bearer ${token}" \\\n  "${location.origin}/api/v1/projects?limit=5"`
  return (
    <div className="flex flex-col gap-4">
      <Notice tone="warn">{t('once')}</Notice>
      <Code label={t('key')} copyLabel={t('copyKey')} text={token} />
      <Code label={t('tryIt')} copyLabel={t('copyCall')} text={call} />
    </div>
  )
}

function Code({ label, copyLabel, text }: { label: string; copyLabel: string; text: string }) {
  return (
    <div>
      <p className="mb-1.5 font-strong">{label}</p>
      <div className="flex items-start gap-2 rounded-box border border-line bg-sunken py-1.5 pr-1.5 pl-3">
        <code className="min-w-0 grow self-center font-mono text-small break-all whitespace-pre-wrap">{text}</code>
        <CopyButton text={text} label={copyLabel} />
      </div>
    </div>
  )
}
