import {
  assignedOnly,
  decide,
  decisionRules,
  levels,
  outcomeOf,
  type Resource,
  type Step,
  type Subject,
} from '@sparkle/shared/decide'
import { en } from '@sparkle/shared/messages/en'
import {
  accountRoles,
  allows,
  permissionNames,
  rolePermissions,
  roles,
  superAdminPermissions,
} from '@sparkle/shared/permissions'
import type { Explanation, ExplainQuery, PermissionMatrix } from '@sparkle/shared/roles'
import { eq } from 'drizzle-orm'
import { createTranslator } from 'use-intl/core'
import { can, type UserActor } from '../../core/actor.ts'
import { forbidden, notFound } from '../../core/app-error.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { findResource } from '../../core/resources.ts'
import { findSubject, type MemberSubject } from '../../core/subjects.ts'
import { accounts } from '../../db/tables/organizations.ts'
import { listGrants } from './grants.queries.ts'
import { listRoles } from './roles.queries.ts'

const t = createTranslator({ locale: 'en', messages: en, namespace: 'permissions' })

/** Why somebody may, or may not: the decision itself, step by step. About others for those who may see roles. */
export async function explain(tx: TenantTx, actor: UserActor, query: ExplainQuery): Promise<Explanation> {
  const userId = query.userId ?? actor.userId
  if (userId !== actor.userId && !can(actor, 'roles:read'))
    forbidden('auth.forbidden', 'To ask about others needs the permission roles:read.')
  const subject = await subjectOf(tx, actor, userId)
  const { allowed, steps } = decide(subject, query.permission, await resourceOf(tx, actor, query))
  const reasons = new Map((await listGrants(tx, userId)).map((grant) => [grant.id, grant]))
  return {
    allowed,
    steps: steps.map((step) => {
      const grant = step.grantId ? reasons.get(step.grantId) : undefined
      return {
        level: step.level,
        rule: step.rule,
        effect: step.effect,
        detail: sentence(step, subject, grant?.reason ?? ''),
        pattern: step.pattern ?? null,
        grant: grant ? { id: grant.id, reason: grant.reason, expiresAt: grant.expiresAt } : null,
      }
    }),
  }
}

/** For oneself as one is now, with the limits of a key; for others as their next request would find them. */
async function subjectOf(tx: TenantTx, actor: UserActor, userId: string): Promise<MemberSubject> {
  const subject = (await findSubject(tx, userId)) ?? notFound('user')
  return userId === actor.userId ? { ...subject, scopes: actor.scopes } : subject
}

function sentence(step: Step, subject: MemberSubject, reason: string): string {
  const role = subject.customRole?.name ?? (subject.role ? en.web.role[subject.role] : '')
  return t(`steps.${outcomeOf(step)}`, { role, reason, pattern: step.pattern ?? '', where: step.level })
}

/** Throws 404 for what the asker may not see. */
async function resourceOf(tx: TenantTx, actor: UserActor, query: ExplainQuery): Promise<Resource | undefined> {
  const { projectId, assetId, accountId } = query
  if (accountId) {
    const [found] = await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, accountId))
    return found && can(actor, 'projects:read', { accountId }) ? { accountId } : notFound('account')
  }
  if (!projectId && !assetId) return undefined
  const resource = projectId
    ? await findResource(tx, 'projects', projectId)
    : await findResource(tx, 'assets', assetId ?? '')
  const seen = resource && (can(actor, 'projects:read', resource) || can(actor, query.permission, resource))
  return seen ? resource : notFound(projectId ? 'project' : 'asset')
}

/** Who may what by role, the studio's own roles among them. */
export async function describeMatrix(tx: TenantTx): Promise<PermissionMatrix> {
  const builtIn = roles.map((role) => ({
    id: role,
    name: en.web.role[role],
    level: (accountRoles as readonly string[]).includes(role) ? ('account' as const) : ('organization' as const),
    builtIn: true,
    baseRole: role,
    grants: [...rolePermissions[role]],
  }))
  const own = (await listRoles(tx)).map(({ id, name, baseRole, permissions }) => ({
    id,
    name,
    level: 'organization' as const,
    builtIn: false,
    baseRole,
    grants: [...permissions],
  }))
  const operator = {
    id: 'super_admin',
    name: en.web.role.superAdmin,
    level: 'platform' as const,
    builtIn: true,
    baseRole: null,
    grants: [...superAdminPermissions],
  }
  return {
    permissions: permissionNames.map((name) => ({
      name,
      resource: name.slice(0, name.indexOf(':')),
      description: t(`names.${name}`),
    })),
    roles: [operator, ...builtIn, ...own].map((role) => ({ ...role, ...followingFrom(role) })),
    inheritance: [...levels],
    order: [...decisionRules],
  }
}

/** What the decision makes of a role's grants, rather than what they look like. */
function followingFrom({ baseRole, grants }: { baseRole: Subject['role']; grants: readonly string[] }) {
  const subject: Subject = { userId: '', role: baseRole, accountId: null, permissions: grants }
  const permissions = permissionNames.filter((name) => decide(subject, name).allowed)
  return {
    permissions,
    assignedOnly: permissions.filter((name) => baseRole === 'artist' && allows(assignedOnly, name)),
  }
}
