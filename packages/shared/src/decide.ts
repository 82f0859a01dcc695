import { coveringPattern, isAccountRole, type Permission, type Role, rolePermissions } from './permissions.ts'

/** More or less than somebody's role gives, for one person: everywhere in the studio, or on one project or asset. */
export interface Grant {
  id: string
  effect: 'allow' | 'deny'
  /** `resource:action` or `resource:*`. */
  permission: string
  projectId: string | null
  assetId: string | null
  /** Without effect from then on, by the clock; null lasts. */
  expiresAt: string | null
}

/** Who is asking, as sessions, `GET /me` and jobs know them. */
export interface Subject {
  userId: string
  /** Null for somebody without a studio, and for guests. */
  role: Role | null
  accountId: string | null
  /** What the role gives, as patterns: the built-in one, or the studio's own in its place. */
  permissions: readonly string[]
  grants?: readonly Grant[]
  /** The patterns a key is limited to; null or absent for a person. */
  scopes?: readonly string[] | null
  /** Of a guest: the one project that their review link is of. */
  guestOf?: string
}

/** What is acted on. A fact that is left out is not known, and no rule decides on it. */
export interface Resource {
  projectId?: string | null
  assetId?: string | null
  accountId?: string | null
  assignedArtistId?: string | null
}

export const levels = ['platform', 'organization', 'account', 'resource'] as const
export const decisionRules = ['platform', 'guest', 'denial', 'scope', 'account', 'grant', 'role', 'assigned'] as const
export const effects = ['allow', 'deny', 'none'] as const
export type DecisionRule = (typeof decisionRules)[number]

/** One rule that was looked at. `none`: it had nothing to say here. */
export interface Step {
  level: (typeof levels)[number]
  rule: DecisionRule
  effect: (typeof effects)[number]
  /** The pattern that decided: of the role, of the key or of the grant. */
  pattern?: string
  grantId?: string
}

/** How a rule can come out: one sentence for each is in the messages. */
export type Outcome =
  | `${'platform' | 'guest' | 'role' | 'assigned'}.${'allow' | 'deny'}`
  | `${'denial' | 'scope' | 'account'}.${'deny' | 'none'}`
  | `grant.${'allow' | 'none'}`

export function outcomeOf({ rule, effect }: Pick<Step, 'rule' | 'effect'>): Outcome {
  // The pairs that `decide` makes, which the types of a step do not tell apart.
  return `${rule}.${effect}` as Outcome
}

export interface Decision {
  allowed: boolean
  /** In the order in which they were looked at; the last one decided. */
  steps: Step[]
}

/** What artists do on projects assigned to them only; looking around, tasks and comments are theirs everywhere. */
export const assignedOnly: readonly string[] = [
  'projects:update',
  'projects:delete',
  'projects:assign',
  'assets:*',
  'builds:*',
  'urls:create',
  'urls:update',
  'urls:delete',
  'urls:deploy',
  'messages:*',
]

/**
 * Whether somebody may do something, and why: the one decision that the API, its sockets and jobs, and the pages make.
 * A guest has the scope of their link and nothing else. A denial wins over everything; a key never reaches beyond its scopes, nor a customer beyond their account; then a
 * grant decides, then the role, and what a role gives is narrowed by the rules of the resource. Without a resource the
 * question is whether it may be done in the studio at all: grants and denials that name a resource do not count then.
 */
