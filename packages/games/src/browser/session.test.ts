import { describe, expect, it } from 'vitest'
import { replay, type Game, type Progress } from '../engine/game.ts'
import { stateHash } from '../engine/hash.ts'
import { LEFT, RIGHT, withPointer } from '../engine/input.ts'
import { createLog, decodeLog, encodeLog } from '../engine/input-log.ts'
import type { PlayRecord } from '../bridge.ts'
import { findSimulation } from '../simulations.ts'
import type { BaseConfig } from '../template.ts'
import { gameTemplates } from '../templates.ts'
import { createSession, type Session } from './session.ts'

const seed = 20_240

/** What somebody clumsy does: a little of everything, and always the same. */
const inputAt = (tick: number) =>
  [0, LEFT, withPointer(0, tick % 180, 200), RIGHT, RIGHT, 0][Math.floor(tick / 17) % 6] ?? 0

function play(session: Session<Progress>, ticks: number): void {
  for (let tick = 0; tick < ticks; tick += 1) session.tick(inputAt(tick))
}

describe.each(gameTemplates)('a session of $id', (template) => {
  const game = findSimulation(template.id) as Game<BaseConfig, Progress>
  const config = template.configSchema.parse(template.defaults) as BaseConfig
  const open = () => createSession(game, config, seed)
  const stateOf = ({ log }: PlayRecord) => stateHash(replay(game, config, seed, decodeLog(log)!))

  it('freezes at a moment to which its log leads, and plays on from there', () => {
    const session = open()
    session.start()
    play(session, 150)
    session.freeze()
    const moment = session.record()
    expect([session.mode(), moment.ticks, stateOf(moment)]).toEqual(['frozen', 150, moment.hash])
    play(session, 20)
    expect(session.record()).toEqual(moment)
    expect(session.advance()).toBe(false)

    session.resume()
    play(session, 40)
    const later = session.record()
    expect([later.ticks, stateOf(later)]).toEqual([190, later.hash])
    expect(later.hash).not.toBe(moment.hash)
  })

  it('winds to any tick of a log in slices, steps along it, and hands the controls back', () => {
    const first = open()
    first.start()
    play(first, 400)
    const { log } = first.record()
    const at = (tick: number) => stateHash(replay(game, config, seed, decodeLog(log)!, tick))

    const second = open()
    expect(second.replay(log, 300)).toBe(true)
    let slices = 1
    while (!second.wind(70)) slices += 1
    expect([slices, second.mode(), second.record().hash]).toEqual([5, 'frozen', at(300)])

    second.advance()
    expect(second.record()).toMatchObject({ ticks: 301, hash: at(301) })
    second.resume()
    play(second, 30)
    const mine = second.record()
    expect([mine.ticks, stateOf(mine)]).toEqual([331, mine.hash])
  })

  it('has no play behind its title, and takes no broken log', () => {
    const session = open()
    play(session, 60)
    session.freeze()
    const before = session.record()
    expect([session.mode(), before.ticks, before.log]).toEqual(['title', 0, encodeLog(createLog())])
    expect(stateOf(before)).toBe(before.hash)
    expect(session.replay('no-log', 10)).toBe(false)
    expect(session.mode()).toBe('title')
  })
})
