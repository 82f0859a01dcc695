import { foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { messageSides, type MessageSide } from '@sparkle/shared/conversations'
import { createdAt, id, moment, now, oneOf, organizationId, tenantPolicies, updatedAt, version } from '../columns.ts'
import { projects } from './projects.ts'

/**
 * The conversation of a project between studio and customer. Numbers count up from 1 without gaps under the project's
 * lock, so that "read up to 12" means the same for everybody; a deleted message keeps its number and loses its words.
 */
export const messages = pgTable(
  'messages',
  {
    organizationId: organizationId(),
    id: id(),
    projectId: uuid('project_id').notNull(),
    number: integer('number').notNull(),
    /** Null once the person was erased. */
    authorUserId: uuid('author_user_id'),
    side: text('side').$type<MessageSide>().notNull(),
    body: text('body').notNull(),
    editedAt: moment('edited_at'),
    deletedAt: moment('deleted_at'),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    version: version(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.id] }),
    foreignKey({ columns: [t.organizationId, t.projectId], foreignColumns: [projects.organizationId, projects.id] }),
    uniqueIndex('messages_number_key').on(t.organizationId, t.projectId, t.number),
    index('messages_author_idx').on(t.organizationId, t.authorUserId),
    index('messages_created_idx').on(t.organizationId, t.createdAt),
    oneOf('messages_side_check', t.side, messageSides),
    ...tenantPolicies(),
  ],
)

/** How far each person has read. */
export const messageReads = pgTable(
  'message_reads',
  {
    organizationId: organizationId(),
    projectId: uuid('project_id').notNull(),
    userId: uuid('user_id').notNull(),
    upTo: integer('up_to').notNull(),
    readAt: moment('read_at').notNull().default(now),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.projectId, t.userId] }),
    foreignKey({ columns: [t.organizationId, t.projectId], foreignColumns: [projects.organizationId, projects.id] }),
    index('message_reads_user_idx').on(t.organizationId, t.userId),
    ...tenantPolicies(),
  ],
)
