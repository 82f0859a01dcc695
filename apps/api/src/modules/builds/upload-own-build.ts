import type { FastifyRequest } from 'fastify'
import { ownTemplateId, type BuildView } from '@sparkle/shared/builds'
import { AppError } from '../../core/app-error.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { createTurns } from '../../core/turns.ts'
import type { Deps } from '../../plugins/types.ts'
import { readProject } from '../projects/projects.service.ts'
import { findAssetFiles, findNewestSprite } from './builds.queries.ts'
import { addOwnBuild } from './own-builds.service.ts'
import { nameForGame } from './builds.rules.ts'
import type { PreviewPlace } from './builds.service.ts'
import { drawPictures } from './make-bundle.ts'
import { storeOwnBundle } from './own-bundle.ts'
import { receiveZip, tooLarge } from './zip/receive-zip.ts'
import { zipLimits } from './zip/zip-directory.ts'

type Needed = Pick<Deps, 'db' | 'store' | 'scanner'>

/** Unpacking takes a processor for itself; more at once would only make all of them late. */
const takeTurn = createTurns({
  atOnce: 2,
  longestQueue: 8,
  busy: () => new AppError('unavailable', 'build.busy', 'Many games are being unpacked. Try again in a minute.'),
})

/** Room for the form around the file: boundaries and headers. */
const formBytes = 16_384

/**
 * Takes a studio's own game: bytes to disk, checked and stored with no transaction open, and then the build's row. What
 * is refused leaves nothing behind; what was stored and got no row is the same bytes under the same names next time.
 */
export async function uploadOwnBuild(
  { db, store, scanner }: Needed,
  place: PreviewPlace,
  request: FastifyRequest,
  projectId: string,
): Promise<BuildView> {
  const { actor } = request
  const { sprite, files, project } = await inTenant(db, actor, async (tx) => {
    const found = await readProject(tx, actor, projectId)
    const newest = await findNewestSprite(tx, projectId)
    return { project: found, sprite: newest, files: newest ? await findAssetFiles(tx, [newest.id]) : [] }
  })
  if (Number(request.headers['content-length'] ?? 0) > zipLimits.zipBytes + formBytes) throw tooLarge()
  const about = {
    theme: project.gameConfig.theme ?? 'garden',
    templateId: ownTemplateId,
    petName: nameForGame(project.petName),
  }
  return receiveZip(request, async (zip) => {
    // Only what keeps a processor busy takes a turn: who sends slowly holds up nobody.
    const bundle = await takeTurn(async () => {
      const pictures = sprite ? await drawPictures(store, files, sprite.id, about) : []
      return storeOwnBundle({ store, scanner }, actor.organizationId, zip.path, pictures)
    })
    // What an Idempotency-Key is compared by: another archive under the same key is another request.
    request.body = { filename: zip.filename, digest: zip.digest }
    return request.inTenant((tx) =>
      addOwnBuild(tx, place, actor, projectId, {
        ...bundle,
        filename: zip.filename,
        zipDigest: zip.digest,
        assets: sprite ? { pet: sprite.id } : {},
      }),
    )
  })
}
