import { z } from 'zod'
import { listOf, pageQuery, wholeListOf } from './lists.ts'
import { accountRoles } from './permissions.ts'
import { email, id, name, personName, phone, text, time, version } from './text.ts'

export const accountKinds = ['household', 'company', 'team'] as const
export type AccountKind = (typeof accountKinds)[number]

export const contactView = z
  .object({
    id,
    accountId: id,
    name: z.string(),
    email: z.string().nullable().meta({ description: 'Null for customers: contact data is the studio’s to read.' }),
    phone: z.string().nullable(),
    createdAt: time,
    updatedAt: time,
    version,
  })
  .meta({ id: 'Contact' })
export type ContactView = z.infer<typeof contactView>
export const contactList = wholeListOf(contactView)

const contactFields = { name: personName(120), email: email.nullable(), phone: phone.nullable() }
export const addContactInput = z
  .object({ name: contactFields.name, email: contactFields.email.optional(), phone: contactFields.phone.optional() })
  .meta({ id: 'AddContactInput' })
export type AddContactInput = z.infer<typeof addContactInput>
export const updateContactInput = z
  .object(contactFields)
  .partial()
  .refine((input) => Object.keys(input).length > 0, { error: 'Name at least one field to change.' })
  .meta({ id: 'UpdateContactInput' })
export type UpdateContactInput = z.infer<typeof updateContactInput>

export const accountView = z
  .object({
    id,
    name: z.string(),
    kind: z.enum(accountKinds),
    projectCount: z.int().meta({ description: 'Projects that are not deleted.' }),
    contactCount: z.int(),
    memberCount: z.int().meta({ description: 'People who sign in for it.' }),
    lastOrderAt: time.nullable(),
    createdAt: time,
    updatedAt: time,
    version,
  })
  .meta({ id: 'Account' })
export type AccountView = z.infer<typeof accountView>
export const accountList = listOf(accountView)

export const consentView = z
  .object({ orderId: id, orderNumber: z.string(), projectId: id, consentVersion: z.string(), consentAt: time })
  .meta({ id: 'AccountConsent' })
export const accountDetail = accountView
  .extend({
    contacts: z.array(contactView),
    consents: z.array(consentView).meta({ description: 'What was agreed to, order by order, newest first.' }),
  })
  .meta({ id: 'AccountDetail' })
export type AccountDetail = z.infer<typeof accountDetail>

export const accountSorts = ['-createdAt', 'createdAt', 'name', '-name'] as const
export type AccountSort = (typeof accountSorts)[number]
export const listAccountsQuery = pageQuery.extend({
  sort: z.enum(accountSorts).default('-createdAt'),
  kind: z.enum(accountKinds).optional(),
  q: text(254).optional().meta({ description: 'Part of a name, of the account or a contact, or one exact e-mail.' }),
})
export type ListAccountsQuery = z.infer<typeof listAccountsQuery>

export const createAccountInput = z
  .object({
    name: name(120),
    kind: z.enum(accountKinds).default('household'),
    contact: addContactInput.optional().meta({ description: 'Its first contact.' }),
  })
  .meta({ id: 'CreateAccountInput' })
export type CreateAccountInput = z.infer<typeof createAccountInput>
export const updateAccountInput = z
  .object({ name: name(120), kind: z.enum(accountKinds) })
  .partial()
  .refine((input) => Object.keys(input).length > 0, { error: 'Name at least one field to change.' })
  .meta({ id: 'UpdateAccountInput' })
export type UpdateAccountInput = z.infer<typeof updateAccountInput>

export const mergeAccountInput = z
  .object({ into: id.meta({ description: 'The account that stays and gets everything.' }) })
  .meta({ id: 'MergeAccountInput' })
export const mergeResult = z
  .object({
    account: accountView,
    items: z.array(
      z.object({
        kind: z.enum(['contact', 'member', 'invitation', 'project', 'order', 'profile']),
        id,
        outcome: z.enum(['moved']),
      }),
    ),
  })
  .meta({ id: 'AccountMerge' })
export type MergeResult = z.infer<typeof mergeResult>

export const accountMember = z
  .object({
    id: id.meta({ description: 'The person, or while they are invited, the invitation.' }),
    displayName: z.string(),
    email: z.string(),
    role: z.enum(accountRoles),
    status: z.enum(['active', 'invited', 'deactivated']),
    createdAt: time,
    lastSeenAt: time.nullable(),
    version,
  })
  .meta({ id: 'AccountMember' })
export type AccountMember = z.infer<typeof accountMember>
export const accountMembers = wholeListOf(accountMember)
export const inviteMemberInput = z.object({ email, role: z.enum(accountRoles) }).meta({ id: 'InviteMemberInput' })
export type InviteMemberInput = z.infer<typeof inviteMemberInput>
export const memberRoleInput = z.object({ role: z.enum(accountRoles) }).meta({ id: 'MemberRoleInput' })
export const contactParams = z.object({ id, contactId: id })
export const memberParams = z.object({ id, userId: id })
export const invitationParams = z.object({ id, invitationId: id })
