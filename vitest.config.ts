import { readdirSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const unit = ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}']

/** Packages need nothing but their sources; the applications bring a configuration (database, DOM) of their own. */
const packages = readdirSync(new URL('./packages', import.meta.url)).map((name) => ({
  test: { name, root: `packages/${name}`, include: unit, testTimeout: 60_000, hookTimeout: 60_000 },
}))

/** What measures how long something takes: nothing else may run meanwhile. */
const measuring = ['packages/games/e2e/play.test.ts', 'apps/web/e2e/many-projects.test.ts']
/** Time enough for a slow machine, and what the pages showed when it was not. */
const journeys = {
  setupFiles: ['apps/web/e2e/kit/tell-pages.ts'],
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 30_000 } },
}

export default defineConfig({
  test: {
    // The default leaves one core idle, which on a machine of two is half of it.
    maxWorkers: '100%',
    projects: [
      ...packages,
      'apps/*/vitest.config.ts',
      { test: { name: 'tools', root: 'tools', include: ['**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } },
      {
        // Each journey has a browser and a whole server of its own: two of them would make each other late on two cores.
        test: {
          name: 'e2e',
          include: ['apps/web/e2e/**/*.test.ts', 'packages/*/e2e/**/*.test.ts'],
          exclude: measuring,
          globalSetup: ['apps/api/test/demo-setup.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          ...journeys,
        },
      },
      { test: { name: 'e2e-alone', include: measuring, fileParallelism: false, ...journeys } },
    ],
  },
})
