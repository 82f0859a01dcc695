import type { EventHandler, HandledEvent } from '../../core/event-handlers.ts'
import { gameOrigin } from '../../core/game-origin.ts'
import { inTenant } from '../../core/in-tenant.ts'
import type { Deps } from '../../plugins/types.ts'
import { listDomainNames } from '../domains/domains.queries.ts'
import { listExpiredSlugs } from './urls.queries.ts'

/**
 * Everywhere an address answers, or did: at the games' origin and every domain of the studio, under its name and the one
 * it had before.
 */
export function purgePrefixes(gamesOrigin: string, domains: readonly string[], data: HandledEvent['data']): string[] {
  const origins = [gamesOrigin, ...domains.map((domain) => gameOrigin(gamesOrigin, domain))]
  const slugs = [data['slug'], data['from']].filter((slug) => typeof slug === 'string')
  return origins.flatMap((origin) => slugs.map((slug) => `${origin}/${slug}/`))
}

/** What a change to the studio's own page or domains reaches: its domains as a whole, and its expired addresses. */
export function purgePrefixesOfStudio(
  gamesOrigin: string,
  domains: readonly string[],
  expired: readonly string[],
): string[] {
  return [
    ...domains.map((domain) => `${gameOrigin(gamesOrigin, domain)}/`),
    ...expired.map((slug) => `${gamesOrigin}/${slug}/`),
  ]
}

/** In the lane of the mails: a CDN that hangs must not hold up a build. */
const lane = 'mail'
const tries = { attempts: 10, firstWaitSeconds: 1 }

const cdnPurge: EventHandler<Deps> = {
  name: 'cdn-purge',
  on: ['url:deployed', 'url:rolled-back', 'url:renamed', 'url:renewed', 'url:updated', 'url:expired', 'url:deleted'],
  lane,
  async run({ db, config, cdnPurge: cdn }, event, job) {
    if (!cdn) return
    const domains = await job.step('domains', () => inTenant(db, job.actor, listDomainNames))
    const { id, type, at, data } = event
    const prefixes = purgePrefixes(config.gamesOrigin, domains, data)
    await job.step('purge', () => cdn.tell({ id, type, at, prefixes }), tries)
  },
}

/** A domain that is gone must not be answered from a cache, nor a studio's old words. */
const cdnPurgeStudio: EventHandler<Deps> = {
  name: 'cdn-purge-studio',
  on: ['studio:domain:verified', 'studio:domain:removed', 'studio:domain:lapsed', 'studio:page:updated'],
  lane,
  async run({ db, config, cdnPurge: cdn }, { id, type, at, data }, job) {
    if (!cdn) return
    const { domain } = data
    // One step, since the addresses, which are pets' names, have no business among the job's records.
    const purge = async () => {
      const [domains, expired] =
        typeof domain === 'string'
          ? [[domain], []]
          : await inTenant(
              db,
              job.actor,
              async (tx) => [await listDomainNames(tx), await listExpiredSlugs(tx)] as const,
            )
      const prefixes = purgePrefixesOfStudio(config.gamesOrigin, domains, expired)
      if (prefixes.length > 0) await cdn.tell({ id, type, at, prefixes })
    }
    await job.step('purge', purge, tries)
  },
}

export const cdnHandlers: readonly EventHandler<Deps>[] = [cdnPurge, cdnPurgeStudio]
