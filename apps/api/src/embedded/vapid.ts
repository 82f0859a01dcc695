import { generateKeyPairSync } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError, type Config } from '../config.ts'
import { makeDataDir } from './data-dir.ts'

/**
 * The key by which push services know this installation (VAPID): from the environment, else made once and kept in
 * `DATA_DIR/vapid.key`. Null where the other secrets come from the environment and this one does not: processes on
 * several machines would make several, and browsers are bound to one.
 */
export async function openVapidKey(config: Config): Promise<string | null> {
  if (config.vapidPrivateKey) return config.vapidPrivateKey
  if (config.jwtSecret && config.dataKeys) return null
  const file = join(config.dataDir, 'vapid.key')
  const kept = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (kept !== null) return check(kept.trim(), file)
  const made = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ format: 'jwk' }).d ?? ''
  await makeDataDir(config.dataDir)
  await writeFile(file, `${made}\n`, { mode: 0o600, flag: 'wx' })
  return made
}

function check(key: string, file: string): string {
  if (Buffer.from(key, 'base64url').length === 32) return key
  throw new ConfigError(
    `${file} is damaged. Restore it from a backup, or delete it: browsers then have to subscribe anew.`,
  )
}
