import { and, eq, inArray, or, sql } from 'drizzle-orm'
import type { PersonSubject } from '@sparkle/shared/people'
import { isAccountRole, type Role } from '@sparkle/shared/permissions'
import { notFound } from '../../core/app-error.ts'
import type { Crypto } from '../../core/crypto.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { contacts, memberships, users } from '../../db/tables/organizations.ts'
import type { SubjectKind } from '../../db/tables/people.ts'
import { orders, projects } from '../../db/tables/projects.ts'
import { contactEmailContext } from '../accounts/contacts.service.ts'
import { customerEmailIndex } from '../projects/contact-data.service.ts'
import { findMemberByEmail, userEmailContext } from '../users/users.queries.ts'

export interface Subject {
  kind: SubjectKind
  id: string
}

export function subjectOf(subject: PersonSubject): Subject {
  return 'userId' in subject ? { kind: 'user', id: subject.userId } : { kind: 'contact', id: subject.contactId }
}

export function subjectView({ kind, id }: Subject): PersonSubject {
  return kind === 'user' ? { userId: id } : { contactId: id }
}

/** One person, in all the guises the studio knows them by. */
export interface FoundPerson {
  name: string
  email: string | null
  userId: string | null
  role: Role | null
  accountId: string | null
  contactIds: string[]
  /** Of the address as customers' addresses are looked up. */
  emailIndex: string | null
  projectIds: string[]
}

/**
 * Finds the person behind a contact or a member. Who signs in under the address of a contact is the same person, as long
 * as it is a customer: somebody of the team is never erased by way of a contact. Throws 404.
 */
export async function findPerson(tx: TenantTx, crypto: Crypto, { kind, id }: Subject): Promise<FoundPerson> {
  const start = kind === 'user' ? await fromUser(tx, crypto, id) : await fromContact(tx, crypto, id)
  const { contactIds, emailIndex } = start
  const ordered = contactIds.length
    ? await tx.select({ id: orders.projectId }).from(orders).where(inArray(orders.contactId, contactIds))
    : []
  const conditions = [
    ...(contactIds.length ? [inArray(projects.contactId, contactIds)] : []),
    ...(emailIndex ? [eq(projects.customerEmailIndex, emailIndex)] : []),
    ...(ordered.length
      ? [
          inArray(
            projects.id,
            ordered.map((one) => one.id),
          ),
        ]
      : []),
  ]
  const found = conditions.length
    ? await tx
        .select({ id: projects.id })
        .from(projects)
        .where(and(eq(projects.organizationId, tx.organizationId), or(...conditions)))
    : []
  return { ...start, projectIds: found.map((one) => one.id) }
}

async function fromContact(tx: TenantTx, crypto: Crypto, id: string) {
  const [contact] = await tx.select().from(contacts).where(eq(contacts.id, id))
  if (!contact) return notFound('contact')
  const email = contact.emailCipher && crypto.decrypt(contact.emailCipher, contactEmailContext)
  const member = email ? await findMemberByEmail(tx, crypto.blindIndex(email, userEmailContext)) : undefined
  const role = member ? await roleOf(tx, member.userId) : null
  const isThem = member !== undefined && role !== null && isAccountRole(role)
  return {
    name: contact.name,
    email,
    userId: isThem ? member.userId : null,
    role: isThem ? role : null,
    accountId: contact.accountId,
    contactIds: [id],
    emailIndex: contact.emailIndex,
  }
}

async function fromUser(tx: TenantTx, crypto: Crypto, id: string) {
  const [row] = await tx
    .select({
      name: users.displayName,
      emailCipher: users.emailCipher,
      role: memberships.role,
      accountId: memberships.accountId,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.userId, id), eq(users.kind, 'person')))
  if (!row) return notFound('user')
  const email = crypto.decrypt(row.emailCipher, userEmailContext)
  const emailIndex = crypto.blindIndex(email, customerEmailIndex)
  const known = await tx
    .select({ id: contacts.id, accountId: contacts.accountId })
    .from(contacts)
    .where(eq(contacts.emailIndex, emailIndex))
  return {
    name: row.name,
    email,
    userId: id,
    role: row.role,
    accountId: row.accountId ?? known[0]?.accountId ?? null,
    contactIds: known.map((one) => one.id),
    emailIndex,
  }
}

async function roleOf(tx: TenantTx, userId: string): Promise<Role | null> {
  const [row] = await tx.select({ role: memberships.role }).from(memberships).where(eq(memberships.userId, userId))
  return row?.role ?? null
}

/** Whether the person has another studio, or the platform, to be a person in. */
export async function worksElsewhere(tx: TenantTx, userId: string): Promise<boolean> {
  const { rows } = await tx.execute<{ elsewhere: boolean }>(sql`select sys.works_elsewhere(${userId}) as elsewhere`)
  return rows[0]?.elsewhere === true
}
