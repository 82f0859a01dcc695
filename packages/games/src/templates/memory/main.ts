import { runGame } from '../../browser/boot.ts'
import { run } from '../../browser/sound.ts'
import { memory } from './sim.ts'
import { createMemoryView } from './view.ts'

runGame({
  game: memory,
  createView: createMemoryView,
  sounds: {
    turn: [{ pitch: 72, to: 84, at: 0, length: 0.07, wave: 'triangle', volume: 0.16 }],
    deal: run([60, 64, 67, 72, 76, 79], 0.05, 0.06, 0.07),
    swap: [{ pitch: 55, to: 79, at: 0, length: 0.5, wave: 'triangle', volume: 0.1 }],
    move: [{ pitch: 69, at: 0, length: 0.03, wave: 'triangle', volume: 0.08 }],
  },
})
