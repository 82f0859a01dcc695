import { and, eq, inArray, sql } from 'drizzle-orm'
import type { SystemActor } from '../../core/actor.ts'
import { recordAudit } from '../../core/audit.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import type { ErasurePlan } from '../../db/tables/people.ts'
import { projectFiles, projectFileVersions } from '../../db/tables/project-files.ts'

const now = sql`now()` as unknown as string

/** Marks the documents deleted and takes their names; their bytes go with the files. */
export async function blankDocuments(tx: TenantTx, actor: SystemActor, { fileIds }: ErasurePlan): Promise<void> {
  if (fileIds.length === 0) return
  await tx
    .update(projectFiles)
    .set({
      name: 'erased',
      deletedAt: sql`coalesce(${projectFiles.deletedAt}, now())` as unknown as string,
      updatedAt: now,
      version: sql`${projectFiles.version} + 1` as unknown as number,
    })
    .where(and(eq(projectFiles.organizationId, tx.organizationId), inArray(projectFiles.id, fileIds)))
  await tx
    .update(projectFileVersions)
    .set({ filename: 'erased', digest: null })
    .where(and(eq(projectFileVersions.organizationId, tx.organizationId), inArray(projectFileVersions.fileId, fileIds)))
  for (const id of fileIds) await recordAudit(tx, actor, 'personal:erased', { entity: 'project_file', id })
}
