import { inspect } from 'node:util'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cloneDatabase } from '../../test/database.ts'
import { withoutValues } from './db-fault.ts'

let database: Awaited<ReturnType<typeof cloneDatabase>>
let pool: pg.Pool
beforeAll(async () => {
  database = await cloneDatabase()
  pool = new pg.Pool({ connectionString: database.appUrl, max: 1 })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const failureOf = (work: PromiseLike<unknown>) =>
  Promise.resolve(work).then(
    () => undefined,
    (error: unknown) => error,
  )

describe('what is written down of a failed statement', () => {
  test.each([
    ['through Drizzle', () => drizzle(pool).execute(sql`select ${'Ann of 12 Elm Street'}::uuid`)],
    ['through the driver', () => pool.query('select $1::uuid', ['Ann of 12 Elm Street'])],
  ])('holds no value: %s', async (_way, fail) => {
    const failure = await failureOf(fail())
    expect(inspect(failure, { depth: 5 }), 'the control').toContain('Elm Street')
    const written = inspect(withoutValues(failure), { depth: 5 })
    expect(written).not.toContain('Elm Street')
    expect(written).toContain('22P02')
    expect(written).toContain('invalid input syntax for type uuid')
    expect(written).toContain('    at ')
  })

  test('keeps the statement and what was broken', async () => {
    const failure = await failureOf(drizzle(pool).execute(sql`select * from nowhere where id = ${'Ann'}`))
    expect(withoutValues(failure)).toMatchObject({
      message: 'A statement failed: relation "nowhere" does not exist',
      code: '42P01',
      query: 'select * from nowhere where id = $1',
    })
  })

  test('leaves other errors alone', () => {
    const other = new TypeError('x is not a function')
    expect(withoutValues(other)).toBe(other)
  })
})
