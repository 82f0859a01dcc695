import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EventType, EventView } from '@sparkle/shared/events'
import { type Api, type Person, startApi, type TestStudio } from '../../../test/harness.ts'
import { newId } from '../../core/ids.ts'
import { inTenant } from '../../core/in-tenant.ts'
import { emit, type EmitInput } from '../../core/outbox.ts'
import { relayOrganization } from '../../jobs/relay.ts'

describe('GET /activity', () => {
  let api: Api
  let studio: TestStudio
  let artist: Person
  let owner: Person
  let mine: string
  let other: string

  beforeAll(async () => {
    api = await startApi()
    studio = await api.studio()
    artist = await studio.person('artist')
    owner = await studio.person('owner')
    mine = await project(owner.accountId)
    other = await project(null)
    await happen([
      ['project:created', { projectId: mine }],
      ['project:created', { projectId: other }],
      ['notification:added', { projectId: mine, data: { userId: owner.userId } }],
      ['project:updated', { projectId: mine }],
      ['studio:updated', {}],
      ['url:deployed', { projectId: mine, data: { slug: 'rex' } }],
    ])
  })
  afterAll(() => api.close())

  async function project(accountId: string | null): Promise<string> {
    const id = newId()
    await api.owner.query(
      `insert into projects (organization_id, id, name, pet_name, package_type, game_config, account_id) values ($1, $2, 'p', 'p', 'custom', '{}', $3)`,
      [studio.organizationId, id, accountId],
    )
    return id
  }

  async function happen(events: readonly (readonly [EventType, EmitInput])[]) {
    const actor = { kind: 'system', organizationId: studio.organizationId, job: 'test' } as const
    await inTenant(api.deps.db, actor, async (tx) => {
      for (const [type, input] of events) await emit(tx, actor, type, input)
    })
    await relayOrganization(api.deps.db, api.deps.crypto, studio.organizationId)
  }

  const types = (items: EventView[]) => items.map((item) => `${item.seq} ${item.type}`)

  test('tells of one kind of thing only, to customers what they may know of it', async () => {
    const projects = await api.as(artist).get('/activity?about=project')
    expect(types(projects.body.items)).toEqual(['4 project:updated', '2 project:created', '1 project:created'])
    const own = await api.as(owner).get('/activity?about=project')
    expect(types(own.body.items)).toEqual(['1 project:created'])
    expect((await api.as(owner).get('/activity?about=studio')).body.items).toEqual([])
    expect((await api.as(artist).get('/activity?about=weather')).status).toBe(422)
  })

  test('tells newest first, page by page', async () => {
    const all = await api.as(artist).get('/activity?include=total')
    const expected = [
      '6 url:deployed',
      '5 studio:updated',
      '4 project:updated',
      '2 project:created',
      '1 project:created',
    ]
    expect(types(all.body.items)).toEqual(expected)
    expect(all.body).toMatchObject({ total: 5, nextCursor: null })
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { body: { items: EventView[]; nextCursor: string | null } } = await api
        .as(artist)
        .get(`/activity?limit=2${cursor && `&cursor=${cursor}`}`)
      seen.push(...types(page.body.items))
      cursor = page.body.nextCursor
    }
    expect(seen).toEqual(expected)
  })

  test('with `after` it tells oldest first what came since', async () => {
    const since = await api.as(artist).get('/activity?after=2&limit=2')
    expect(types(since.body.items)).toEqual(['4 project:updated', '5 studio:updated'])
    const rest = await api.as(artist).get(`/activity?after=2&cursor=${since.body.nextCursor}`)
    expect(types(rest.body.items)).toEqual(['6 url:deployed'])
    const mixed = await api.as(artist).get(`/activity?cursor=${since.body.nextCursor}`)
    expect(mixed.body).toMatchObject({ status: 422, code: 'cursor.invalid' })
  })

  test('of one project, for those who may see it', async () => {
    const one = await api.as(artist).get(`/activity?projectId=${other}`)
    expect(types(one.body.items)).toEqual(['2 project:created'])
    const refused = await api.as(owner).get(`/activity?projectId=${other}`)
    expect(refused.body).toMatchObject({ status: 404, code: 'project.not_found' })
    expect((await api.as(owner).get(`/activity?projectId=${mine}`)).status).toBe(200)
  })

  test('a customer sees what is for customers, of the own account only', async () => {
    const seen = await api.as(owner).get('/activity')
    expect(types(seen.body.items)).toEqual(['6 url:deployed', '1 project:created'])
    const stranger = await api.as(await studio.person('member')).get('/activity')
    expect(stranger.body.items).toEqual([])
  })

  test('leaves out what one person did', async () => {
    const manager = await studio.person('manager')
    const input = { petName: 'Rex', packageType: 'custom', customerName: 'Ann', customerEmail: 'ann@example.test' }
    await api.as(manager).post('/projects').send(input).expect(201)
    await relayOrganization(api.deps.db, api.deps.crypto, studio.organizationId)
    const newest = async (by: Person) => {
      const { body } = await api.as(artist).get(`/activity?limit=1&withoutBy=${by.userId}`)
      return (body.items[0] as EventView).actor.id
    }
    expect([await newest(artist), await newest(manager)]).toEqual([manager.userId, null])
  })

  test('a neighbour sees nothing of it', async () => {
    const neighbour = await (await api.studio()).person('admin')
    expect((await api.as(neighbour).get('/activity')).body.items).toEqual([])
    expect((await api.as(neighbour).get(`/activity?projectId=${mine}`)).status).toBe(404)
    expect((await api.as(null).get('/activity')).status).toBe(401)
  })
})
