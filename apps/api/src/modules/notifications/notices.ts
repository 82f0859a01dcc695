import type { EventData, NotificationKind } from '@sparkle/shared/events'
import { placeOf } from '@sparkle/shared/notifications'
import { gameOrigin } from '../../core/game-origin.ts'
import type { MailKind, MailOrder } from './mail.service.ts'

/** Where links lead. */
export interface MailPlace {
  publicOrigin: string
  gamesOrigin: string
}

/** A notification as it is written down. */
export interface Told {
  kind: NotificationKind
  projectId: string | null
  data: EventData
}

const mailOf = {
  message: 'message',
  project_assigned: 'projectAssigned',
  project_status_changed: 'projectStatusChanged',
  deadline_approaching: 'deadlineApproaching',
  order_received: 'orderReceived',
  asset_rejected: 'assetRejected',
  build_passed: 'buildPassed',
  build_failed: 'buildFailed',
  version_added: 'versionAdded',
  review_approved: 'reviewApproved',
  review_changes_requested: 'reviewChangesRequested',
  version_waiting: 'versionWaiting',
  comment_mentioned: 'commentMentioned',
  comment_replied: 'commentReplied',
  comment_added: 'commentAdded',
  url_deployed: 'urlDeployed',
  url_expiring: 'urlExpiring',
  url_expired: 'urlExpired',
  domain_lapsed: 'domainLapsed',
  api_key_expiring: 'apiKeyExpiring',
  studio_deletion: 'studioDeletion',
  platform_acting: 'platformActing',
  message_received: 'messageReceived',
  photo_added: 'photoAdded',
} as const satisfies Record<NotificationKind, MailKind>

/** What a notification says outside the app. Facts that it was written without come out empty. */
export function orderOf(place: MailPlace, { kind, projectId, data }: Told): MailOrder {
  const fact = (key: string) => textOf(data[key])
  const known = fact('actorName') ? 'yes' : 'no'
  return {
    kind: mailOf[kind],
    link: place.publicOrigin + placeOf(kind, projectId, data),
    values: {
      petName: fact('petName'),
      actorName: fact('actorName'),
      guest: data['guest'] === true ? 'yes' : 'no',
      orderNumber: fact('orderNumber'),
      packageType: fact('packageType'),
      customerName: fact('customerName'),
      filename: fact('filename'),
      number: fact('number'),
      deliverable: fact('deliverable'),
      settledBy: fact('settledBy'),
      domain: fact('domain'),
      keyName: fact('keyName'),
      from: fact('from'),
      message: fact('message'),
      excerpt: fact('excerpt'),
      words: fact('excerpt') ? 'yes' : 'no',
      count: Number(data['count'] ?? 1),
      to: fact('to'),
      deadline: dayText(fact('deadline')),
      known: kind === 'order_received' ? (fact('customerName') ? 'yes' : 'no') : known,
      studioName: fact('name'),
      reason: fact('reason'),
      due: fact('dueAt').slice(0, 10) || 'none',
      days: Number(data['days'] ?? 0),
      address: addressOf(place, data),
    },
  }
}

/** The address of a game as an event names it. */
export function addressOf(place: MailPlace, data: EventData): string {
  const slug = textOf(data['slug'])
  return slug ? `${gameOrigin(place.gamesOrigin, textOf(data['primaryDomain']))}/${slug}/` : ''
}

/** `2026-12-24` as a mail writes it. */
export function dayText(day: string): string {
  return day && new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day))
}

export function textOf(value: EventData[string] | undefined): string {
  return value == null ? '' : String(value)
}
