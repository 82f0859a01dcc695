import type pg from 'pg'

/** Tables that are no tenant's: a person is global, and sees what is their own. They have policies of their own. */
const globalTables = [
  'users',
  'sessions',
  'second_factors',
  'recovery_codes',
  'person_mails',
  'passkeys',
  'spent_tokens',
  'installation_facts',
  'operation_runs',
  'platform_log',
  'erased_organizations',
  'erased_addresses',
]
/** Unique over all studios by nature. */
const globalUniques = [
  'organizations_slug_key',
  'organization_slugs_slug_key',
  'urls_slug_key',
  'urls_skeleton_key',
  'url_redirects_slug_key',
  'game_domains_verified_key',
  'api_keys_token_hash_key',
]
const appendOnly = ['audit', 'audit_archive', 'audit_default', 'audit_seal', 'event_log', 'platform_log']
/**
 * Only a table's owner may add or drop its partitions, and erase a studio from every table there is. They take no name
 * from their caller and decide by themselves whether it is time.
 */
const ownerFunctions = ['add_audit_partitions', 'drop_audit_partition', 'audit_partitions_state', 'erase_organization']

const list = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ')

/** Each query answers one line for each breach of the rules that all tables and functions keep. */
const questions = [
  `select format('table %s has no row-level security', t.relname) from tables t where not t.relrowsecurity`,
  `select format('table %s has no tenant column', t.relname) from tables t
   where t.relname <> 'organizations' and t.relname not in (${list(globalTables)}) and not t.tenant`,
  `select format('table %s has no permissive policy of the runtime role', t.relname) from tables t
   where not exists (select from policies p where p.polrelid = t.oid and p.polpermissive)`,
  `select format('table %s has no restrictive tenant policy', t.relname) from tables t
   where t.relname not in (${list(globalTables)}) and not exists (
     select from policies p where p.polrelid = t.oid and not p.polpermissive and p.polcmd = '*'
       and p.qual ~ '^\\(*(organization_id|id) = \\(*NULLIF\\(current_setting\\(''app.current_org''' and p.qual = p.checked)`,
  `select format('%s of %s does not carry the studio', c.conname, t.relname) from tables t join pg_constraint c on c.conrelid = t.oid
   where t.tenant and c.contype = 'p' and t.tenant_column <> c.conkey[1]`,
  `select format('unique index %s of %s does not carry the studio', i.relname, t.relname)
   from tables t join pg_index x on x.indrelid = t.oid join pg_class i on i.oid = x.indexrelid
   where t.tenant and x.indisunique and not (t.tenant_column = any (x.indkey)) and i.relname not in (${list(globalUniques)})`,
  `select format('foreign key %s of %s does not carry the studio', c.conname, t.relname)
   from tables t join pg_constraint c on c.conrelid = t.oid join tables f on f.oid = c.confrelid
   where c.contype = 'f' and t.tenant and f.tenant
     and not exists (select from unnest(c.conkey, c.confkey) as k(mine, theirs) where mine = t.tenant_column and theirs = f.tenant_column)`,
  `select format('the runtime role owns %s', t.relname) from tables t where pg_has_role('app', t.relowner, 'member')`,
  `select format('the runtime role may truncate %s', t.relname) from tables t where has_table_privilege('app', t.oid, 'truncate')`,
  `select format('the runtime role may %s the append-only %s', verb, t.relname)
   from tables t cross join unnest(array['update', 'delete']) as verb
   where t.relname in (${list(appendOnly)})
     and (has_table_privilege('app', t.oid, verb) or (verb = 'update' and has_any_column_privilege('app', t.oid, verb)))`,
  `select format('no trigger keeps %s append-only', t.relname) from tables t
   where t.relname in (${list(appendOnly)}) and not exists (
     select from pg_trigger g join pg_proc p on p.oid = g.tgfoid
     where g.tgrelid = t.oid and p.proname = 'refuse_change' and g.tgenabled = 'O' and (g.tgtype & 56) = 56)`,
  `select format('the runtime role may read the passwords') where has_column_privilege('app', 'users', 'password_hash', 'select')`,
  `select format('function %s runs as its owner without a search_path', p.oid::regprocedure) from functions p
   where p.prosecdef and not exists (select from unnest(p.proconfig) as setting where setting like 'search_path=%')`,
  `select format('function %s may be executed by everybody', p.oid::regprocedure) from functions p
   where has_function_privilege('nobody_in_particular', p.oid, 'execute')`,
  `select format('function %s runs as %s', p.oid::regprocedure, p.proowner::regrole) from functions p
   where p.prosecdef and p.proowner <> 'app_system'::regrole and p.proname not in (${list(ownerFunctions)})`,
  `select format('the runtime role may %s the partition %s', verb, t.relname)
   from tables t join pg_inherits i on i.inhrelid = t.oid cross join unnest(array['select', 'insert', 'update', 'delete']) as verb
   where has_table_privilege('app', t.oid, verb) or (verb <> 'delete' and has_any_column_privilege('app', t.oid, verb))`,
  `select format('role %s may do too much', rolname) from pg_roles
   where rolname in ('app', 'app_system') and (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or (rolname = 'app_system' and rolcanlogin))`,
  `select format('the runtime role is a member of %s', r.rolname) from pg_roles r
   where r.rolname <> 'app' and pg_has_role('app', r.oid, 'member')`,
  `select format('view %s looks with its owner''s eyes', c.relname) from pg_class c
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')
     and not coalesce(c.reloptions @> '{security_invoker=true}', false)`,
  `select format('column %s.%s is an enum, which no index helps under row-level security', t.relname, a.attname)
   from tables t join pg_attribute a on a.attrelid = t.oid join pg_type y on y.oid = a.atttypid where y.typtype = 'e' and a.attnum > 0`,
]

const catalogue = `
  with tables as materialized (
    select c.oid, c.relname, c.relowner, c.relrowsecurity,
      coalesce(a.attnum, case c.relname when 'organizations' then 1 end)::smallint as tenant_column,
      a.attnum is not null as tenant
    from pg_class c left join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  ), policies as materialized (
    select polrelid, polpermissive, polcmd, pg_get_expr(polqual, polrelid) as qual, pg_get_expr(polwithcheck, polrelid) as checked
    from pg_policy where polroles @> array['app'::regrole::oid]
  ), functions as materialized (
    select * from pg_proc where pronamespace in ('public'::regnamespace, 'sys'::regnamespace)
      and not exists (select from pg_depend d where d.objid = pg_proc.oid and d.deptype = 'e')
  )`

/** Everything in which the database breaks the rules of HOUSE.md, one line for each. Needs a superuser or the owner. */
export async function catalogueFaults(client: pg.ClientBase): Promise<string[]> {
  const faults: string[] = []
  for (const question of questions) {
    const { rows } = await client.query<{ format: string }>(`${catalogue} ${question}`)
    faults.push(...rows.map((row) => row.format))
  }
  return faults
}
