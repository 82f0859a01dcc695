import { z } from 'zod'
import { wholeListOf } from './lists.ts'
import { decisionRules, effects, levels } from './decide.ts'
import { permissionNames, roles, studioPermissions, type StudioRole } from './permissions.ts'
import { id, moment, name, text, time, version } from './text.ts'

/** A studio may have so many roles of its own, and a person so many grants and denials. */
export const mostRoles = 50
export const mostGrants = 100

/** The built-in roles that one of the studio's own can stand on: they say what kind of member it makes. */
export const baseRoles = ['manager', 'artist', 'moderator'] as const satisfies readonly StudioRole[]
export type BaseRole = (typeof baseRoles)[number]

const permission = z.enum(studioPermissions as [string, ...string[]])
const permissions = z
  .array(permission)
  .min(1)
  .max(studioPermissions.length)
  .transform((names) => studioPermissions.filter((one) => names.includes(one)))

export const customRoleView = z
  .object({
    id,
    name: z.string(),
    description: z.string(),
    baseRole: z.enum(baseRoles),
    permissions: z.array(z.enum(permissionNames)),
    members: z.int().meta({ description: 'How many have it.' }),
    createdAt: time,
    updatedAt: time,
    version,
  })
  .meta({ id: 'CustomRole' })
export type CustomRoleView = z.infer<typeof customRoleView>
export const customRoleList = wholeListOf(customRoleView)

const customRoleFields = z.object({
  name: name(60),
  description: text(300).default(''),
  baseRole: z.enum(baseRoles).meta({
    description: 'What kind of member it makes: those based on `artist` work on projects assigned to them.',
  }),
  permissions,
})
export const createCustomRoleInput = customRoleFields.meta({ id: 'CreateCustomRoleInput' })
export type CreateCustomRoleInput = z.infer<typeof createCustomRoleInput>
export const updateCustomRoleInput = customRoleFields
  .omit({ baseRole: true })
  .extend({ description: text(300) })
  .partial()
  .refine((input) => Object.keys(input).length > 0, { error: 'Name at least one field to change.' })
  .meta({ id: 'UpdateCustomRoleInput' })
export type UpdateCustomRoleInput = z.infer<typeof updateCustomRoleInput>

const resources = [...new Set(studioPermissions.map((one) => one.slice(0, one.indexOf(':'))))]
/** What grants may name: a permission of the studio, or all of one resource. */
export const grantPatterns: readonly string[] = [...studioPermissions, ...resources.map((one) => `${one}:*`)]

export const grantView = z
  .object({
    id,
    userId: id,
    effect: z.enum(['allow', 'deny']),
    permission: z.string().meta({ examples: ['urls:deploy', 'assets:*'] }),
    projectId: id.nullable(),
    assetId: id.nullable(),
    resourceName: z
      .string()
      .nullable()
      .meta({ description: "The pet's name of the project, or the asset's file name." }),
    reason: z.string(),
    expiresAt: time.nullable(),
    active: z.boolean().meta({ description: 'False once it has expired.' }),
    grantedBy: id,
    grantedByName: z.string(),
    createdAt: time,
  })
  .meta({ id: 'PermissionGrant' })
export type GrantView = z.infer<typeof grantView>
export const grantList = wholeListOf(grantView)

export const createGrantInput = z
  .object({
    effect: z.enum(['allow', 'deny']),
    permission: z.enum(grantPatterns as [string, ...string[]]),
    projectId: id.optional(),
    assetId: id.optional(),
    reason: name(300),
    expiresAt: moment.optional().meta({ description: 'Lasts without it.' }),
  })
  .refine((input) => !(input.projectId && input.assetId), {
    error: 'Name a project or an asset, not both.',
    path: ['assetId'],
  })
  .meta({ id: 'CreateGrantInput' })
export type CreateGrantInput = z.infer<typeof createGrantInput>
export const grantParams = z.object({ id, grantId: id })

export const permissionMatrix = z
  .object({
    permissions: z.array(z.object({ name: z.enum(permissionNames), resource: z.string(), description: z.string() })),
    roles: z.array(
      z.object({
        id: z.string().meta({ description: 'The name of a built-in role, or the id of one of the studio.' }),
        name: z.string(),
        level: z.enum(levels),
        builtIn: z.boolean(),
        baseRole: z.enum(roles).nullable(),
        grants: z.array(z.string()).meta({ description: 'As written, with wildcards.' }),
        permissions: z.array(z.enum(permissionNames)).meta({ description: 'As they follow from that.' }),
        assignedOnly: z
          .array(z.enum(permissionNames))
          .meta({ description: 'Those of them that count on assigned projects only.' }),
      }),
    ),
    inheritance: z.array(z.enum(levels)),
    order: z.array(z.enum(decisionRules)).meta({ description: 'In which order the rules decide.' }),
  })
  .meta({ id: 'PermissionMatrix' })
export type PermissionMatrix = z.infer<typeof permissionMatrix>

export const explainQuery = z
  .object({
    permission: z.enum(permissionNames),
    userId: id.optional().meta({ description: 'Yourself without it; others take `roles:read`.' }),
    projectId: id.optional(),
    assetId: id.optional(),
    accountId: id.optional(),
  })
  .refine((query) => [query.projectId, query.assetId, query.accountId].filter(Boolean).length <= 1, {
    error: 'Name one of projectId, assetId and accountId.',
    path: ['projectId'],
  })
export type ExplainQuery = z.infer<typeof explainQuery>
export const explanation = z
  .object({
    allowed: z.boolean(),
    steps: z.array(
      z.object({
        level: z.enum(levels),
        rule: z.enum(decisionRules),
        effect: z.enum(effects).meta({ description: '`none`: the rule had nothing to say here.' }),
        detail: z.string(),
        pattern: z.string().nullable(),
        grant: z.object({ id, reason: z.string(), expiresAt: time.nullable() }).nullable(),
      }),
    ),
  })
  .meta({ id: 'PermissionExplanation' })
export type Explanation = z.infer<typeof explanation>
