import { useTranslations } from 'use-intl'
import { CopyButton } from '../../components/copy-button.tsx'

/** Names and values that are typed into somebody else's form, each to copy. */
export function CopyRows({ rows }: { rows: readonly (readonly [name: string, value: string])[] }) {
  const t = useTranslations('sso')
  return (
    <dl className="grid grid-cols-1 gap-x-4 gap-y-1 rounded-box border border-line bg-sunken px-3 py-2 sm:grid-cols-[auto_1fr] sm:items-center">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-small text-muted">{name}</dt>
          <dd className="flex min-w-0 items-center gap-1">
            <span className="min-w-0 grow font-mono text-small break-all">{value}</span>
            <CopyButton text={value} label={t('copy', { what: name })} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
