import type { EventView } from '@sparkle/shared/events'
import { projectStatuses, type ProjectStatus } from '@sparkle/shared/projects'
import { roles, type Role } from '@sparkle/shared/permissions'
import type { ReactNode } from 'react'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { cn } from '../../lib/cn.ts'

/** What happened, as one sentence that leads to its project. `linked` is off where the reader has no project pages. */
export function EventSentence({ event, linked }: { event: EventView; linked: boolean }) {
  const t = useTranslations('activity')
  const status = useTranslations('projects.status')
  const role = useTranslations('web.role')
  const product = useTranslations('common')('productName')
  const { data, projectId } = event
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
  const slug = text('slug')
  const sentence = t.rich(`sentence.${event.type}`, {
    who: (name) => <span className="font-strong">{name}</span>,
    project: (name) =>
      linked && projectId ? <ProjectLink id={projectId}>{name}</ProjectLink> : <b className="font-strong">{name}</b>,
    actor: event.actor.name ?? product,
    pet: text('petName') || t('unnamed'),
    user: text('userName') || t('somebody'),
    assigned: data.userId ? 'yes' : 'no',
    number: text('orderNumber') || text('number'),
    key: text('keyName'),
    deliverable: text('deliverable'),
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
  if (!linked || !projectId || data.petName) return sentence
  return (
    <>
      <span className="mr-2">{sentence}</span>
      <ProjectLink id={projectId} quiet>
        {t('openProject')}
      </ProjectLink>
    </>
  )
}

function ProjectLink({ id, quiet, children }: { id: string; quiet?: boolean; children: ReactNode }) {
  return (
    <Link
      to={`/projects/${id}`}
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
