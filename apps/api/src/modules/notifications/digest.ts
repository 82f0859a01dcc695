import { createTranslator } from 'use-intl/core'
import { en } from '@sparkle/shared/messages/en'
import { placeOf, wants } from '@sparkle/shared/notifications'
import type { TenantTx } from '../../core/in-tenant.ts'
import {
  listDigestFailures,
  listDigestNews,
  listDueWork,
  listReviews,
  listUnassigned,
  readLastDigest,
} from './digest.queries.ts'
import type { MailSection } from './mail-layout.ts'
import { composeShort, type MailFace, type MailOrder } from './mail.service.ts'
import { dayText, type MailPlace, orderOf } from './notices.ts'
import { localTime } from './quiet-hours.ts'
import type { ToldPerson } from './settings.queries.ts'

/** Lines of one part of a digest; the rest is a click away. */
const most = 10

export interface DigestContext {
  place: MailPlace
  face: MailFace
  now: Date
}

/** The day whose digest a person is due, or null: one for each day or week, from the chosen hour on until midnight. */
export function digestDay({ digest, timeZone }: Pick<ToldPerson, 'digest' | 'timeZone'>, now: Date): string | null {
  const local = localTime(timeZone, now)
  if (digest.every === 'never' || local.hour < digest.hour) return null
  return digest.every === 'day' || local.weekday === digest.weekday ? local.date : null
}

/** A person's digest: what waits on them first, then what happened. Null where there is nothing to say. */
export async function composeDigest(
  tx: TenantTx,
  { place, face, now }: DigestContext,
  person: ToldPerson,
): Promise<MailOrder | null> {
  const t = createTranslator({ locale: 'en', messages: en, namespace: 'mails.digest' })
  const today = localTime(person.timeZone, now).date
  const leads = person.role === 'admin' || person.role === 'manager'
  const at = (path: string) => place.publicOrigin + path
  const work = await listDueWork(tx, person.userId, most)
  const failures = await listDigestFailures(tx, person.userId, most)
  const reviews = leads ? await listReviews(tx, most) : []
  const unassigned = leads ? await listUnassigned(tx, most) : []
  const since = (await readLastDigest(tx, person.userId)) ?? daysBefore(now, person.digest.every === 'week' ? 7 : 1)
  const news = (await listDigestNews(tx, person.userId, since)).filter(({ kind }) =>
    wants(person.choices, kind, 'digest'),
  )

  const waiting: MailSection[] = [
    {
      title: t('yours'),
      items: work.map(({ id, petName, deadline }) => ({
        text: petName,
        detail: deadline ? t(deadline < today ? 'overdue' : 'due', { deadline: dayText(deadline) }) : t('noDeadline'),
        href: at(`/projects/${id}`),
      })),
    },
    {
      title: t('failed'),
      items: failures.map(({ id, petName, number }) => ({
        text: petName,
        detail: t('build', { number }),
        href: at(placeOf('build_failed', id)),
      })),
    },
    { title: t('review'), items: reviews.map(({ id, petName }) => ({ text: petName, href: at(`/projects/${id}`) })) },
    {
      title: t('unassigned'),
      items: unassigned.map(({ id, petName, orderNumber }) => ({
        text: petName,
        detail: orderNumber ?? '',
        href: at(`/projects/${id}`),
      })),
    },
  ]
  const happened = {
    title: t('happened'),
    items: news.slice(0, 2 * most).map((told) => {
      const order = orderOf(place, told)
      return { text: composeShort(face, person.locale, order).title, href: order.link }
    }),
  }
  const sections = [...waiting, happened].filter(({ items }) => items.length > 0)
  if (sections.length === 0) return null
  const count = waiting.reduce((sum, { items }) => sum + items.length, 0)
  return { kind: 'digest', values: { count, news: news.length }, link: at('/'), sections }
}

function daysBefore(now: Date, days: number): string {
  return new Date(now.getTime() - days * 86_400_000).toISOString()
}
