import { describe } from 'vitest'
import { createMemoryShared } from './memory-shared.ts'
import { sharedStateContract } from './shared-state.contract.ts'

const shared = createMemoryShared()

describe('shared state in memory', () => {
  sharedStateContract(() => shared)
})
