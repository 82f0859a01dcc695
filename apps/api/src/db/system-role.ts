import type pg from 'pg'

/**
 * In what the role could see across studios: it bypasses policies itself, could become a role that does (a member may
 * SET ROLE, and server programs and files lead to the superuser), owns what the policies protect, or reaches a table or
 * a partition that has none. Each line is one fault.
 */
const question = `
  with tables as (
    select c.oid, c.relname, c.relkind, c.relowner, c.relrowsecurity, c.relispartition, c.reloptions from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
  )
  select 'the role ' || what as fault from pg_roles r, lateral (values
      (r.rolsuper, 'is a superuser'), (r.rolbypassrls, 'has BYPASSRLS'),
      (r.rolcreaterole, 'may create roles'), (r.rolreplication, 'may replicate the whole database')
    ) as power(has, what) where r.rolname = current_user and has
  union all
  select 'the role is a member of ' || r.rolname from pg_roles r
    where r.rolname <> current_user and pg_has_role(current_user, r.oid, 'member')
      and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolreplication
        or r.rolname in ('app_system', 'pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files'))
  union all
  select 'the role owns ' || relname from tables where pg_has_role(current_user, relowner, 'member')
  union all
  select 'table ' || relname || ' has no row-level security' from tables where relkind in ('r', 'p') and not relrowsecurity
  union all
  select 'table ' || relname || ' has no restrictive tenant policy' from tables t
    where relkind in ('r', 'p')
      and exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = 'organization_id')
      and not exists (select from pg_policy p where p.polrelid = t.oid and not p.polpermissive
        and p.polname = 'tenant_isolation')
  union all
  select 'the role has rights on the partition ' || relname from tables
    where relispartition and (has_any_column_privilege(oid, 'select, insert, update') or has_table_privilege(oid, 'delete'))
  union all
  select 'view ' || relname || ' looks with the eyes of its owner' from tables
    where (relkind in ('m', 'f') or (relkind = 'v' and not coalesce(reloptions @> '{security_invoker=true}', false)))
      and has_any_column_privilege(oid, 'select')`

export async function listRoleFaults(client: Pick<pg.Pool, 'query'>): Promise<string[]> {
  const { rows } = await client.query<{ fault: string }>(question)
  return rows.map((row) => row.fault)
}
