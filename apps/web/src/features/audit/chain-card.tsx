import type { ChainView } from '@sparkle/shared/audit'
import { ShieldCheck } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { useFormats } from '../../lib/format.ts'
import { useVerifyChain } from './api.ts'

/** Whether the log is what was written, on demand: the whole chain is walked. */
export function ChainCard() {
  const t = useTranslations('audit.chain')
  const verify = useVerifyChain()
  return (
    <section aria-label={t('title')} className="mb-4">
      {verify.data ? (
        <Verdict chain={verify.data} pending={verify.isPending} onAgain={() => verify.mutate()} />
      ) : (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-muted">
          <p className="min-w-0 grow basis-64">{t('body')}</p>
          <Button size="small" icon={<ShieldCheck />} pending={verify.isPending} onClick={() => verify.mutate()}>
            {t('verify')}
          </Button>
        </div>
      )}
    </section>
  )
}

function Verdict({ chain, pending, onAgain }: { chain: ChainView; pending: boolean; onAgain: () => void }) {
  const t = useTranslations('audit.chain')
  const { day } = useFormats()
  const { fault, head, anchor, verifiedSeals } = chain
  return (
    <Notice
      tone={fault ? 'bad' : 'ok'}
      action={
        <Button size="small" look="quiet" pending={pending} onClick={onAgain}>
          {t('again')}
        </Button>
      }
    >
      <p className="font-strong">{fault ? t('broken') : t('holds', { count: verifiedSeals })}</p>
      {fault && <p>{t(`fault.${fault.kind}`, { seq: fault.seq ?? 0 })}</p>}
      {head && (
        <p className="text-small break-all">
          {t('head')} <code>{head.hash.slice(0, 32)}</code>
        </p>
      )}
      <p className="text-small">{anchor ? t('anchor', { seq: anchor.seq, day: day(anchor.day) }) : t('noAnchor')}</p>
    </Notice>
  )
}
