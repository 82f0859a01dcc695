import type { TrackingView } from '@sparkle/shared/orders'
import { Play } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { PixelScene } from '../../components/pixel-scene.tsx'
import { Timeline, type TimelineItem } from '../../components/timeline.tsx'
import { useFormats } from '../../lib/format.ts'
import { withoutScheme } from '../../lib/without-scheme.ts'
import { TrackedPhotos } from './tracked-photos.tsx'

type Moment = 'received' | 'drawing' | 'building' | 'live' | 'waiting' | 'onHold' | 'cancelled'

const scenes = {
  received: 'box',
  drawing: 'spark',
  building: 'spark',
  live: 'flag',
  waiting: 'box',
  onHold: 'door',
  cancelled: 'storm',
} as const

/** What a customer wants to know first, in one word for the sentences of the page. */
export function momentOf({ status, steps, gameUrl }: Pick<TrackingView, 'status' | 'steps' | 'gameUrl'>): Moment {
  if (status === 'cancelled') return 'cancelled'
  if (gameUrl) return 'live'
  if (status === 'on_hold') return 'onHold'
  const current = steps.find(({ state }) => state === 'current')
  if (current) return current.key
  return steps.findLast(({ state }) => state === 'done')?.key === 'received' ? 'received' : 'waiting'
}

/** How far an order is, in plain words. */
export function Tracking({ order, token }: { order: TrackingView; token: string }) {
  const t = useTranslations('orders.track')
  const moment = momentOf(order)
  const name = order.petName
  return (
    <div className="mx-auto max-w-160">
      <p className="text-small text-muted">{t('order', { number: order.orderNumber, studio: order.studio.name })}</p>
      <PixelScene name={scenes[moment]} scale={6} className="mt-6 h-auto max-w-full" />
      <h1 className="mt-6 text-display font-strong tracking-tight">{t(`headline.${moment}`, { name })}</h1>
      <p className="mt-1.5 text-muted">{t(`body.${moment}`)}</p>
      {order.gameUrl && <LiveGame url={order.gameUrl} />}
      <div className="mt-8">
        <Steps steps={order.steps} />
      </div>
      <TrackedPhotos key={token} order={order} token={token} />
      <p className="mt-8 text-small text-muted">{t('updated')}</p>
    </div>
  )
}

function LiveGame({ url }: { url: string }) {
  const t = useTranslations('orders.track')
  return (
    <>
      <Button asChild look="primary" size="large" className="mt-5 w-full sm:w-auto">
        <a href={url}>
          <Play aria-hidden="true" />
          {t('play')}
        </a>
      </Button>
      <div className="mt-4 flex items-center gap-2 rounded-box border border-line bg-surface py-1 pr-1 pl-3">
        <span className="min-w-0 grow truncate">
          <span className="sr-only">{t('address')} </span>
          {withoutScheme(url)}
        </span>
        <CopyButton text={url} label={t('copyAddress')} />
      </div>
    </>
  )
}

function Steps({ steps }: Pick<TrackingView, 'steps'>) {
  const t = useTranslations('orders.track')
  const { dateTime } = useFormats()
  const items = steps.map(({ key, state, at }): TimelineItem => {
    const detail = state === 'current' ? t('now') : state === 'done' && at ? dateTime(at) : undefined
    return { id: key, state: state === 'waiting' ? 'todo' : state, title: t(`step.${key}`), detail }
  })
  return <Timeline items={items} label={t('steps')} />
}
