import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    name: 'api',
    globalSetup: ['test/global-setup.ts'],
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // Waiting longer costs nothing when all is well, and a busy machine must not decide what is red. A poll still ends
    // before the half minute for which a process trusts what it knows of sessions and keys: it has to be told.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000 } },
    isolate: false,
    maxWorkers: '100%',
  },
})
