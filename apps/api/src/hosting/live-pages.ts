import { gameOrigin } from '../core/game-origin.ts'
import type { LiveRow } from './game-directory.ts'
import type { HostDeps } from './host-deps.ts'
import { represent, type Representation } from './http/representation.ts'
import { shellManifest, shellPage } from './pages/shell-page.ts'
import { webManifest } from './pages/web-manifest.ts'
import type { ShellAssets } from './shell-assets.ts'

/** What a live game's address answers with. Made once for each deploy, then only sent. */
export interface LivePages {
  page: Representation
  webManifest: Representation
  weightBytes: number
}

export function livePages(assets: ShellAssets, config: HostDeps['config']): (row: LiveRow) => Promise<LivePages> {
  const { publicOrigin, gamesOrigin } = config
  return async ({ organizationId, slug, projectId, digest, files, manifest: recorded, indexable, primaryDomain }) => {
    const manifest = shellManifest.parse(recorded)
    const bundle = { organizationId, digest, files }
    const address = `${gameOrigin(gamesOrigin, primaryDomain)}/${slug}/`
    const live = { slug, saveKey: projectId, indexable, address }
    const [page, ofPhone] = await Promise.all([
      represent(shellPage({ live, bundle, manifest, assets, publicOrigin, gamesOrigin })),
      represent(webManifest(slug, manifest, bundle)),
    ])
    return { page, webManifest: ofPhone, weightBytes: page.weightBytes + ofPhone.weightBytes }
  }
}
