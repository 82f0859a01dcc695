import type pg from 'pg'

/** Raised at boot when the database would not keep studios apart. */
export class UnsafeRoleError extends Error {}

/**
 * Refuses a runtime role that could see across studios: a superuser, one with BYPASSRLS, one that owns or is a member
 * of an owner of any table, or a database in which a tenant table has lost its policies.
 */
export async function assertRuntimeRole(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ fault: string }>(`
    select 'the role is a superuser' as fault from pg_roles where rolname = current_user and rolsuper
    union all
    select 'the role has BYPASSRLS' from pg_roles where rolname = current_user and rolbypassrls
    union all
    select 'the role is a member of ' || r.rolname from pg_roles r
      where (r.rolsuper or r.rolbypassrls) and r.rolname <> current_user and pg_has_role(current_user, r.oid, 'member')
    union all
    select 'the role owns ' || c.relname from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
        and pg_has_role(current_user, c.relowner, 'member')
    union all
    select 'table ' || c.relname || ' has no row-level security' from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relrowsecurity
    union all
    select 'table ' || c.relname || ' has no restrictive tenant policy' from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
        and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id')
        and not exists (select 1 from pg_policy p where p.polrelid = c.oid and not p.polpermissive
          and p.polname = 'tenant_isolation')`)
  if (rows.length === 0) return
  const faults = rows.map((row) => `  ${row.fault}`).join('\n')
  throw new UnsafeRoleError(
    `DATABASE_URL names a role that could see across studios, so the server does not start:\n${faults}`,
  )
}
