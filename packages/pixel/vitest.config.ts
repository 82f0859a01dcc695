import { defineConfig } from 'vitest/config'

export default defineConfig({ test: { name: 'pixel', include: ['src/**/*.test.ts', 'e2e/**/*.test.ts'] } })
