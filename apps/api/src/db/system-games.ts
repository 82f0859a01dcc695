import { sql } from 'drizzle-orm'
import type { DeviceClass } from '@sparkle/shared/urls'
import { type Queryable, rowsOf } from './system.ts'
import type { BuildFile } from './tables/builds.ts'

/** Look-ups of games by host and address, before it is known whose they are. */

export type SlugState = 'free' | 'taken' | 'resting' | 'look_alike'

/** Slug -> state, on one game host over all studios. `ownUrlId` is about to be renamed and in nobody's way. */
export async function slugStates(
  db: Queryable,
  host: string,
  slugs: readonly string[],
  projectId: string | null,
  ownUrlId: string | null,
): Promise<Map<string, SlugState>> {
  const rows = await rowsOf<{ slug: string; state: SlugState }>(
    db,
    sql`select slug, state from sys.slug_states(${host}, ${sql.param([...slugs])}::text[], ${projectId}, ${ownUrlId})`,
  )
  return new Map(rows.map(({ slug, state }) => [slug, state]))
}

export interface GameRow {
  organizationId: string
  urlId: string
  projectId: string
  slug: string
  status: 'reserved' | 'active' | 'expired'
  expiresAt: string | null
  buildId: string | null
  digest: string | null
  files: BuildFile[] | null
  manifest: Record<string, unknown> | null
  templateId: string | null
  petName: string
  indexable: boolean
  /** The domain that the studio gives its addresses with. */
  primaryDomain: string | null
}

export async function resolveGame(db: Queryable, host: string, slug: string): Promise<GameRow | undefined> {
  const [row] = await rowsOf<GameRow>(
    db,
    sql`select organization_id as "organizationId", url_id as "urlId", project_id as "projectId", slug, status,
      expires_at as "expiresAt", build_id as "buildId", digest, files, manifest, template_id as "templateId",
      pet_name as "petName", indexable, primary_domain as "primaryDomain" from sys.resolve_game(${host}, ${slug})`,
  )
  return row
}

/** Proven domain -> studio. */
export async function listGameDomains(db: Queryable): Promise<ReadonlyMap<string, string>> {
  const rows = await rowsOf<{ domain: string; organizationId: string }>(
    db,
    sql`select domain, organization_id as "organizationId" from sys.list_game_domains()`,
  )
  return new Map(rows.map(({ domain, organizationId }) => [domain, organizationId]))
}

export interface HostingWords {
  studio: string
  message: string
  linkLabel: string
  linkUrl: string
}

export async function findHostingPage(db: Queryable, organizationId: string): Promise<HostingWords | undefined> {
  const [row] = await rowsOf<HostingWords>(
    db,
    sql`select studio, message, link_label as "linkLabel", link_url as "linkUrl"
      from sys.find_hosting_page(${organizationId})`,
  )
  return row
}

export async function findBundle(db: Queryable, digest: string) {
  const [row] = await rowsOf<{ organizationId: string; files: BuildFile[] }>(
    db,
    sql`select organization_id as "organizationId", files from sys.find_bundle(${digest})`,
  )
  return row
}

export interface BeaconRow {
  organizationId: string
  urlId: string
  buildId: string | null
  loadId: string
  type: string
  visitor: string
  score: number | null
  seconds: number | null
  referrerHost: string | null
  device: DeviceClass | null
  at: string
}

/** Counts a batch of beacons of the last 29 days; answers how many were new. Sending a batch again changes nothing. */
export async function recordBeacons(db: Queryable, batch: readonly BeaconRow[]): Promise<number> {
  const [row] = await rowsOf<{ taken: number }>(
    db,
    sql`select sys.record_beacons(${JSON.stringify(batch)}::jsonb) as taken`,
  )
  return row?.taken ?? 0
}

/** Today's secret for telling visitors apart and its UTC day, by the database's clock; destroys those of days before. */
export async function visitorSalt(db: Queryable): Promise<{ day: string; salt: string }> {
  const [row] = await rowsOf<{ day: string; salt: string }>(
    db,
    sql`select to_char(day, 'YYYY-MM-DD') as day, encode(salt, 'hex') as salt from sys.visitor_salt()`,
  )
  if (!row) throw new Error('The database has no salt for today.')
  return row
}
