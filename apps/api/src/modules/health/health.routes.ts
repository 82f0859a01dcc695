import type { FastifyReply } from 'fastify'
import { healthView } from '@sparkle/shared/activity'
import type { App } from '../../plugins/types.ts'
import { createChecker, type ProbeName } from './checks.ts'

/** What load balancers and operators ask; registered at the root, since these addresses carry no version but one. */
export async function healthRoutes(app: App): Promise<void> {
  const healthOf = createChecker(app.deps)

  function health(path: string, operationId: string, summary: string, names: readonly ProbeName[]): void {
    app.get(
      path,
      {
        config: { access: 'public' },
        schema: { operationId, summary, tags: ['Health'], response: { 200: healthView, 503: healthView } },
      },
      async (request, reply) => {
        const found = await healthOf(names)
        if (found.checks['role']?.status === 'down' || found.checks['isolation']?.status === 'down')
          request.log.error({ checks: found.checks }, 'studios are not kept apart')
        return answer(reply, found)
      },
    )
  }

  health('/api/health', 'getHealth', 'Whether this process answers', [])
  health('/api/v1/health', 'getHealthV1', 'Whether this process answers', [])
  health(
    '/api/health/deep',
    'getDeepHealth',
    'Database, migrations, events, their listener, the virus scanner, backups and stored files',
    ['database', 'migrations', 'outbox', 'auditMonths', 'listener', 'virusScan', 'backup', 'files'],
  )
  health(
    '/api/health/isolation',
    'getIsolationHealth',
    "Whether the runtime role can reach another studio's rows: it tries to, in every table",
    ['role', 'isolation'],
  )
  health('/api/health/cache', 'getCacheHealth', 'Whether the shared state can be used', ['cache'])
  health('/api/health/storage', 'getStorageHealth', 'Whether files can be written, read and deleted', ['storage'])
}

function answer(reply: FastifyReply, health: Awaited<ReturnType<ReturnType<typeof createChecker>>>) {
  return reply
    .code(health.status === 'down' ? 503 : 200)
    .header('cache-control', 'no-store')
    .send(health)
}
