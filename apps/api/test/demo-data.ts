import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** A job is among these until it has ended, and its event before that: between them is no moment with nothing. */
const left = `select (select count(*) from sys.list_organizations(true))
  + (select count(*) from outbox where dispatched_at is null)
  + (select count(*) from dbos.workflow_status where status in ('PENDING', 'ENQUEUED', 'DELAYED')) as left`

/** Waits until a server's worker has done all that follows from what is in its database. */
export async function untilAllIsDone(ownerUrl: string): Promise<void> {
  await connected(ownerUrl, async (client) => {
    for (const until = Date.now() + 120_000; Date.now() < until; await sleep(50)) {
      const { rows } = await client.query<{ left: string }>(left)
      if (rows[0]?.left === '0') return
    }
    throw new Error('The jobs of the demo were not done within two minutes.')
  })
}

/** A game's address holds the host of games. Nothing else of the demo's data names where its studio is. */
export async function moveGames(ownerUrl: string, gamesUrl: string): Promise<void> {
  await connected(ownerUrl, (client) => client.query('update urls set host = $1', [new URL(gamesUrl).host]))
}

async function connected(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
