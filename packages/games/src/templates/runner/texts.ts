/** What the runner says beside the shared texts. */
export const runnerTextKeys = [
  'runner.label',
  'runner.jumpOver',
  'runner.collect',
  'runner.touch',
  'runner.keys',
  'runner.level',
  'runner.close',
  'runner.home',
  'runner.outOfHearts',
  'runner.metres',
  'runner.treats',
  'runner.bestCombo',
  'runner.jumpZone',
  'runner.duckZone',
] as const

export type RunnerText = (typeof runnerTextKeys)[number]
