import type { z } from 'zod'
import type { listActivityQuery } from '@sparkle/shared/activity'
import { clientEventTypes, type EventNoun, type EventType, eventTypes } from '@sparkle/shared/events'
import { can, hiddenProjects, isClient, type UserActor } from '../../core/actor.ts'
import { notFound } from '../../core/app-error.ts'
import { asksFor, decodeCursor, toPage } from '../../core/cursor.ts'
import { countEvents, type EventFilter, listEvents, toEventView } from '../../core/event-log.ts'
import { mayEnter, personalTypes } from '../../core/event-rights.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { findProject } from '../projects/projects.queries.ts'

export type ListActivityQuery = z.output<typeof listActivityQuery>

/** What makes a customer's page live and is no news to them: their conversations stand beside the feed. */
const noNews: readonly EventType[] = ['asset:ready', 'build:passed', 'comment:updated', 'comment:deleted']
const clientNews = clientEventTypes.filter((type) => !type.startsWith('message:') && !noNews.includes(type))

/** One page of what has happened, as far as this person may know. 404 for a project they may not see. */
export async function listActivity(tx: TenantTx, actor: UserActor, query: ListActivityQuery) {
  const { projectId, about, withoutBy, cursor, limit, include, sort: wished } = query
  const after = query.after ?? (wished === 'seq' ? 0 : undefined)
  if (projectId) await assertMaySee(tx, actor, projectId)
  const scope: Omit<EventFilter, 'limit'> = {
    ...unheard(actor),
    // Customers are asked for what is theirs, and nothing of it is denied them.
    ...(!isClient(actor) && { withoutProjects: hiddenProjects(actor, 'activity:read', 'projects:read') }),
    ...(projectId && { projectId }),
    ...(withoutBy && { withoutBy }),
    ...(can(actor, 'reviews:internal')
      ? { withoutInternalOf: hiddenProjects(actor, 'reviews:internal') }
      : { noInternal: true }),
    ...(about && { types: typesAbout(about, eventTypes) }),
    ...(isClient(actor) && {
      accountId: actor.accountId ?? actor.userId,
      types: about ? typesAbout(about, clientEventTypes) : clientNews,
    }),
  }
  const sort = after === undefined ? '-seq' : 'seq'
  const [place] = cursor ? decodeCursor(cursor, sort, ['number']) : []
  const from = after === undefined ? place !== undefined && { before: place } : { after: place ?? after }
  const rows = await listEvents(tx, { ...scope, ...from, limit: limit + 1 })
  const page = toPage(rows, limit, sort, (row) => [row.seq])
  const total = asksFor(include, 'total')
    ? await countEvents(tx, { ...scope, ...(after !== undefined && { after }) })
    : undefined
  return {
    items: page.rows.map(toEventView),
    nextCursor: page.nextCursor,
    ...(total !== undefined && { total }),
  }
}

const messageTypes = eventTypes.filter((type) => type.startsWith('message:'))

/** Conversations have a right of their own, in the studio at all or in one project. */
function unheard(actor: UserActor): Pick<EventFilter, 'without' | 'except'> {
  if (!can(actor, 'messages:read')) return { without: [...personalTypes, ...messageTypes] }
  return { without: personalTypes, except: { types: messageTypes, projects: hiddenProjects(actor, 'messages:read') } }
}

function typesAbout(noun: EventNoun, types: readonly EventType[]): EventType[] {
  return types.filter((type) => type.startsWith(`${noun}:`))
}

async function assertMaySee(tx: TenantTx, actor: UserActor, projectId: string): Promise<void> {
  const project = (await findProject(tx, projectId)) ?? notFound('project')
  if (!mayEnter(actor, { kind: 'project', id: projectId }, project.accountId)) notFound('project')
}
