import { readdirSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const unit = ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}']

/** Packages need nothing but their sources; the applications bring a configuration (database, DOM) of their own. */
const packages = readdirSync(new URL('./packages', import.meta.url)).map((name) => ({
  test: { name, root: `packages/${name}`, include: unit },
}))

export default defineConfig({
  test: {
    // The default leaves one core idle, which on a machine of two is half of it.
    maxWorkers: '100%',
    projects: [
      ...packages,
      'apps/*/vitest.config.ts',
      { test: { name: 'tools', root: 'tools', include: ['**/*.test.ts'], testTimeout: 60_000 } },
      {
        // Journeys share one browser and start whole servers: one file at a time, and time enough for a slow machine.
        test: {
          name: 'e2e',
          include: ['apps/web/e2e/**/*.test.ts', 'packages/*/e2e/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