export function decide(subject: Subject, action: Permission, resource: Resource = {}, now = Date.now()): Decision {
  const steps: Step[] = []
  const end = (allowed: boolean, step: Step): Decision => ({ allowed, steps: [...steps, step] })
  if (action.startsWith('platform:')) {
    const pattern = subject.role === null ? coveringPattern(subject.permissions, action) : undefined
    return end(pattern !== undefined, {
      level: 'platform',
      rule: 'platform',
      effect: pattern ? 'allow' : 'deny',
      pattern,
    })
  }
  if (subject.guestOf) return end(...asGuest(subject, subject.guestOf, action, resource))
  if (subject.role === null) return end(false, { level: 'platform', rule: 'platform', effect: 'deny' })

  const grants = (subject.grants ?? []).filter((grant) => counts(grant, action, resource, now))
  const denial = grants.find((grant) => grant.effect === 'deny')
  if (denial) return end(false, stepOf(denial, 'denial', 'deny'))
  steps.push({ level: 'organization', rule: 'denial', effect: 'none' })

  if (subject.scopes) {
    const pattern = coveringPattern(subject.scopes, action)
    if (!pattern) return end(false, { level: 'organization', rule: 'scope', effect: 'deny' })
    steps.push({ level: 'organization', rule: 'scope', effect: 'none', pattern })
  }
  if (isAccountRole(subject.role)) {
    const outside = leavesAccount(subject, action, resource)
    if (outside) return end(false, { level: 'account', rule: 'account', effect: 'deny' })
    steps.push({ level: 'account', rule: 'account', effect: 'none' })
  }

  const grant = grants.find(({ effect }) => effect === 'allow')
  if (grant) return end(true, stepOf(grant, 'grant', 'allow'))
  steps.push({ level: 'organization', rule: 'grant', effect: 'none' })

  const level = isAccountRole(subject.role) ? 'account' : 'organization'
  const pattern = coveringPattern(subject.permissions, action)
  const role: Step = { level, rule: 'role', effect: pattern ? 'allow' : 'deny', pattern }
  const { assignedArtistId } = resource
  const narrowed = subject.role === 'artist' && coveringPattern(assignedOnly, action) !== undefined
  if (!pattern || !narrowed || assignedArtistId === undefined) return end(pattern !== undefined, role)
  steps.push(role)
  const assigned = assignedArtistId === subject.userId
  return end(assigned, { level: 'resource', rule: 'assigned', effect: assigned ? 'allow' : 'deny' })
}

/** A guest does what the link's scope names, and nothing to what is not known to be of the link's project. */
function asGuest(subject: Subject, guestOf: string, action: Permission, resource: Resource): [boolean, Step] {
  const elsewhere =
    Object.values(resource).some((fact) => fact !== undefined && fact !== null) && resource.projectId !== guestOf
  const pattern = elsewhere ? undefined : coveringPattern(subject.permissions, action)
  return [pattern !== undefined, { level: 'resource', rule: 'guest', effect: pattern ? 'allow' : 'deny', pattern }]
}

function counts(grant: Grant, action: Permission, { projectId, assetId }: Resource, now: number): boolean {
  if (coveringPattern([grant.permission], action) === undefined) return false
  if (grant.expiresAt !== null && Date.parse(grant.expiresAt) <= now) return false
  if (grant.assetId) return grant.assetId === assetId
  return !grant.projectId || grant.projectId === projectId
}

function stepOf(grant: Grant, rule: 'denial' | 'grant', effect: 'deny' | 'allow'): Step {
  const level = grant.projectId || grant.assetId ? 'resource' : 'organization'
  return { level, rule, effect, pattern: grant.permission, grantId: grant.id }
}

/** Customers never act beyond their account, nor do what no customer may: not even by a grant. */
function leavesAccount(subject: Subject, action: Permission, { accountId }: Resource): boolean {
  if (coveringPattern(rolePermissions.owner, action) === undefined) return true
  return accountId !== undefined && (accountId === null || accountId !== subject.accountId)
}

/** The projects that somebody is denied one action on, by a denial that names them. */
export function deniedProjects(subject: Subject, action: Permission, now = Date.now()): string[] {
  return (subject.grants ?? []).flatMap((grant) =>
    grant.effect === 'deny' && grant.projectId && counts(grant, action, { projectId: grant.projectId }, now)
      ? [grant.projectId]
      : [],
  )
}

/** The assets that somebody is denied one action on, by a denial that names them. */
export function deniedAssets(subject: Subject, action: Permission, now = Date.now()): string[] {
  return (subject.grants ?? []).flatMap((grant) =>
    grant.effect === 'deny' && grant.assetId && counts(grant, action, { assetId: grant.assetId }, now)
      ? [grant.assetId]
      : [],
  )
}

/** Whether a grant or a denial that names a project or an asset may decide on this action. */
export function dependsOnResource(subject: Subject, action: Permission): boolean {
  return (subject.grants ?? []).some(
    (grant) => (grant.projectId ?? grant.assetId) !== null && coveringPattern([grant.permission], action) !== undefined,
  )
}
