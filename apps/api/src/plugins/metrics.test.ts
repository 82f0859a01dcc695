import supertest from 'supertest'
import { expect, test } from 'vitest'
import { startApi } from '../../test/harness.ts'

test('requests are counted by the pattern of their route, never by an id', async () => {
  const api = await startApi()
  const studio = await api.studio()
  const manager = await studio.person('manager')
  const id = crypto.randomUUID()
  for (let i = 0; i < 3; i += 1) await api.as(manager).get(`/projects/${id}`)
  const { text, status, headers } = await supertest(api.app.server).get('/metrics')
  await api.close()
  expect([status, headers['content-type']]).toEqual([200, expect.stringContaining('text/plain; version=0.0.4')])
  expect(text).toContain('sparkle_http_request_seconds_count{method="GET",route="/api/v1/projects/:id",status="404"} 3')
  expect(text).toMatch(/process_resident_memory_bytes [1-9]\d+/)
  expect(text).not.toContain(id)
  for (const line of text.trim().split('\n')) expect(line).toMatch(/^(# (HELP|TYPE) .+|[a-z_]+(\{.+\})? [\d.e+-]+)$/)
})
