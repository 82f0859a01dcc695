import type { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { attachment, readIntact } from './serve-file.ts'

/**
 * The same archive with its first file read: where the store does not answer, or gives what was not stored, this throws
 * before anything is on record or on its way.
 */
export async function startArchive(
  request: FastifyRequest,
  archive: AsyncGenerator<Buffer>,
): Promise<AsyncGenerator<Buffer>> {
  const first = await readIntact(request, () => archive.next())
  async function* whole() {
    if (!first.done) yield first.value
    yield* archive
  }
  return whole()
}

/** Answers with an archive that is written while it is sent, as fast as it is taken. */
export function sendArchive(request: FastifyRequest, reply: FastifyReply, archive: Readable, name: string) {
  archive.on('error', (error) => request.log.error({ err: error }, 'an archive broke off'))
  reply.headers({
    'content-disposition': attachment(name),
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
  })
  return reply.type('application/zip').send(archive)
}
