/** What the memory game says beside the shared texts. */
export const memoryTextKeys = [
  'memory.label',
  'memory.deal',
  'memory.round',
  'memory.lastRound',
  'memory.look',
  'memory.swap',
  'memory.seen',
  'memory.perfect',
  'memory.find',
  'memory.touch',
  'memory.keys',
  'memory.won',
  'memory.timeUp',
  'memory.outOfHearts',
  'memory.pairs',
  'memory.bestCombo',
] as const

export type MemoryText = (typeof memoryTextKeys)[number]
