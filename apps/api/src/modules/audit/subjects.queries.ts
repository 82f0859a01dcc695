import { sql } from 'drizzle-orm'
import type { AuditSubject } from '@sparkle/shared/audit'
import type { TenantTx } from '../../core/in-tenant.ts'
import type { AuditRecord } from './audit.queries.ts'

const nobody: AuditSubject = { name: null, number: null, project: null }
const keyOf = (entity: string, id: string, projectId: string | null) => `${entity} ${id} ${projectId ?? ''}`

/**
 * What the entries are about as it is called today: the log itself keeps ids. Null where the thing is gone or has no name
 * of its own.
 */
export async function namesOf(
  tx: TenantTx,
  records: readonly AuditRecord[],
): Promise<(record: AuditRecord) => AuditSubject> {
  const asked = new Map(
    records.map(({ row: { entity, entityId: id, projectId: project_id } }) => [
      keyOf(entity, id, project_id),
      { entity, id, project_id },
    ]),
  )
  if (asked.size === 0) return () => nobody
  const mine = (table: string, entity: string) =>
    sql.raw(`${table}.organization_id = x.organization_id and ${table}.id = x.id and x.entity = '${entity}'`)
  const { rows } = await tx.execute<AuditSubject & { entity: string; id: string; projectId: string | null }>(sql`
    select x.entity, x.id, x.project_id as "projectId", p.pet_name as project, coalesce(b.number, v.number) as number,
      coalesce(a.original_filename, f.name, '/' || u.slug || '/', c.name, r.name, k.name, person.display_name) as name
    from (select ${tx.organizationId}::uuid as organization_id, * from
      jsonb_to_recordset(${JSON.stringify([...asked.values()])}::jsonb) as asked(entity text, id uuid, project_id uuid)) as x
    left join projects p on p.organization_id = x.organization_id
      and p.id = case x.entity when 'project' then x.id else x.project_id end
    left join assets a on ${mine('a', 'asset')}
    left join project_files f on ${mine('f', 'project_file')}
    left join builds b on ${mine('b', 'build')}
    left join deliverable_versions v on ${mine('v', 'version')}
    left join urls u on ${mine('u', 'url')}
    left join accounts c on ${mine('c', 'account')}
    left join custom_roles r on ${mine('r', 'custom_role')}
    left join api_keys k on ${mine('k', 'api_key')}
    left join users person on person.id = x.id and x.entity in ('user', 'membership')`)
  const known = new Map(rows.map(({ entity, id, projectId, ...subject }) => [keyOf(entity, id, projectId), subject]))
  return ({ row }) => known.get(keyOf(row.entity, row.entityId, row.projectId)) ?? nobody
}
