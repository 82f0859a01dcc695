import { updateUrlInput } from '@sparkle/shared/urls'
import { and, eq } from 'drizzle-orm'
import type { TenantTx } from '../../core/in-tenant.ts'
import { slugStates } from '../../db/system-games.ts'
import { urlRedirects } from '../../db/tables/urls.ts'
import { changeUrl } from '../urls/urls.service.ts'
import { keeps, patchOf, restored, type State } from './restore.rules.ts'
import type { Restorer } from './restorers.ts'

/** The name, as long as it is free or redirects here, and whether search engines may list it. */
export const restoreUrl: Restorer = {
  needs: () => 'urls:update',
  async judge(tx, now, goal) {
    const gone = now['status'] === 'deleted' || now['status'] === 'expired'
    const own = await isFreeFor(tx, now, String(goal['slug']))
    return ({ field }) => {
      if (field !== 'slug' && field !== 'indexable') return keeps('not_by_restore')
      if (gone) return keeps('address_gone')
      if (field === 'indexable') return restored
      return own ? { restore: true, effect: 'address_moves' } : keeps('address_taken')
    }
  },
  async apply(tx, { gamesOrigin }, actor, id, steps) {
    await changeUrl(tx, { gamesOrigin }, actor, id, updateUrlInput.parse(patchOf(steps, ['slug', 'indexable'])), null)
  },
}

/** Its own old names redirect to it, and it may have them back. */
async function isFreeFor(tx: TenantTx, now: State, slug: string): Promise<boolean> {
  const [id, projectId, host] = [now['id'], now['projectId'], now['host']].map(String) as [string, string, string]
  const [redirect] = await tx
    .select({ id: urlRedirects.id })
    .from(urlRedirects)
    .where(and(eq(urlRedirects.urlId, id), eq(urlRedirects.slug, slug)))
  return redirect !== undefined || (await slugStates(tx, host, [slug], projectId, id)).get(slug) === 'free'
}
