import { randomBytes } from 'node:crypto'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ConfigError, type Config } from '../config.ts'
import { makeDataDir } from './data-dir.ts'

export interface Secrets {
  jwtSecret: string
  dataKeys: readonly Buffer[]
  indexKey: Buffer
}

const kept = z.object({
  jwtSecret: z.string().min(32),
  dataKeys: z.array(z.string()).min(1),
  /** Missing in files from before it existed: the last data key is it then. */
  indexKey: z.string().optional(),
})

/**
 * The installation's secrets: from the environment, else made once and kept in `DATA_DIR/secrets.json`, readable by its
 * owner only. Whoever loses that file loses every encrypted column, so it belongs into the backup.
 */
export async function openSecrets(config: Config): Promise<Secrets> {
  if (config.jwtSecret && config.dataKeys)
    return {
      jwtSecret: config.jwtSecret,
      dataKeys: config.dataKeys,
      indexKey: config.indexKey ?? oldestOf(config.dataKeys),
    }
  const file = join(config.dataDir, 'secrets.json')
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  const secrets = text === null ? await makeSecrets(config.dataDir, file) : readSecrets(text, file)
  const dataKeys = config.dataKeys ?? secrets.dataKeys.map((key) => Buffer.from(key, 'base64'))
  const indexKey = secrets.indexKey && !config.dataKeys ? Buffer.from(secrets.indexKey, 'base64') : oldestOf(dataKeys)
  return { jwtSecret: config.jwtSecret ?? secrets.jwtSecret, dataKeys, indexKey: config.indexKey ?? indexKey }
}

function oldestOf(dataKeys: readonly Buffer[]): Buffer {
  const oldest = dataKeys.at(-1)
  if (!oldest) throw new ConfigError('At least one data key is needed.')
  return oldest
}

/** The reader's own message would quote the text, which is all secrets. */
function readSecrets(text: string, file: string) {
  const parsed = kept.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  throw new ConfigError(
    `${file} is damaged. Restore it from a backup: without it nobody can read the contact data in the database.`,
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

async function makeSecrets(folder: string, file: string) {
  const secrets = {
    jwtSecret: randomBytes(32).toString('base64url'),
    dataKeys: [randomBytes(32).toString('base64')],
    indexKey: randomBytes(32).toString('base64'),
  }
  await makeDataDir(folder)
  await writeFile(file, JSON.stringify(secrets, null, 2), { mode: 0o600, flag: 'wx' })
  await chmod(file, 0o600)
  return secrets
}
