import { monitorEventLoopDelay } from 'node:perf_hooks'
import { memoryUsage, resourceUsage } from 'node:process'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { z } from 'zod'
import type { App } from './types.ts'

/** Upper bounds of the histogram's buckets, in seconds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5]

interface Series {
  labels: string
  count: number
  sumSeconds: number
  /** How many requests took at most each bound. */
  within: number[]
}

/**
 * `/metrics` in Prometheus' text format 0.0.4: requests by route and status, the process, and the database pool. Routes
 * are named by their pattern, so that no id ever becomes a label.
 */
export const metrics = fp(
  async (app: App) => {
    const series = new Map<string, Series>()
    const loop = monitorEventLoopDelay({ resolution: 20 })
    loop.enable()
    app.addHook('onClose', async () => void loop.disable())
    app.addHook('onResponse', async (request, reply) => count(series, request, reply))

    app.get(
      '/metrics',
      {
        config: { access: 'public' },
        schema: {
          operationId: 'getMetrics',
          summary: 'Figures of this process for Prometheus',
          tags: ['Health'],
          produces: ['text/plain'],
          response: { 200: z.string() },
        },
      },
      async (_request, reply) => {
        const pool = app.deps.db.$client
        const figures = [...requestLines(series), ...processLines(loop.percentile(99) / 1e9), ...poolLines(pool)]
        return reply
          .type('text/plain; version=0.0.4')
          .header('cache-control', 'no-store')
          .send(`${figures.join('\n')}\n`)
      },
    )
  },
  { name: 'metrics', dependencies: ['access'] },
)

function count(series: Map<string, Series>, request: FastifyRequest, reply: FastifyReply): void {
  const route = request.routeOptions.url ?? 'none'
  const labels = `method="${request.method}",route="${route}",status="${reply.statusCode}"`
  const known = series.get(labels) ?? { labels, count: 0, sumSeconds: 0, within: bounds.map(() => 0) }
  series.set(labels, known)
  const seconds = reply.elapsedTime / 1000
  known.count += 1
  known.sumSeconds += seconds
  bounds.forEach((bound, i) => {
    if (seconds <= bound) known.within[i] = (known.within[i] ?? 0) + 1
  })
}

function requestLines(series: Map<string, Series>): string[] {
  const name = 'sparkle_http_request_seconds'
  const lines = [...series.values()].flatMap((one) => [
    ...bounds.map((bound, i) => `${name}_bucket{${one.labels},le="${bound}"} ${one.within[i]}`),
    `${name}_bucket{${one.labels},le="+Inf"} ${one.count}`,
    `${name}_sum{${one.labels}} ${one.sumSeconds}`,
    `${name}_count{${one.labels}} ${one.count}`,
  ])
  return [`# HELP ${name} How long replies took.`, `# TYPE ${name} histogram`, ...lines]
}

function gauge(name: string, help: string, value: number): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${value}`]
}

function processLines(loopDelaySeconds: number): string[] {
  const { userCPUTime, systemCPUTime } = resourceUsage()
  return [
    ...gauge('process_resident_memory_bytes', 'Memory of the process.', memoryUsage.rss()),
    '# HELP process_cpu_seconds_total Processor time of the process.',
    '# TYPE process_cpu_seconds_total counter',
    `process_cpu_seconds_total ${(userCPUTime + systemCPUTime) / 1e6}`,
    ...gauge('sparkle_event_loop_delay_seconds', 'The 99th percentile since the start.', loopDelaySeconds || 0),
  ]
}

function poolLines(pool: { totalCount: number; idleCount: number; waitingCount: number }): string[] {
  return [
    ...gauge('sparkle_database_connections', 'Open connections of the pool.', pool.totalCount),
    ...gauge('sparkle_database_connections_idle', 'Those of them that wait for work.', pool.idleCount),
    ...gauge('sparkle_database_waiting', 'Queries that wait for a connection.', pool.waitingCount),
  ]
}
