import type { EventHandler, HandledEvent } from '../../core/event-handlers.ts'
import { gameOrigin } from '../../core/game-origin.ts'
import { inTenant } from '../../core/in-tenant.ts'
import type { Deps } from '../../plugins/types.ts'
import { listDomainNames } from '../domains/domains.queries.ts'

/**
 * Everywhere an address answers, or did: at the games' origin and every domain of the studio, under its name and the one
 * it had before.
 */
export function purgePrefixes(gamesOrigin: string, domains: readonly string[], data: HandledEvent['data']): string[] {
  const origins = [gamesOrigin, ...domains.map((domain) => gameOrigin(gamesOrigin, domain))]
  const slugs = [data['slug'], data['from']].filter((slug) => typeof slug === 'string')
  return origins.flatMap((origin) => slugs.map((slug) => `${origin}/${slug}/`))
}

/** In the lane of the mails: a CDN that hangs must not hold up a build. */
const cdnPurge: EventHandler<Deps> = {
  name: 'cdn-purge',
  on: ['url:deployed', 'url:rolled-back', 'url:renamed', 'url:renewed', 'url:updated', 'url:expired', 'url:deleted'],
  lane: 'mail',
  async run({ db, config, cdnPurge: cdn }, event, job) {
    if (!cdn) return
    const domains = await job.step('domains', () => inTenant(db, job.actor, listDomainNames))
    const { id, type, at, data } = event
    const prefixes = purgePrefixes(config.gamesOrigin, domains, data)
    await job.step('purge', () => cdn.tell({ id, type, at, prefixes }), { attempts: 10, firstWaitSeconds: 1 })
  },
}

export const cdnHandlers: readonly EventHandler<Deps>[] = [cdnPurge]
