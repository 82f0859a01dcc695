import { expect, test } from 'vitest'
import { startApi } from '../../../test/harness.ts'

test('a project is made, found and moved', async () => {
  const api = await startApi()
  const studio = await api.studio()
  const manager = await studio.person('manager')
  const made = await api.as(manager).post('/projects').send({ petName: 'Chelsea', customerEmail: 'Ann@example.test' })
  expect(made.body).toMatchObject({ petName: 'Chelsea' })
  expect(made.status).toBe(201)
  const list = await api.as(manager).get('/projects?q=chel&include=total')
  expect(list.body).toMatchObject({ total: 1 })
  expect(list.body.items[0].customerEmail).toBe('ann@example.test')
  const bad = await api.as(manager).post(`/projects/${made.body.id}/status`).send({ status: 'complete' })
  expect(bad.body).toMatchObject({ status: 409, legal: ['in_progress', 'on_hold', 'cancelled'] })
  const moved = await api.as(manager).post(`/projects/${made.body.id}/status`).send({ status: 'in_progress' })
  expect(moved.body).toMatchObject({ status: 'in_progress' })
  const spec = await api.app.inject('/api/openapi.json')
  expect(spec.statusCode).toBe(200)
  await api.close()
})
