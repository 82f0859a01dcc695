import { z } from 'zod'
import { resumableState } from '@sparkle/shared/orders'
import { text } from '@sparkle/shared/text'
import { AppError } from '../../core/app-error.ts'
import type { App } from '../../plugins/types.ts'
import { maxChunkBytes, type Permit, readPermit, receivePiece, stateOf } from './uploads.service.ts'

const params = z.object({ token: text(400, 1) })
const piece = z.object({ offset: z.coerce.number().int().min(0).max(52_428_800) })
const tags = ['Assets']
const limit = { max: 1200, windowSeconds: 60 }

/** Where files arrive in pieces. The signature in the address is all the permission there is, as with a signed upload. */
export async function resumableRoutes(app: App): Promise<void> {
  const { store, crypto } = app.deps
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxChunkBytes }, (_request, body, done) =>
    done(null, body),
  )

  function permitOf(token: string): Permit {
    const permit = readPermit(crypto, token)
    if (permit) return permit
    throw new AppError(
      'forbidden',
      'upload.signature_invalid',
      'This upload address is forged or has expired. Ask for a new one.',
    )
  }

  app.get(
    '/_resumable/:token',
    {
      config: { access: 'public', limit },
      schema: {
        operationId: 'getResumableUpload',
        summary: 'How much of an upload has arrived',
        description: 'After a broken connection: send on from `receivedBytes`.',
        tags,
        params,
        response: { 200: resumableState },
      },
    },
    (req) => stateOf(store, permitOf(req.params.token)),
  )

  app.put(
    '/_resumable/:token',
    {
      config: { access: 'public', limit },
      schema: {
        operationId: 'putUploadPiece',
        summary: 'Send a piece of an upload',
        description:
          'The bytes from `offset` on, `chunkBytes` of them, as application/octet-stream. With the last one the file is complete; then declare it so.',
        tags,
        consumes: ['application/octet-stream'],
        params,
        querystring: piece,
        response: { 200: resumableState },
      },
    },
    async (req) => {
      const permit = permitOf(req.params.token)
      const bytes: unknown = req.body
      if (!Buffer.isBuffer(bytes)) throw new AppError('invalid', 'upload.wrong_piece', 'The piece has no bytes.')
      return receivePiece(store, permit, req.query.offset, bytes)
    },
  )
}
