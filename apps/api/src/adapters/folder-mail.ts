import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { sha256 } from '../core/crypto.ts'
import { toMessage } from './mail-message.ts'
import type { Mailer } from './mail.ts'

/**
 * Writes every mail as a complete message (`.eml`) into a folder, for a machine without a mail server. The file is
 * named for the Message-ID, so that a mail sent twice lies there once.
 */
export function createFolderMailer({ folder, from }: { folder: string; from: string }): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return {
    kind: 'folder',
    async send(mail) {
      const { message } = await transport.sendMail(toMessage(mail, from))
      const path = join(folder, `${sha256(mail.messageId).slice(0, 24)}.eml`)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await writeFile(`${path}.part`, message, { mode: 0o600 })
      await rename(`${path}.part`, path)
    },
    async close() {
      transport.close()
    },
  }
}
