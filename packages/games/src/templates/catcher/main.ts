import { runGame } from '../../browser/boot.ts'
import { catcher } from './sim.ts'
import { createCatcherView } from './view.ts'

runGame({
  game: catcher,
  createView: createCatcherView,
  sounds: { gust: [{ pitch: 60, to: 79, at: 0, length: 0.5, wave: 'triangle', volume: 0.06 }] },
})
