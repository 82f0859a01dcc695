import type { EventNoun, EventView } from '@sparkle/shared/events'
import {
  Contact,
  Eye,
  FolderHeart,
  Hammer,
  Image,
  Layers,
  Link2,
  MessageSquare,
  MessagesSquare,
  ShoppingBag,
  Store,
  Users,
  type LucideIcon,
} from 'lucide-react'
import type { Tone } from '../../components/status.tsx'
import { cn } from '../../lib/cn.ts'
import { nounOf } from './feed.ts'

export const nounIcons: Record<EventNoun, LucideIcon> = {
  order: ShoppingBag,
  project: FolderHeart,
  asset: Image,
  build: Hammer,
  version: Layers,
  review: Eye,
  comment: MessageSquare,
  url: Link2,
  user: Users,
  account: Contact,
  studio: Store,
  message: MessagesSquare,
}

/** Good and bad news stand out; everything else is quiet. */
const toneOf: Partial<Record<EventView['type'], Tone>> = {
  'order:received': 'info',
  'build:passed': 'ok',
  'url:deployed': 'ok',
  'user:accepted': 'ok',
  'user:provisioned': 'ok',
  'review:approved': 'ok',
  'review:changes-requested': 'warn',
  'build:failed': 'bad',
  'asset:rejected': 'bad',
  'url:expiring': 'warn',
  'studio:domain:verified': 'ok',
  'studio:domain:lapsed': 'warn',
  'studio:sign-in:domain:lapsed': 'warn',
  'url:expired': 'warn',
  'user:key:expiring': 'warn',
}
const grounds: Record<Tone, string> = {
  neutral: 'bg-sunken text-muted',
  info: 'bg-info-soft text-info',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
}

/** What an event is about, as a small round sign. The sentence beside it says the same in words. */
export function EventMark({ type }: { type: EventView['type'] }) {
  const Icon = nounIcons[nounOf(type) ?? 'studio']
  return (
    <span
      aria-hidden="true"
      className={cn(
        'flex size-7 shrink-0 items-center justify-center rounded-full',
        grounds[toneOf[type] ?? 'neutral'],
      )}
    >
      <Icon className="size-3.5" />
    </span>
  )
}
