import type { ProviderTest } from '@sparkle/shared/identity-providers'
import { useTranslations } from 'use-intl'
import { Notice } from '../../components/notice.tsx'
import { useFormats } from '../../lib/format.ts'

/** What the last try out brought: every claim, or what was wrong. */
export function TestResult({ test }: { test: ProviderTest }) {
  const t = useTranslations('sso.test')
  const formats = useFormats()
  const at = formats.dateTime(test.at)
  if (test.problem)
    return (
      <div className="mt-3">
        <Notice tone="bad">{t('failed', { at, detail: test.detail ?? '' })}</Notice>
      </div>
    )
  return (
    <details className="mt-3" open>
      <summary className="cursor-pointer text-ok">{t('passed', { at })}</summary>
      <dl className="mt-2 grid grid-cols-1 gap-x-4 gap-y-1 rounded-box border border-line bg-sunken px-3 py-2 text-small sm:grid-cols-[auto_1fr]">
        {test.claims.map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="text-muted break-all">{name}</dt>
            <dd className="min-w-0 font-mono break-all">{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
