import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { longestSms, type SmsSender } from './sms.ts'

/** Writes every text message into a folder, for an installation without a service: one file each, named for its id. */
export function createFolderSms({ folder }: { folder: string }): SmsSender {
  return {
    kind: 'folder',
    async send({ to, body, id }) {
      const path = join(folder, `${id}.txt`)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await writeFile(`${path}.part`, `To: ${to}\n\n${body.slice(0, longestSms)}\n`, { mode: 0o600 })
      await rename(`${path}.part`, path)
    },
  }
}
