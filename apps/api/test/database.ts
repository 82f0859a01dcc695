import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import type { TestPostgres } from './provided-context.ts'

export interface TestDatabase {
  appUrl: string
  ownerUrl: string
  drop(): Promise<void>
}

/** A database of its own for a test file: a clone of the migrated template. */
export async function cloneDatabase(): Promise<TestDatabase> {
  const { superUrl, ownerUrl, appUrl, template }: TestPostgres = inject('postgres')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asSuperuser(superUrl, `create database ${name} template ${template} owner owner`)
  const here = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href
  return {
    appUrl: here(appUrl),
    ownerUrl: here(ownerUrl),
    drop: () => asSuperuser(superUrl, `drop database ${name}`),
  }
}

async function asSuperuser(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    // Cloning needs the template to itself for a moment; other workers may be cloning it right now.
    for (let attempt = 1; ; attempt += 1) {
      try {
        await client.query(statement)
        return
      } catch (error) {
        if ((error as { code?: string }).code !== '55006' || attempt === 500) throw error
        await new Promise((resolve) => setTimeout(resolve, 40))
      }
    }
  } finally {
    await client.end()
  }
}
