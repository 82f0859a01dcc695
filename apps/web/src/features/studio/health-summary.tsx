import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { StatusPill, StatusText, type Tone } from '../../components/status.tsx'
import { healthQuery, type HealthView } from './api.ts'

const tones: Record<HealthView['status'], Tone> = { ok: 'ok', degraded: 'warn', down: 'bad' }
const names = [
  'database',
  'migrations',
  'outbox',
  'auditMonths',
  'listener',
  'virusScan',
  'backup',
  'files',
  'cache',
  'storage',
] as const

/** How the installation is, part by part, for those who run it. */
export function HealthSummary() {
  const t = useTranslations('profile.about')
  const health = useQuery(healthQuery)
  if (health.isPending) return <SkeletonList rows={6} className="h-9" />
  if (health.isError) return <ErrorState error={health.error} onRetry={() => void health.refetch()} />
  const checks = health.data
  const states = Object.values(checks).map(({ status }) => status)
  const worst = states.includes('down') ? 'down' : states.includes('degraded') ? 'degraded' : 'ok'
  return (
    <Card title={t('title')} action={<StatusPill tone={tones[worst]}>{t(`status.${worst}`)}</StatusPill>}>
      <p className="mb-2 text-muted">{t('hint')}</p>
      <ul>
        {Object.entries(checks).map(([name, check]) => (
          <li key={name} className="flex flex-wrap items-center gap-x-3 border-b border-line py-2 last:border-b-0">
            <span className="grow">{isNamed(name) ? t(`check.${name}`) : name}</span>
            {check.latencyMs !== undefined && !isUnscanned(name, check) && (
              <span className="text-small text-muted tabular-nums">
                {t('latency', { ms: Math.round(check.latencyMs) })}
              </span>
            )}
            <StatusText tone={isUnscanned(name, check) ? 'warn' : tones[check.status]}>
              {isUnscanned(name, check)
                ? t('unscanned')
                : check.status === 'ok'
                  ? t('fine')
                  : t(`status.${check.status}`)}
            </StatusText>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** No scanner is no fault of the installation, but nobody should take it for one that works. */
function isUnscanned(name: string, { detail }: { detail?: string | undefined }): boolean {
  return name === 'virusScan' && detail?.startsWith('off') === true
}

/** A newer server may know parts that have no name here yet: they are shown by their own. */
function isNamed(check: string): check is (typeof names)[number] {
  return (names as readonly string[]).includes(check)
}
