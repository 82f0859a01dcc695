import { BadgeCheck, Link2 } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { cn } from '../lib/cn.ts'
import { Badge } from './status.tsx'

/** On which side of a review or a conversation somebody stands. */
export type Side = 'studio' | 'client' | 'guest'

const looks: Record<Side, string> = {
  studio: 'border-transparent bg-accent-soft font-strong text-accent-text!',
  client: '',
  guest: 'border-dashed border-edge',
}

/** Stands beside every name: a guest may give any, also that of somebody of the studio. */
export function SideTag({ side }: { side: Side }) {
  const t = useTranslations('common.side')
  return (
    <Badge className={cn('gap-1 [&_svg]:size-3', looks[side])}>
      {side === 'studio' && <BadgeCheck aria-hidden="true" />}
      {side === 'guest' && <Link2 aria-hidden="true" />}
      {t(side)}
    </Badge>
  )
}
