import type { EventView } from '@sparkle/shared/events'
import { projectStatuses, type ProjectStatus } from '@sparkle/shared/projects'
import { roles, type Role } from '@sparkle/shared/permissions'
import type { ReactNode } from 'react'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { cn } from '../../lib/cn.ts'

interface EventSentenceProps {
  event: EventView
  linked: boolean
  /** Where the pet's name leads, if not to its project. */
  to?: string | undefined
}

/** What happened, as one sentence that leads to where it did. */
export function EventSentence({ event, linked, to }: EventSentenceProps) {
  const t = useTranslations('activity')
  const status = useTranslations('projects.status')
  const role = useTranslations('web.role')
  const common = useTranslations('common')
  const { data, projectId, actor } = event
  const place = linked && projectId ? (to ?? `/projects/${projectId}`) : null
  const text = (key: string) => {
    const value = data[key]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  }
  /** Statuses and roles are told apart by their event; words that this version does not know are shown as they are. */
  const word = (key: string): string => {
    const value = text(key)
    if (isStatus(value)) return status(value)
    return isRole(value) ? role(value) : value
  }
  /** Only somebody with a review link has a name and no account: it may be the name of somebody of the studio. */
  const nameOf = ({ id, name }: EventView['actor']) => {
    if (name === null) return common('productName')
    return id === null ? common('guestNamed', { name }) : name
  }
  const slug = text('slug')
  const sentence = t.rich(`sentence.${event.type}`, {
    who: (name) => <span className="font-strong">{name}</span>,
    project: (name) => (place ? <PlaceLink to={place}>{name}</PlaceLink> : <b className="font-strong">{name}</b>),
    actor: nameOf(actor),
    pet: text('petName') || t('unnamed'),
    user: text('userName') || t('somebody'),
    assigned: data.userId ? 'yes' : 'no',
    number: text('orderNumber') || text('number'),
    key: text('keyName'),
    deliverable: text('deliverable'),
    settledBy: text('settledBy'),
    provider: text('provider'),
    reason: text('reason'),
    file: text('filename') || t('file'),
    kind: text('assetType'),
    role: word('role'),
    days: text('days'),
    domain: text('domain'),
    slug: slug && `/${slug}/`,
    from: event.type === 'url:renamed' ? `/${text('from')}/` : word('from'),
    to: word('to'),
  })
  if (!place || data.petName) return sentence
  return (
    <>
      <span className="mr-2">{sentence}</span>
      <PlaceLink to={place} quiet>
        {t('openProject')}
      </PlaceLink>
    </>
  )
}

function PlaceLink({ to, quiet, children }: { to: string; quiet?: boolean; children: ReactNode }) {
  return (
    <Link
      to={to}
      className={cn(
        'rounded-[4px] underline decoration-line underline-offset-3 hover:decoration-current',
        quiet ? 'text-small text-muted' : 'font-strong',
      )}
    >
      {children}
    </Link>
  )
}

function isStatus(value: string): value is ProjectStatus {
  return (projectStatuses as readonly string[]).includes(value)
}

function isRole(value: string): value is Role {
  return (roles as readonly string[]).includes(value)
}
