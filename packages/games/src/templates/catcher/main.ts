import { runGame } from '../../browser/boot.ts'
import { catcher } from './sim.ts'
import { createCatcherView } from './view.ts'

runGame({ game: catcher, createView: createCatcherView })
