import { playByBot, replay } from '@sparkle/games/engine/game'
import { stateHash } from '@sparkle/games/engine/hash'
import {
  createLog,
  decodeLog,
  encodeLog,
  MAX_LOG_LENGTH,
  MAX_TICKS,
  recordInput,
} from '@sparkle/games/engine/input-log'
import { findSimulation } from '@sparkle/games/simulations'
import type { BaseConfig } from '@sparkle/games/template'
import { ownTemplateId } from '@sparkle/shared/builds'
import { maxPlayLogLength, maxPlayTicks } from '@sparkle/shared/comments'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBuildKit, type BuildKit } from '../../../test/build-kit.ts'
import { newId } from '../../core/ids.ts'

test('the bounds of logs are those of the engine', () => {
  expect([maxPlayLogLength, maxPlayTicks]).toEqual([MAX_LOG_LENGTH, MAX_TICKS])
})

describe('a comment on a moment of play', () => {
  let kit: BuildKit
  let versionId: string
  let buildId: string
  /** A bot's play of the very build, and a moment in it. */
  let play: { log: string; ticks: number }
  let tick: number
  let hash: string

  const makeVersion = async (projectId: string, id: string) => {
    const { api, manager } = kit
    const made = await api.as(manager).post(`/projects/${projectId}/versions`).send({ buildId: id }).expect(201)
    return made.body.id as string
  }
  beforeAll(async () => {
    kit = await openBuildKit()
    const { api, manager, projectId } = kit
    const pet = await kit.sprite(projectId)
    const asked = await api
      .as(manager)
      .post(`/projects/${projectId}/builds`)
      .send({ templateId: 'catcher', assets: { pet } })
    buildId = asked.body.id
    await kit.run(buildId)
    versionId = await makeVersion(projectId, buildId)
    const { manifest } = await kit.rowOf(buildId)
    const game = findSimulation('catcher')
    if (!game) throw new Error('There is no catcher.')
    const { config, seed } = manifest as { config: BaseConfig; seed: number }
    play = playByBot(game, config, seed)
    tick = Math.floor(play.ticks / 2)
    const log = decodeLog(play.log)
    if (!log) throw new Error('The bot wrote no log.')
    hash = stateHash(replay(game, config, seed, log, tick))
  }, 120_000)
  afterAll(() => kit.api.close())

  const pin = (anchor: object = {}, id = versionId, person = kit.manager) =>
    kit.api
      .as(person)
      .post(`/versions/${id}/comments`)
      .send({ body: 'Here', anchor: { kind: 'moment', buildId, tick, stateHash: hash, log: play.log, ...anchor } })

  test('is kept where replaying leads to its state, and can be replayed by whoever reads it', async () => {
    const { body } = await pin({ x: 0.5, y: 0.25 }).expect(201)
    const anchor = { kind: 'moment', buildId, tick, stateHash: hash, x: 0.5, y: 0.25 }
    expect(body.anchor).toEqual(anchor)
    const { api, manager } = kit
    const moment = await api.as(manager).get(`/comments/${body.id}/moment`).expect(200)
    expect(moment.body).toEqual({ buildId, tick, stateHash: hash, log: play.log })
    const list = await api.as(manager).get(`/versions/${versionId}/comments?anchor=moment`).expect(200)
    expect(list.body.items[0].anchor).toEqual(anchor)
    expect(list.text).not.toContain(play.log)
    await api.as(manager).delete(`/comments/${body.id}`).expect(204)
    await api.as(manager).get(`/comments/${body.id}/moment`).expect(404)
  })

  test('is refused where it does not', async () => {
    await pin({ stateHash: '0123456789abcdef' }).expect(422, /comment.moment_differs/)
    await pin({ tick: tick - 60 }).expect(422, /comment.moment_differs/)
    await pin({ tick: play.ticks + 1 }).expect(422, /comment.tick_beyond_log/)
    const idle = createLog()
    for (let i = 0; i <= tick; i += 1) recordInput(idle, 0)
    await pin({ log: encodeLog(idle) }).expect(422, /comment.moment_differs/)
    await pin({ log: `${play.log}AAAA` }).expect(422, /comment.broken_log/)
    await pin({ log: 'no log!' }).expect(422, /request.invalid/)
    await pin({ log: 'A'.repeat(MAX_LOG_LENGTH + 1) }).expect(422, /request.invalid/)
    const { rows } = await kit.api.owner.query('select 1 from version_comments where deleted_at is null')
    expect(rows).toEqual([])
  })

  test('is of the build of its version, made from a template', async () => {
    const { api, manager, studio, projectId } = kit
    const own = newId()
    await api.owner.query(
      `insert into builds (organization_id, id, project_id, number, template_id, template_version, config, assets, status, digest)
       values ($1, $2, $3, 99, $4, '1.0.0', '{}', '{}', 'passed', $5)`,
      [studio.organizationId, own, projectId, ownTemplateId, '0'.repeat(64)],
    )
    const other = await makeVersion(projectId, own)
    await pin({}, other).expect(422, /comment.other_build/)
    await pin({ buildId: own }, other).expect(422, /comment.not_replayable/)
    const stranger = await (await api.studio()).person('admin')
    const anchor = { kind: 'moment', buildId, tick, stateHash: hash, log: play.log }
    await api.as(stranger).post(`/versions/${versionId}/comments`).send({ body: 'x', anchor }).expect(404)
    const client = await studio.person('owner')
    await api.as(client).post(`/versions/${versionId}/comments`).send({ body: 'x', anchor }).expect(404)
    await api.as(manager).get(`/versions/${other}/comments`).expect(200)
  })

  test('many at once are replayed one after the other; nobody has more than one waiting, and the API answers meanwhile', async () => {
    const { api, manager, studio } = kit
    const others = [await studio.person('manager'), await studio.person('admin'), await studio.person('artist')]
    const ask = async (person: typeof manager) => (await pin({}, versionId, person)).status
    const own = Array.from({ length: 12 }, () => ask(manager))
    const theirs = others.map(ask)
    await api.as(manager).get(`/versions/${versionId}`).expect(200)
    // How many of one's own are taken depends on how soon each is done, never all of them.
    expect(new Set(await Promise.all(own))).toEqual(new Set([201, 503]))
    expect(await Promise.all(theirs)).toEqual([201, 201, 201])
  })

  test('sent twice under one key is replayed once; thirty comments a minute are enough', async () => {
    const { api } = kit
    const person = await kit.studio.person('admin')
    const send = () => pin({}, versionId, person).set('idempotency-key', 'pin-1')
    const first = await send().expect(201)
    const { rows } = await api.owner.query("update builds set digest = repeat('0', 64) where id = $1 returning 1", [
      buildId,
    ])
    expect(rows).toHaveLength(1)
    const again = await send().expect(201)
    expect([again.body.id, again.headers['idempotent-replayed']]).toEqual([first.body.id, 'true'])
    await pin({ tick: 0 }, versionId, person)
      .set('idempotency-key', 'pin-1')
      .expect(422, /idempotency.other_body/)
    expect((await pin({}, versionId, person)).status).toBeGreaterThanOrEqual(404)
    let last = 0
    for (let i = 0; i < 30 && last !== 429; i += 1)
      last = (await api.as(person).post(`/versions/${versionId}/comments`).send({ body: '' })).status
    expect(last).toBe(429)
  })
})
