import { z } from 'zod'
import { commentCounts } from './comments.ts'
import { listOf, pageQuery, sortedBy } from './lists.ts'
import { digest, id, name, prose, text, time, version } from './text.ts'

/** What can be looked at: a build of the game, a drawn sprite, another picture or sound, or a document. */
export const deliverableKinds = ['build', 'sprite', 'picture', 'file'] as const
export type DeliverableKind = (typeof deliverableKinds)[number]

/** `superseded`: a newer version of the same deliverable was sent before anybody had decided. */
export const versionStatuses = ['draft', 'waiting', 'approved', 'changes_requested', 'superseded'] as const
export type VersionStatus = (typeof versionStatuses)[number]

export const reviewDecisions = ['approve', 'request_changes'] as const
export type ReviewDecision = (typeof reviewDecisions)[number]

/** Who of an account has to approve: one of its owners, or each of them. */
export const approverRules = ['one', 'all'] as const
export type ApproverRule = (typeof approverRules)[number]

const changelog = text(4000)

export const createVersionInput = z
  .object({
    buildId: id.optional().meta({ description: 'A passed build.' }),
    assetId: id.optional().meta({ description: 'A ready asset, as it is now.' }),
    fileVersionId: id.optional().meta({ description: 'A version of a document.' }),
    changelog: changelog.default(''),
  })
  .refine(
    ({ buildId, assetId, fileVersionId }) =>
      [buildId, assetId, fileVersionId].filter((one) => one !== undefined).length === 1,
    { error: 'Name exactly one of buildId, assetId and fileVersionId.' },
  )
  .meta({ id: 'CreateVersionInput' })
export type CreateVersionInput = z.infer<typeof createVersionInput>

export const updateVersionInput = z.object({ changelog }).meta({ id: 'UpdateVersionInput' })

export const decideVersionInput = z
  .object({
    decision: z.enum(reviewDecisions),
    note: prose(2000).default('').meta({ description: 'Needed with `request_changes` unless a checklist says it.' }),
    checklist: z.array(name(300)).max(20).default([]).meta({ description: 'What has to change, point by point.' }),
    ticked: z
      .array(name(300))
      .max(20)
      .optional()
      .meta({ description: "Which of the version's `points` hold. A customer's approval needs all of them." }),
  })
  .meta({ id: 'DecideVersionInput' })
export type DecideVersionInput = z.infer<typeof decideVersionInput>

/** A point of the studio's checklist, and whether it was ticked when somebody decided. */
export const reviewPoint = z.object({ text: z.string(), ticked: z.boolean() })
export type ReviewPoint = z.infer<typeof reviewPoint>

export const decisionView = z
  .object({
    decision: z.enum(reviewDecisions),
    note: z.string(),
    checklist: z.array(z.string()),
    points: z.array(reviewPoint).meta({ description: "The studio's points as they were then." }),
    by: z.string().nullable(),
    guest: z.boolean().meta({ description: 'By somebody with a review link, under the name they gave.' }),
    mine: z.boolean(),
    onBehalf: z
      .boolean()
      .meta({ description: "Recorded by the studio in the customer's name; it settles the review." }),
    at: time,
  })
  .meta({ id: 'ReviewDecision' })
export type DecisionView = z.infer<typeof decisionView>

export const lookAtReasons = ['newest', 'approved'] as const

export const versionView = z
  .object({
    id,
    projectId: id,
    petName: z.string(),
    kind: z.enum(deliverableKinds),
    deliverableId: id.meta({
      description: 'What the numbers count: the asset, the document, or for builds the project.',
    }),
    deliverableName: z.string().nullable().meta({ description: 'Null for the game itself.' }),
    number: z.int(),
    changelog: z.string(),
    status: z.enum(versionStatuses),
    digest,
    buildId: id.nullable(),
    assetId: id.nullable(),
    fileVersionId: id.nullable(),
    previewUrl: z.string().nullable().meta({ description: 'Where the game of this version is played.' }),
    fileUrl: z
      .string()
      .nullable()
      .meta({ description: 'The picture, by a signed link. Documents and sounds are taken along by a download.' }),
    lookAt: z
      .object({ versionId: id, number: z.int(), because: z.enum(lookAtReasons) })
      .nullable()
      .meta({ description: 'The version to look at: the newest sent one, unless one is approved.' }),
    decisions: z.array(decisionView),
    approversLeft: z
      .int()
      .nullable()
      .meta({ description: 'How many owners still have to approve, where all of them must; else null.' }),
    mayDecide: z.boolean(),
    points: z.array(z.string()).meta({ description: 'What whoever approves it has to tick.' }),
    comments: commentCounts,
    createdByName: z.string().nullable(),
    createdAt: time,
    sentAt: time.nullable(),
    decidedAt: time.nullable(),
    version,
  })
  .meta({ id: 'Version' })
export type VersionView = z.infer<typeof versionView>
export const versionList = listOf(versionView)
export const listVersionsQuery = pageQuery.extend({
  ...sortedBy('-createdAt', 'createdAt'),
  kind: z.enum(deliverableKinds).optional(),
  status: z.enum(versionStatuses).optional(),
})
export type ListVersionsQuery = z.infer<typeof listVersionsQuery>

/** What a deploy of a project's builds is decided on. */
export const approvalView = z
  .object({
    required: z.boolean().meta({ description: "What counts: the project's own rule, or the studio's." }),
    requireApproval: z.boolean().nullable().meta({ description: "The project's own rule; null: as the studio." }),
    studioRequiresApproval: z.boolean(),
    approvers: z.enum(approverRules),
    approved: z
      .object({ versionId: id, number: z.int(), buildId: id, digest })
      .nullable()
      .meta({ description: 'The newest approved build; builds of the same digest may be deployed.' }),
    approvedDigests: z.array(digest).meta({ description: 'Every digest that may be deployed, newest first.' }),
    version: version.meta({ description: "The project's." }),
  })
  .meta({ id: 'ProjectApproval' })
export type ApprovalView = z.infer<typeof approvalView>

export const updateApprovalInput = z
  .object({ requireApproval: z.boolean().nullable(), approvers: z.enum(approverRules) })
  .partial()
  .refine((input) => Object.keys(input).length > 0, { error: 'Name at least one field to change.' })
  .meta({ id: 'UpdateProjectApprovalInput' })
export type UpdateApprovalInput = z.infer<typeof updateApprovalInput>
