import type { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { attachment } from './serve-file.ts'

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
