import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, startApi } from '../../../test/harness.ts'

let api: Api
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api.close())

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

test('counts what is where, what is due, and the weeks', async () => {
  const studio = await api.studio()
  const [manager, artist, client] = await Promise.all([
    studio.person('manager'),
    studio.person('artist'),
    studio.person('owner'),
  ])
  const add = async (body: object) =>
    (
      await api
        .as(manager)
        .post('/projects')
        .send({ petName: 'Rex', ...body })
    ).body.id as string
  await add({ deadline: day(-1), assignedArtistId: artist.userId })
  await add({ deadline: day(0) })
  await add({ deadline: day(7) })
  const done = await add({ deadline: day(-3) })
  for (const status of ['in_progress', 'review', 'complete'])
    await api.as(manager).post(`/projects/${done}/status`).send({ status })
  await api.as(manager).delete(`/projects/${await add({ deadline: day(-1) })}`)

  await api.owner.query(`update projects set order_number = 'SC0001' where id = $1`, [done])

  const seen = await api.as(artist).get('/dashboard')
  expect(seen.body).toMatchObject({
    byStatus: { backlog: 3, complete: 1, review: 0 },
    overdue: 1,
    dueThisWeek: 1,
    unassigned: 2,
    mine: 1,
    liveGames: 0,
  })
  expect(seen.body.weeks).toHaveLength(12)
  expect(seen.body.weeks.at(-1)).toMatchObject({ ordered: 1, completed: 1, plays: 0 })
  expect((await api.as(client).get('/dashboard')).status).toBe(403)
})
