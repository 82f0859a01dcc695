import { z } from 'zod'
import { text } from '@sparkle/shared/text'
import type { PublicActor } from '../../core/actor.ts'
import { notFound } from '../../core/app-error.ts'
import { isStillGiven } from '../../core/guest-visits.ts'
import { inTenant, inTenantRead } from '../../core/in-tenant.ts'
import type { App } from '../../plugins/types.ts'
import { linkedFile } from './assets.queries.ts'
import { readLink } from '../../core/file-links.ts'
import { createFileReader } from '../../core/read-stored.ts'
import { serveFile } from '../../core/serve-file.ts'
import { findVersionFile } from './versions.queries.ts'

const params = z.object({ token: text(400, 1) })
const bytes = z.string().meta({ format: 'binary', description: 'The bytes of the file.' })

/** A link holds its file's digest, so what is behind it never changes while the link lives. */
const forAll = 'public, max-age=604800, immutable'
/** A guest's browser asks again each time, since their link may have been ended meanwhile. */
const forGuests = 'private, no-cache'

/** Signed links to files: whoever holds one may read that one file until the link expires. */
export async function fileRoutes(app: App): Promise<void> {
  const { db, store, crypto } = app.deps
  const read = createFileReader(store)

  app.get(
    '/files/:token',
    {
      config: { access: 'public', limit: { max: 3000, windowSeconds: 60 } },
      schema: {
        operationId: 'getSignedFile',
        summary: 'A file by its signed link',
        description:
          'The links come with assets; a forged or expired one is answered 404, like that of a deleted file, and one that a guest was given once their visit has ended.',
        tags: ['Assets'],
        produces: ['application/octet-stream'],
        params,
        response: { 200: bytes },
      },
    },
    async (req, reply) => {
      const named = readLink(crypto, req.params.token) ?? notFound('file')
      const { organizationId, assetId, variant, digestStart, visitId } = named
      const origin = { address: req.ip, userAgent: '', requestId: req.id }
      const actor: PublicActor = { kind: 'public', organizationId, origin }
      const [present] = await inTenantRead(db, actor, async (tx) =>
        (await isStillGiven(tx, visitId)) ? tx.run(linkedFile, { organizationId, assetId, variant }) : [],
      )
      if (!present) return notFound('file')
      const file = present.digest.startsWith(digestStart)
        ? present
        : ((await inTenant(db, actor, (tx) => findVersionFile(tx, assetId, variant, digestStart))) ?? notFound('file'))
      const cacheControl = visitId === undefined ? forAll : forGuests
      return serveFile(req, reply, { ...file, load: () => read(file) }, { cacheControl })
    },
  )
}
