import { and, desc, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import { byTime, type TimeSort } from '../../core/by-time.ts'
import { toPage } from '../../core/cursor.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { fields, statement } from '../../core/statement.ts'
import { users } from '../../db/tables/organizations.ts'
import { projectFiles as f, projectFileVersions as v } from '../../db/tables/project-files.ts'

const versionColumns = {
  id: v.id,
  fileId: v.fileId,
  number: v.number,
  filename: v.filename,
  mimeType: v.mimeType,
  sizeBytes: v.sizeBytes,
  digest: v.digest,
  storageKey: v.storageKey,
  uploadedBy: v.uploadedBy,
  uploadedByName: sql<string | null>`${users.displayName}`,
  arrivedAt: v.arrivedAt,
}
const fileColumns = {
  id: f.id,
  projectId: f.projectId,
  name: f.name,
  currentNumber: f.currentNumber,
  createdAt: f.createdAt,
  updatedAt: f.updatedAt,
  version: f.version,
}
const isCurrent = and(eq(v.organizationId, f.organizationId), eq(v.fileId, f.id), eq(v.number, f.currentNumber))

/** A file with its newest version. */
function selectFiles(tx: TenantTx) {
  return tx
    .select({ file: fileColumns, current: versionColumns })
    .from(f)
    .innerJoin(v, isCurrent)
    .leftJoin(users, eq(users.id, v.uploadedBy))
    .$dynamic()
}
export type FileRow = Awaited<ReturnType<typeof selectFiles>>[number]
export type VersionRow = FileRow['current']

export function countFileRows(tx: TenantTx, projectId: string): Promise<number> {
  return tx.$count(f, and(eq(f.organizationId, tx.organizationId), eq(f.projectId, projectId), isNull(f.deletedAt)))
}

/** One page of a project's files. */
export async function listFileRows(
  tx: TenantTx,
  projectId: string,
  page: { limit: number; cursor?: string; sort: TimeSort },
) {
  const { after, order } = byTime(page.sort, f.createdAt, f.id, page.cursor)
  const rows = await selectFiles(tx)
    .where(and(eq(f.organizationId, tx.organizationId), eq(f.projectId, projectId), isNull(f.deletedAt), after))
    .orderBy(...order)
    .limit(page.limit + 1)
  return toPage(rows, page.limit, page.sort, ({ file }) => [file.createdAt, file.id])
}

export async function findFileRow(tx: TenantTx, id: string): Promise<FileRow | undefined> {
  const [row] = await selectFiles(tx).where(
    and(eq(f.organizationId, tx.organizationId), eq(f.id, id), isNull(f.deletedAt)),
  )
  return row
}

/** Locks a file that is not deleted, so that what is decided on it still holds when it is written. */
export async function lockFile(tx: TenantTx, id: string) {
  const [row] = await tx
    .select()
    .from(f)
    .where(and(eq(f.organizationId, tx.organizationId), eq(f.id, id), isNull(f.deletedAt)))
    .for('update')
  return row
}

export async function insertFile(tx: TenantTx, values: Omit<typeof f.$inferInsert, 'organizationId'>): Promise<void> {
  await tx.insert(f).values({ ...values, organizationId: tx.organizationId })
}

type FileChanges = Partial<Pick<typeof f.$inferInsert, 'name' | 'currentNumber' | 'deletedAt'>>

export async function updateFile(tx: TenantTx, id: string, changes: FileChanges): Promise<void> {
  await tx
    .update(f)
    .set({ ...changes, updatedAt: sql`now()`, version: sql`${f.version} + 1` })
    .where(and(eq(f.organizationId, tx.organizationId), eq(f.id, id)))
}

/** Every version that has arrived, newest first. */
export function listVersionRows(tx: TenantTx, fileId: string): Promise<VersionRow[]> {
  return tx
    .select(versionColumns)
    .from(v)
    .leftJoin(users, eq(users.id, v.uploadedBy))
    .where(and(eq(v.organizationId, tx.organizationId), eq(v.fileId, fileId), isNotNull(v.number)))
    .orderBy(desc(v.number))
    .limit(200)
}

export async function insertVersion(
  tx: TenantTx,
  values: Omit<typeof v.$inferInsert, 'organizationId'>,
): Promise<void> {
  await tx.insert(v).values({ ...values, organizationId: tx.organizationId })
}

/** An upload by its id, whether it has arrived or not. */
export async function findVersion(tx: TenantTx, id: string) {
  const [row] = await tx
    .select({ ...versionColumns, projectId: f.projectId })
    .from(v)
    .innerJoin(f, and(eq(f.organizationId, v.organizationId), eq(f.id, v.fileId)))
    .leftJoin(users, eq(users.id, v.uploadedBy))
    .where(and(eq(v.organizationId, tx.organizationId), eq(v.id, id), isNull(f.deletedAt)))
  return row
}

export async function markArrived(
  tx: TenantTx,
  id: string,
  arrived: { number: number; digest: string; storageKey: string },
) {
  await tx
    .update(v)
    .set({ ...arrived, arrivedAt: sql`now()` })
    .where(and(eq(v.organizationId, tx.organizationId), eq(v.id, id)))
}

/** Forgets an upload that has not arrived, and its file where this was to be the first version. */
export async function deleteWaiting(tx: TenantTx, id: string): Promise<void> {
  const [gone] = await tx
    .delete(v)
    .where(and(eq(v.organizationId, tx.organizationId), eq(v.id, id), isNull(v.number)))
    .returning({ fileId: v.fileId })
  if (!gone) return
  await tx
    .delete(f)
    .where(
      and(
        eq(f.organizationId, tx.organizationId),
        eq(f.id, gone.fileId),
        eq(f.currentNumber, 0),
        sql`not exists (select 1 from ${v} where ${v.organizationId} = ${f.organizationId} and ${v.fileId} = ${f.id})`,
      ),
    )
}

/** Uploads of a day ago or longer that never arrived. */
export function listWaiting(tx: TenantTx, most: number) {
  return tx
    .select({ id: v.id, storageKey: v.storageKey })
    .from(v)
    .where(
      and(eq(v.organizationId, tx.organizationId), isNull(v.arrivedAt), lt(v.createdAt, sql`now() - interval '1 day'`)),
    )
    .limit(most)
}

/** The version behind a signed link; none where its file is deleted. */
export const linkedVersion = statement<{ organizationId: string; id: string }>('project-files.linked')((q) =>
  q
    .select(fields({ fileId: f.id, projectId: f.projectId, storageKey: v.storageKey, digest: v.digest, name: f.name }))
    .from(v)
    .innerJoin(f, and(eq(f.organizationId, v.organizationId), eq(f.id, v.fileId)))
    .where(
      and(
        eq(v.organizationId, sql.placeholder('organizationId')),
        eq(v.id, sql.placeholder('id')),
        isNotNull(v.number),
        isNull(f.deletedAt),
      ),
    ),
)
