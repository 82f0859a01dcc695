import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../../test/database.ts'
import { snapshotShapes } from '../../core/snapshot-shapes.ts'
import { plainOnRecord, tableFates, type TableFate } from './personal-columns.ts'

let database: TestDatabase
let owner: pg.Client
beforeAll(async () => {
  database = await cloneDatabase()
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await database.drop()
})

/** All columns that can hold words or documents, but those of a closed list of words. */
async function wordyColumns(): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(`
    select c.relname || '.' || a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and a.attnum > 0 and not a.attisdropped
      and format_type(a.atttypid, null) in ('text', 'text[]', 'character varying', 'jsonb', 'json', 'bytea', 'inet', 'tsvector')
      and not exists (select 1 from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'
        and k.conkey = array[a.attnum] and pg_get_constraintdef(k.oid) like '%= ANY (ARRAY[%')
    order by 1`)
  return rows.map(({ name }) => name)
}

const words = (list = '') => list.split(' ').filter(Boolean)
const decidedBy = ([table, fate]: [string, TableFate]) =>
  [...words(fate.erased), ...words(fate.kept?.columns), ...words(fate.impersonal)].map((column) => `${table}.${column}`)
const decided = () => Object.entries(tableFates).flatMap(decidedBy)

describe('what an erasure does about every column that can hold words', () => {
  test('is decided once for each: a new one wants a line in personal-columns.ts, and where it is personal, a step', async () => {
    expect(decided().toSorted()).toEqual(await wordyColumns())
  })

  test('goes red for a table that nobody has thought of', async () => {
    await owner.query(
      "create table diaries (organization_id uuid, page text, mood text check (mood in ('good', 'bad')))",
    )
    const undecided = new Set(await wordyColumns()).difference(new Set(decided()))
    await owner.query('drop table diaries')
    expect([...undecided]).toEqual(['diaries.page'])
  })

  test('what is erased in its table is sealed in the record of changes, or has a reason to be legible there', () => {
    const legible = Object.values(snapshotShapes).flatMap((shape) =>
      words(shape ? tableFates[shape.table]?.erased : '').flatMap((column) =>
        shape?.columns[column]?.rule === 'plain' ? [`${shape.table}.${column}`] : [],
      ),
    )
    expect(legible.toSorted()).toEqual([...plainOnRecord.keys()].toSorted())
  })

  test('whatever is ciphered or sealed is among what is erased, or kept for a reason', () => {
    const sealed = Object.values(snapshotShapes).flatMap((shape) =>
      Object.entries(shape?.columns ?? {}).flatMap(([column, { rule }]) =>
        shape && (rule === 'personal' || typeof rule === 'object') ? [[shape.table, column] as const] : [],
      ),
    )
    const forgotten = sealed.filter(([table, column]) => {
      const fate = tableFates[table] ?? {}
      const isWordy = [...words(fate.erased), ...words(fate.kept?.columns), ...words(fate.impersonal)].includes(column)
      return isWordy && !words(fate.erased).includes(column)
    })
    expect(forgotten).toEqual([])
  })
})
