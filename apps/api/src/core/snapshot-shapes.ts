import { getTableColumns, getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { apiKeys } from '../db/tables/api-keys.ts'
import { assets } from '../db/tables/assets.ts'
import { builds } from '../db/tables/builds.ts'
import { gameDomains, hostingPages } from '../db/tables/hosting.ts'
import { customRoles, invitations, memberships, organizations, users } from '../db/tables/organizations.ts'
import { permissionGrants } from '../db/tables/permissions.ts'
import { projectFiles, projectImports, projectViews } from '../db/tables/project-files.ts'
import { orders, projects } from '../db/tables/projects.ts'
import { urls } from '../db/tables/urls.ts'
import type { AuditEntity } from './audit.ts'

/**
 * What the record keeps of a column. `plain`: as it is. `personal`: sealed under the person's key; with a `cipher`
 * context it is read from the installation's ciphertext first, and named `as`. `left`: not kept, because it is derived,
 * bulky or counts by itself. `secret`: never kept, and not even handed to the recorder by the database.
 */
export type ColumnRule = 'plain' | 'personal' | { personal: { as: string; cipher: string } } | 'left' | 'secret'

/** How the rows of an entity are kept. `subject` says whose key seals what is personal. */
export interface SnapshotShape {
  table: string
  /** The column whose value is the entity's id in the record. */
  idColumn: string
  columns: Record<string, { name: string; rule: ColumnRule; isTime: boolean }>
  subject(row: Record<string, unknown>): string
}

interface ShapeOptions {
  id?: string
  subject?(row: Record<string, unknown>): string
}

/** Every column has to be named, so that a new one does not compile until somebody has decided about it. */
function shapeOf<T extends PgTable>(
  table: T,
  rules: Record<keyof T['$inferSelect'] & string, ColumnRule>,
  { id = 'id', subject }: ShapeOptions = {},
): SnapshotShape {
  const columns: SnapshotShape['columns'] = {}
  for (const [key, column] of Object.entries(getTableColumns(table)))
    columns[column.name] = {
      name: key,
      rule: (rules as Record<string, ColumnRule>)[key] as ColumnRule,
      isTime: column.getSQLType().startsWith('timestamp'),
    }
  const own = (row: Record<string, unknown>) => String(row[id])
  return { table: getTableName(table), idColumn: id, columns, subject: subject ?? own }
}

const email = (as: string, cipher: string): ColumnRule => ({ personal: { as, cipher } })
/** The studio is said by the record itself. */
const tenant = 'left'

export const snapshotShapes = {
  project: shapeOf(
    projects,
    {
      organizationId: tenant,
      id: 'plain',
      name: 'plain',
      description: 'plain',
      accountId: 'plain',
      contactId: 'plain',
      customerName: 'personal',
      customerEmailCipher: email('customerEmail', 'projects.customer_email'),
      customerEmailIndex: 'secret',
      customerPhoneCipher: email('customerPhone', 'projects.customer_phone'),
      petName: 'plain',
      petBreed: 'plain',
      petAge: 'plain',
      petPersonality: 'plain',
      packageType: 'plain',
      status: 'plain',
      statusBeforeHold: 'plain',
      priority: 'plain',
      assignedArtistId: 'plain',
      startDate: 'plain',
      deadline: 'plain',
      budgetHours: 'plain',
      estimatedHours: 'plain',
      actualHours: 'plain',
      gameConfig: 'plain',
      notes: 'personal',
      orderNumber: 'plain',
      nextBuildNumber: 'left',
      createdAt: 'plain',
      updatedAt: 'plain',
      completedAt: 'plain',
      archivedAt: 'plain',
      deletedAt: 'plain',
      version: 'plain',
      search: 'secret',
    },
    { subject: (row) => String(row['contact_id'] ?? row['id']) },
  ),
  order: shapeOf(orders, {
    organizationId: tenant,
    id: 'plain',
    number: 'plain',
    projectId: 'plain',
    accountId: 'plain',
    contactId: 'plain',
    consentVersion: 'plain',
    consentAt: 'plain',
    enteredBy: 'plain',
    createdAt: 'plain',
  }),
  asset: shapeOf(assets, {
    organizationId: tenant,
    id: 'plain',
    projectId: 'plain',
    assetType: 'plain',
    filename: 'plain',
    originalFilename: 'plain',
    mimeType: 'plain',
    fileSize: 'plain',
    digest: 'plain',
    uploadDigest: 'plain',
    metadata: 'plain',
    processingStatus: 'plain',
    rejectionReason: 'plain',
    uploadKey: 'left',
    uploadedAt: 'plain',
    sourceAssetId: 'plain',
    recipe: 'plain',
    revision: 'plain',
    focalX: 'plain',
    focalY: 'plain',
    uploadedBy: 'plain',
    processedAt: 'plain',
    deletedAt: 'plain',
    createdAt: 'plain',
    updatedAt: 'plain',
    version: 'plain',
  }),
  build: shapeOf(builds, {
    organizationId: tenant,
    id: 'plain',
    projectId: 'plain',
    number: 'plain',
    templateId: 'plain',
    templateVersion: 'plain',
    config: 'plain',
    assets: 'plain',
    unmetWishes: 'plain',
    status: 'plain',
    digest: 'plain',
    sizeBytes: 'plain',
    // Both follow from the digest.
    files: 'left',
    manifest: 'left',
    smoke: 'plain',
    error: 'plain',
    previewGeneration: 'plain',
    attempts: 'plain',
    createdBy: 'plain',
    createdAt: 'plain',
    finishedAt: 'plain',
    version: 'plain',
  }),
  url: shapeOf(urls, {
    organizationId: tenant,
    id: 'plain',
    projectId: 'plain',
    host: 'plain',
    slug: 'plain',
    skeleton: 'left',
    looksKept: 'left',
    status: 'plain',
    reservedAt: 'plain',
    expiresAt: 'plain',
    deployedAt: 'plain',
    endedAt: 'plain',
    liveBuildId: 'plain',
    viewCount: 'left',
    playCount: 'left',
    lastAccessedAt: 'left',
    indexable: 'plain',
    warnedDays: 'plain',
    createdAt: 'plain',
    updatedAt: 'plain',
    version: 'plain',
  }),
  domain: shapeOf(gameDomains, {
    organizationId: tenant,
    id: 'plain',
    domain: 'plain',
    token: 'plain',
    status: 'plain',
    isPrimary: 'plain',
    verifiedAt: 'plain',
    checkedAt: 'left',
    missingSince: 'plain',
    createdAt: 'plain',
    version: 'plain',
  }),
  hosting_page: shapeOf(
    hostingPages,
    {
      organizationId: tenant,
      message: 'plain',
      linkLabel: 'plain',
      linkUrl: 'plain',
      updatedAt: 'plain',
      version: 'plain',
    },
    { id: 'organization_id' },
  ),
  organization: shapeOf(organizations, {
    id: 'plain',
    slug: 'plain',
    name: 'plain',
    tagline: 'plain',
    accent: 'plain',
    requireApproval: 'plain',
    timeZone: 'plain',
    locale: 'plain',
    nextOrderNumber: 'left',
    suspendedAt: 'plain',
    createdAt: 'plain',
    updatedAt: 'plain',
    version: 'plain',
  }),
  membership: shapeOf(
    memberships,
    {
      organizationId: tenant,
      userId: 'plain',
      role: 'plain',
      customRoleId: 'plain',
      accountId: 'plain',
      deactivatedAt: 'plain',
      createdAt: 'plain',
      version: 'plain',
    },
    { id: 'user_id' },
  ),
  invitation: shapeOf(invitations, {
    organizationId: tenant,
    id: 'plain',
    emailCipher: email('email', 'users.email'),
    emailIndex: 'secret',
    role: 'plain',
    invitedBy: 'plain',
    expiresAt: 'plain',
    acceptedAt: 'plain',
    revokedAt: 'plain',
    createdAt: 'plain',
    version: 'plain',
  }),
  user: shapeOf(users, {
    id: 'plain',
    kind: 'plain',
    emailCipher: email('email', 'users.email'),
    emailIndex: 'secret',
    passwordHash: 'secret',
    passwordVersion: 'secret',
    displayName: 'personal',
    avatarKey: 'left',
    timeZone: 'plain',
    locale: 'plain',
    notificationMails: 'plain',
    isSuperAdmin: 'left',
    emailConfirmedAt: 'plain',
    secondFactorAt: 'plain',
    pendingEmailCipher: email('pendingEmail', 'users.email'),
    pendingEmailIndex: 'secret',
    lastSeenAt: 'left',
    createdAt: 'plain',
    updatedAt: 'plain',
    version: 'plain',
  }),
  api_key: shapeOf(apiKeys, {
    organizationId: tenant,
    id: 'plain',
    userId: 'plain',
    name: 'plain',
    prefix: 'plain',
    tokenHash: 'secret',
    scopes: 'plain',
    createdBy: 'plain',
    createdAt: 'plain',
    expiresAt: 'plain',
    lastUsedAt: 'left',
    lastUsedAddress: 'left',
    revokedAt: 'plain',
    revokedBy: 'plain',
    warnedDays: 'plain',
    version: 'plain',
  }),
  project_file: shapeOf(projectFiles, {
    organizationId: tenant,
    id: 'plain',
    projectId: 'plain',
    name: 'plain',
    currentNumber: 'plain',
    createdBy: 'plain',
    createdAt: 'plain',
    updatedAt: 'plain',
    deletedAt: 'plain',
    version: 'plain',
  }),
  project_view: shapeOf(projectViews, {
    organizationId: tenant,
    id: 'plain',
    ownerId: 'plain',
    name: 'plain',
    shared: 'plain',
    layout: 'plain',
    sort: 'plain',
    filters: 'plain',
    columns: 'plain',
    createdAt: 'plain',
    updatedAt: 'plain',
    version: 'plain',
  }),
  project_import: shapeOf(projectImports, {
    organizationId: tenant,
    id: 'plain',
    createdBy: 'plain',
    filename: 'plain',
    storageKey: 'left',
    encoding: 'plain',
    delimiter: 'plain',
    columns: 'plain',
    rowCount: 'plain',
    status: 'plain',
    mode: 'plain',
    mapping: 'plain',
    dateOrder: 'plain',
    importedCount: 'plain',
    failedCount: 'plain',
    passedCount: 'left',
    createdAt: 'plain',
    finishedAt: 'plain',
    version: 'plain',
  }),
  /** A message to somebody: what was sent is in the record's own facts. */
  notification: null,
  /** Rows of sessions hold hashes of tokens and nothing a person sets. */
  session: null,
  /** A passkey is its key, and its name is in the record's own facts. */
  passkey: null,
  custom_role: shapeOf(customRoles, {
    organizationId: tenant,
    id: 'plain',
    name: 'plain',
    description: 'plain',
    baseRole: 'plain',
    permissions: 'plain',
    createdAt: 'plain',
    updatedAt: 'plain',
    version: 'plain',
  }),
  permission_grant: shapeOf(permissionGrants, {
    organizationId: tenant,
    id: 'plain',
    userId: 'plain',
    effect: 'plain',
    permission: 'plain',
    projectId: 'plain',
    assetId: 'plain',
    reason: 'plain',
    expiresAt: 'plain',
    grantedBy: 'plain',
    createdAt: 'plain',
  }),
} satisfies Record<AuditEntity, SnapshotShape | null>
