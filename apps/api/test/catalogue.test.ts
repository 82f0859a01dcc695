import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { assertRuntimeRole, UnsafeRoleError } from '../src/db/assert-role.ts'
import { listRoleFaults } from '../src/db/system-role.ts'
import { catalogueFaults } from './catalogue-faults.ts'
import { cloneDatabase, type TestDatabase } from './database.ts'

let database: TestDatabase
let owner: pg.Client
let runtime: pg.Pool
const bystander = 'nobody_in_particular'

beforeAll(async () => {
  database = await cloneDatabase()
  const { superUrl } = inject('postgres')
  const superuser = new pg.Client({ connectionString: superUrl })
  await superuser.connect()
  await superuser.query(
    `do $$ begin if not exists (select from pg_roles where rolname = '${bystander}') then create role ${bystander}; end if; end $$`,
  )
  await superuser.end()
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  runtime = new pg.Pool({ connectionString: database.appUrl, max: 1 })
})
afterAll(async () => {
  await Promise.all([owner.end(), runtime.end()])
  await database.drop()
})

/** What the catalogue says after a change that is taken back again. */
async function faultsAfter(change: string): Promise<string[]> {
  await owner.query('begin')
  try {
    await owner.query(change)
    return await catalogueFaults(owner)
  } finally {
    await owner.query('rollback')
  }
}

const policies = (table: string) => `
  alter table ${table} enable row level security;
  create policy tenant_rows on ${table} to app using (true) with check (true);
  create policy tenant_isolation on ${table} as restrictive to app
    using (organization_id = nullif(current_setting('app.current_org', true), '')::uuid)
    with check (organization_id = nullif(current_setting('app.current_org', true), '')::uuid);`

