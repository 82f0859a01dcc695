import type { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { text } from '@sparkle/shared/text'
import { isLocalStore, WrongSizeError, type LocalStore, type UploadPermit } from '../adapters/local-store.ts'
import { AppError, invalid, notFound } from '../core/app-error.ts'
import type { App } from './types.ts'

const params = z.object({ token: text(400, 1) })
const maxUploadBytes = 50 * 1024 * 1024

/**
 * Where signed uploads go when the files lie on this machine's disk. The signature is all the permission there is, as
 * with a storage server: it names key, type and size, and expires.
 */
export async function localUploads(app: App): Promise<void> {
  const { store } = app.deps
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))

  app.put(
    '/_uploads/:token',
    {
      config: { access: 'public' },
      bodyLimit: maxUploadBytes,
      schema: {
        operationId: 'putSignedUpload',
        summary: 'Put the bytes of a signed upload',
        description: 'The address comes from a request for an upload; send exactly the type and size it was made for.',
        tags: ['Assets'],
        params,
        response: { 204: z.null().meta({ description: 'Stored; now declare the upload complete.' }) },
      },
    },
    async (request, reply) => {
      if (!isLocalStore(store)) notFound('upload')
      const permit = permitOf(store, request.params.token)
      assertHeaders(request, permit)
      await receive(store, permit, request)
      return reply.code(204).send(null)
    },
  )
}

function permitOf(store: LocalStore, token: string): UploadPermit {
  const permit = store.readUploadToken(token)
  if (permit) return permit
  throw new AppError(
    'forbidden',
    'upload.signature_invalid',
    'This upload address is forged or has expired. Ask for a new one.',
  )
}

/** What the headers already give away is refused before a byte is read. */
function assertHeaders(request: FastifyRequest, permit: UploadPermit): void {
  if (request.headers['content-type'] !== permit.mimeType)
    throw new AppError('unsupported_type', 'upload.type_mismatch', `This upload was signed for ${permit.mimeType}.`)
  const declared = request.headers['content-length']
  if (declared !== undefined && Number(declared) !== permit.sizeBytes)
    throw wrongSize(new WrongSizeError(Number(declared) > permit.sizeBytes))
}

async function receive(store: LocalStore, permit: UploadPermit, request: FastifyRequest): Promise<void> {
  try {
    await store.receive(permit, request.body as Readable)
  } catch (error) {
    if (error instanceof WrongSizeError) throw wrongSize(error)
    if (request.raw.readableAborted) invalid('upload.interrupted', 'The connection ended before the body did.')
    throw error
  }
}

function wrongSize(error: WrongSizeError): AppError {
  return new AppError(error.tooLarge ? 'too_large' : 'invalid', 'upload.size_mismatch', error.message)
}
