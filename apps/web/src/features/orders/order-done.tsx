import type { OrderReceipt } from '@sparkle/shared/orders'
import { MapPin, Plus } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Notice } from '../../components/notice.tsx'
import { PixelScene } from '../../components/pixel-scene.tsx'

interface OrderDoneProps {
  receipt: OrderReceipt
  studioName: string
  /** The studio's own words; may be empty. */
  thanks: string
  /** The receipt is that of an earlier try, whose answer had been lost. */
  earlier: boolean
  onAnother: () => void
}

/** The order has arrived: its number, and the private link to follow it. */
export function OrderDone({ receipt, studioName, thanks, earlier, onAnother }: OrderDoneProps) {
  const t = useTranslations('orders.done')
  return (
    <section role="status" className="mx-auto flex max-w-120 flex-col items-center py-8 text-center">
      <PixelScene name="hearts" scale={7} className="h-auto max-w-full" />
      <h1 className="mt-8 text-display font-strong tracking-tight">{t('title')}</h1>
      <p className="mt-2 text-muted">{t('body', { number: receipt.orderNumber, studio: studioName })}</p>
      {thanks && <p className="mt-4 whitespace-pre-line">{thanks}</p>}
      {earlier && (
        <Notice tone="warn" className="mt-4 text-left">
          {t('earlier')}
        </Notice>
      )}
      <Button asChild look="primary" size="large" className="mt-6 w-full sm:w-auto">
        <a href={receipt.trackingUrl}>
          <MapPin aria-hidden="true" />
          {t('track')}
        </a>
      </Button>
      <div className="mt-6 flex w-full items-center gap-2 rounded-box border border-line bg-surface py-1 pr-1 pl-3 text-left">
        <span className="min-w-0 grow truncate font-mono text-small">{receipt.trackingUrl}</span>
        <CopyButton text={receipt.trackingUrl} label={t('copyLink')} />
      </div>
      <p className="mt-2 text-small text-muted">{t('linkHint')}</p>
      <Button look="quiet" icon={<Plus />} className="mt-8" onClick={onAnother}>
        {t('another')}
      </Button>
    </section>
  )
}
