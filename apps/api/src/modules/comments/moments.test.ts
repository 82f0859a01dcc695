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
  }, 60_000)
  afterAll(() => kit.api.close())

  const pin = (anchor: object = {}, id = versionId) =>
    kit.api
      .as(kit.manager)
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

  test('many at once are replayed one after the other, and the API answers meanwhile', async () => {
    const { api, manager } = kit
    let done = 0
    const pins = Array.from({ length: 6 }, async () => {
      await pin().expect(201)
      done += 1
    })
    await api.as(manager).get(`/versions/${versionId}`).expect(200)
    expect(done).toBeLessThan(6)
    await Promise.all(pins)
  })
})
