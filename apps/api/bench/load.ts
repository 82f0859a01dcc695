import { readFile } from 'node:fs/promises'
import type pg from 'pg'
import { openLoadWorld } from './lib/load-world.ts'
import { percentile, withoutUploads } from './lib/load-samples.ts'
import { startWork, type Sample, type Work } from './lib/load-work.ts'
import { median, spread } from './lib/wrk.ts'

/**
 * `pnpm bench:load`: 300 people of six studios, signed in and at work against the real server with all its roles: lists,
 * pages, searches, changes, new projects, photos, and an open socket each. Prints how long the slowest 5 % wait
 * without uploads (median of 5 windows), how many requests failed, and looks for everything that was promised: changes,
 * projects and photos in the database, and every event at every socket. Server, database and people share the machine.
 */
const people = 300
const thinkMs = 2000
const windows = 5
const windowSeconds = 20
const limitMs = 200
const errorLimit = 0.001

const photo = await readFile(new URL('../src/demo/photos/chelsea.png', import.meta.url))
const world = await openLoadWorld(people)
try {
  const work = await startWork(world.address, world.workers, photo, thinkMs)
  // The first seconds warm modules, connections and plans, and are not counted.
  await seconds(10)
  const p95s: number[] = []
  const rates: number[] = []
  const counted: Sample[] = []
  for (let window = 0; window < windows; window += 1) {
    const from = work.samples.length
    await seconds(windowSeconds)
    const samples = work.samples.slice(from)
    counted.push(...samples)
    p95s.push(percentile(withoutUploads(samples), 0.95))
    rates.push(samples.length / windowSeconds)
  }
  await work.stop()
  const failed = counted.filter(({ status }) => status < 200 || status >= 300)
  const lost = await findLost(world.owner, work)

  console.info(`${people} people at work, median of ${windows} windows of ${windowSeconds} s (lowest to highest)`)
  console.info(`  actions a second           ${spread(rates)}`)
  console.info(`  p95 without uploads        ${spread(p95s)} ms   (less than ${limitMs})`)
  for (const [action, samples] of byAction(counted))
    console.info(
      `    ${action.padEnd(24)} p50 ${percentile(samples, 0.5).toFixed(0)}, p95 ${percentile(samples, 0.95).toFixed(0)} ms, ${samples.length} times`,
    )
  console.info(`  failed                     ${failed.length} of ${counted.length}   (less than ${errorLimit * 100} %)`)
  for (const [status, count] of counts(failed)) console.info(`    ${status}: ${count}`)
  for (const [what, { promised, missing }] of Object.entries(lost))
    console.info(`  ${what.padEnd(26)} ${promised}, ${missing} lost`)
  const nothingLost = Object.values(lost).every(({ missing }) => missing === 0)
  const good = median(p95s) < limitMs && failed.length / counted.length < errorLimit && nothingLost
  process.exitCode = good ? 0 : 1
} finally {
  await world.stop()
}

function byAction(samples: readonly Sample[]): Map<string, Sample[]> {
  return Map.groupBy(samples, ({ action }) => action)
}

function counts(failed: readonly Sample[]): [string, number][] {
  return [...Map.groupBy(failed, ({ action, status }) => `${action}, ${status}`)].map(([key, all]) => [key, all.length])
}

type Lost = Record<string, { promised: number; missing: number }>

async function findLost(owner: pg.Pool, { promised, readers }: Work): Promise<Lost> {
  const { rows: notes } = await owner.query<{ id: string; version: number; notes: string }>(
    'select id, version, notes from projects where id = any($1)',
    [[...promised.notes.keys()]],
  )
  const kept = new Map(notes.map((row) => [row.id, row]))
  const lostNotes = [...promised.notes].filter(([id, { version, note }]) => {
    const row = kept.get(id)
    return !row || row.version < version || (row.version === version && row.notes !== note)
  })
  const created = await owner.query('select from projects where id = any($1)', [promised.created])
  const uploads = await settled(owner, promised.uploads)
  return {
    'changes acknowledged': { promised: promised.notes.size, missing: lostNotes.length },
    'projects created': {
      promised: promised.created.length,
      missing: promised.created.length - (created.rowCount ?? 0),
    },
    'photos ready': { promised: promised.uploads.length, missing: promised.uploads.length - uploads },
    'events to sockets': await missedEvents(owner, readers),
  }
}

/** How many of the photos are ready; those that are being checked get a minute. */
async function settled(owner: pg.Pool, ids: readonly string[]): Promise<number> {
  for (let left = 60; ; left -= 1) {
    const { rows } = await owner.query<{ ready: number }>(
      `select count(*)::int as ready from assets where id = any($1) and processing_status = 'ready'`,
      [ids],
    )
    const ready = rows[0]?.ready ?? 0
    if (ready === ids.length || left === 0) return ready
    await seconds(1)
  }
}

/** Every socket must hold every number of its studio from its first one on, once each and in order. */
async function missedEvents(owner: pg.Pool, readers: Work['readers']) {
  await seconds(3)
  const { rows } = await owner.query<{ id: string; newest: number }>(
    'select organization_id as id, max(seq)::int as newest from event_log group by 1',
  )
  const newest = new Map(rows.map(({ id, newest: seq }) => [id, seq]))
  let promised = 0
  let missing = 0
  for (const { organizationId, seqs, close } of readers) {
    close()
    const first = seqs[0] ?? 1
    const wanted = (newest.get(organizationId) ?? 0) - first + 1
    promised += wanted
    const inOrder = seqs.filter((seq, at) => seq === first + at).length
    missing += wanted - inOrder
  }
  return { promised, missing }
}

function seconds(count: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, count * 1000))
}
