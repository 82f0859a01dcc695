import { runGame } from '../../browser/boot.ts'
import { runner } from './sim.ts'
import { createRunnerView } from './view.ts'

runGame({
  game: runner,
  createView: createRunnerView,
  sounds: {
    jump: [{ pitch: 60, to: 76, at: 0, length: 0.14, wave: 'triangle', volume: 0.16 }],
    second: [{ pitch: 67, to: 84, at: 0, length: 0.14, wave: 'triangle', volume: 0.16 }],
    land: [{ pitch: 43, to: 36, at: 0, length: 0.06, wave: 'triangle', volume: 0.12 }],
    fall: [{ pitch: 64, to: 36, at: 0, length: 0.4, wave: 'triangle', volume: 0.18 }],
  },
})
