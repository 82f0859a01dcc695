import type { FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { listOf } from '@sparkle/shared/lists'
import { serializerFor } from './schemas.ts'

type Writer = (list: unknown) => string

declare module 'fastify' {
  interface FastifyReply {
    /** Writes a list's items with these fields only, as `?fields=` names them: known ones, by comma. */
    onlyFields(view: z.ZodObject, fields: string): void
  }
}

function partOf(shape: Record<string, z.ZodType>, names: readonly string[]): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(shape).filter(([name]) => names.includes(name)))
}

/** Writers of lists with a part of their fields: made once for each choice, as the whole view's is made once. */
export const fieldSelection = fp(
  async (app) => {
    const writers = new WeakMap<z.ZodObject, LRUCache<string, Writer>>()

    function writerOf(view: z.ZodObject, fields: string): Writer {
      const known = writers.get(view) ?? new LRUCache<string, Writer>({ max: 100 })
      writers.set(view, known)
      const names = [...new Set(fields.split(','))].toSorted()
      const kept = known.get(names.join())
      if (kept) return kept
      const made = serializerFor(listOf(z.object(partOf(view.shape, names))))
      known.set(names.join(), made)
      return made
    }

    app.decorateReply('onlyFields', function (this: FastifyReply, view: z.ZodObject, fields: string) {
      this.type('application/json; charset=utf-8').serializer(writerOf(view, fields))
    })
  },
  { name: 'field-selection' },
)
