import type { StudioView } from '@sparkle/shared/orders'
import { useTranslations } from 'use-intl'
import { PixelScene } from '../../components/pixel-scene.tsx'
import { StudioMark } from '../../components/studio-mark.tsx'
import { cn } from '../../lib/cn.ts'

interface StudioFaceProps {
  studio: Pick<StudioView, 'name' | 'tagline' | 'accent' | 'logoUrl' | 'orderIntro'>
  /** One line only, so that the form stays in sight. */
  small?: boolean
  /** Inside another page, which has a heading of its own. */
  as?: 'h1' | 'p'
}

/** Who one is dealing with: the studio's sign, name and promise. */
export function StudioFace({ studio, small, as: Title = 'h1' }: StudioFaceProps) {
  const t = useTranslations('orders.page')
  const Heading = small ? Title : 'p'
  return (
    <header className={cn(small ? 'mb-5' : 'mb-8')}>
      <div className="flex items-center gap-3">
        <StudioMark {...studio} className="size-9 rounded-box" />
        <Heading className="min-w-0 truncate text-large font-strong">{studio.name}</Heading>
      </div>
      {!small && (
        <div className="mt-6 flex flex-col gap-6 sm:flex-row sm:items-center sm:justify-between">
          <div className="max-w-120">
            <Title className="text-display font-strong tracking-tight text-balance">
              {studio.tagline || t('headline')}
            </Title>
            <p className="mt-2 whitespace-pre-line text-muted">{studio.orderIntro || t('lead')}</p>
          </div>
          <PixelScene name="spark" scale={6} className="hidden h-auto shrink-0 sm:block sm:w-60 lg:w-72" />
        </div>
      )}
    </header>
  )
}