describe('the catalogue', () => {
  test('keeps the rules on all tables and functions', async () => {
    expect(await catalogueFaults(owner)).toEqual([])
  })

  test('passes a new table that keeps them: the control of the next tests', async () => {
    const decent =
      'create table toys (organization_id uuid not null references organizations, id uuid, primary key (organization_id, id));'
    expect(await faultsAfter(decent + policies('toys'))).toEqual([])
  })

  test.each([
    [
      'table toys has no row-level security',
      'create table toys (organization_id uuid, id uuid, primary key (organization_id, id))',
    ],
    [
      'table toys has no restrictive tenant policy',
      'create table toys (organization_id uuid, id uuid); alter table toys enable row level security',
    ],
    [
      'table toys has no tenant column',
      'create table toys (id uuid primary key); alter table toys enable row level security',
    ],
    [
      'toys_pkey of toys does not carry the studio',
      `create table toys (organization_id uuid, id uuid primary key);${policies('toys')}`,
    ],
    [
      'foreign key toys_project_id_fkey of toys does not carry the studio',
      `create unique index only_for_the_test on projects (id);
       create table toys (organization_id uuid, id uuid, project_id uuid references projects (id), primary key (organization_id, id));${policies('toys')}`,
    ],
    [
      'unique index toys_name_key of toys does not carry the studio',
      `create table toys (organization_id uuid, name text unique);${policies('toys')}`,
    ],
    ['the runtime role may update the append-only audit', 'grant update on audit to app'],
    ['the runtime role may select the partition audit_default', 'grant select on audit_default to app'],
    [
      'table audit_2001_01 has no row-level',
      "create table audit_2001_01 partition of audit for values from ('00000000-0000-0000-0000-000000000000') to ('00e3b000-0000-0000-0000-000000000000')",
    ],
    ['no trigger keeps event_log append-only', 'drop trigger event_log_append_only on event_log'],
    ['function peek() may be executed by everybody', "create function peek() returns int language sql as 'select 1'"],
    [
      'function peek() runs as its owner without a search_path',
      "create function peek() returns int language sql security definer as 'select 1'",
    ],
    ['view peeks looks with its owner', 'create view peeks as select * from projects'],
    [
      'column toys.mood is an enum',
      "create type mood as enum ('happy'); create table toys (organization_id uuid, mood mood)",
    ],
    ['the runtime role may read the passwords', 'grant select on users to app'],
  ])('goes red: %s', async (fault, change) => {
    expect(await faultsAfter(change)).toContainEqual(expect.stringContaining(fault))
  })

  test('every function with more rights than its caller stands in the record of look-ups', async () => {
    const record = await readFile(new URL('../../../docs/decisions/0004-system-look-ups.md', import.meta.url), 'utf8')
    const { rows } = await owner.query<{ name: string }>(
      `select distinct proname as name from pg_proc
       where pronamespace = 'sys'::regnamespace and prosecdef and prorettype <> 'trigger'::regtype order by 1`,
    )
    expect(rows.length).toBeGreaterThan(50)
    expect(rows.map(({ name }) => name).filter((name) => !record.includes(`\`${name}\``))).toEqual([])
  })

  test('append-only tables refuse even their owner', async () => {
    for (const table of ['audit', 'audit_seal', 'event_log'])
      for (const statement of [
        `update ${table} set organization_id = organization_id`,
        `delete from ${table}`,
        `truncate ${table} cascade`,
      ])
        await expect(owner.query(statement), statement).rejects.toMatchObject({
          code: '42501',
          message: expect.stringContaining('append-only'),
        })
  })

  test('and the runtime role has no right to change them at all; it may add to them', async () => {
    await expect(runtime.query('delete from audit')).rejects.toMatchObject({
      code: '42501',
      message: expect.stringContaining('permission denied'),
    })
    const { rows } = await runtime.query("select has_table_privilege('audit', 'insert') as may_insert")
    expect(rows).toEqual([{ may_insert: true }])
  })

  test('boot refuses a role that could see across studios, and accepts the runtime role', async () => {
    await expect(assertRuntimeRole(runtime)).resolves.toBeUndefined()
    const strong = new pg.Pool({ connectionString: database.ownerUrl, max: 1 })
    await expect(assertRuntimeRole(strong)).rejects.toThrow(UnsafeRoleError)
    await strong.end()
  })

  /** What boot says of the runtime role after a change by a superuser that is taken back again. */
  async function bootFaultsAfter(change: string): Promise<string[]> {
    const here = Object.assign(new URL(inject('postgres').superUrl), { pathname: new URL(database.ownerUrl).pathname })
    const superuser = new pg.Client({ connectionString: here.href })
    await superuser.connect()
    try {
      await superuser.query('begin')
      await superuser.query(`create role weak; grant usage on schema public to weak`)
      await superuser.query(change)
      await superuser.query('set local role weak')
      return await listRoleFaults(superuser)
    } finally {
      await superuser.query('rollback')
      await superuser.end()
    }
  }

  test('boot passes a role without powers: the control of the next tests', async () => {
    expect(await bootFaultsAfter('grant select on projects to weak')).toEqual([])
  })

  test.each([
    ['the role is a superuser', 'alter role weak superuser'],
    ['the role has BYPASSRLS', 'alter role weak bypassrls'],
    ['the role may create roles', 'alter role weak createrole'],
    ['the role may replicate the whole database', 'alter role weak replication'],
    ['the role is a member of strong', 'create role strong bypassrls; grant strong to weak'],
    ['the role is a member of app_system', 'grant app_system to weak'],
    ['the role is a member of pg_execute_server_program', 'grant pg_execute_server_program to weak'],
    ['the role owns projects', 'grant owner to weak'],
    ['the role owns projects', 'alter table projects owner to weak'],
    ['table projects has no row-level security', 'alter table projects disable row level security'],
    ['table projects has no restrictive tenant policy', 'drop policy tenant_isolation on projects'],
    ['the role has rights on the partition audit_default', 'grant select (id) on audit_default to weak'],
    [
      'view peeks looks with the eyes of its owner',
      'create view peeks as select 1 as x; grant select on peeks to weak',
    ],
  ])('boot refuses: %s', async (fault, change) => {
    expect(await bootFaultsAfter(change)).toContain(fault)
  })
})
