import { defineConfig } from 'drizzle-kit'

export default defineConfig({ dialect: 'postgresql', schema: './apps/api/src/db/tables/*.ts', out: './drizzle' })
