import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PostalMime, { type Email } from 'postal-mime'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSmtp, type MailCatcher } from '../../test/parts/smtp.ts'
import { createFolderMailer } from './folder-mail.ts'
import type { Mail, Mailer } from './mail.ts'
import { createSmtpMailer } from './smtp-mail.ts'

const from = 'SparkleClassic <hello@sparkle.test>'
const mail: Mail = {
  to: 'Ida Özdemir <ida@example.test>',
  subject: 'Buttercup’s game is live ✨',
  text: 'Grüße aus dem Studio.\n'.repeat(20),
  html: '<p>Grüße aus dem Studio.</p>',
  messageId: 'event-1.order_received',
}

let catcher: MailCatcher
let folder: string
beforeAll(async () => {
  catcher = await startSmtp()
  folder = await mkdtemp(join(tmpdir(), 'sparkle-mail-'))
})
afterAll(async () => {
  await catcher.stop()
  await rm(folder, { recursive: true, force: true })
})

async function readFolder(): Promise<Email[]> {
  const names = await readdir(folder)
  return Promise.all(names.map(async (name) => PostalMime.parse(await readFile(join(folder, name)))))
}

/** What every mailer has to do: `received` gives the messages that came out at the other end. */
function mailerContract(open: () => Mailer, received: () => Promise<Email[]>): void {
  test('the message arrives as it was meant', async () => {
    const mailer = open()
    await mailer.send(mail)
    await mailer.close()
    const message = (await received()).at(-1)
    expect(message?.subject).toBe(mail.subject)
    expect(message?.from).toMatchObject({ name: 'SparkleClassic', address: 'hello@sparkle.test' })
    expect(message?.to?.[0]).toMatchObject({ name: 'Ida Özdemir', address: 'ida@example.test' })
    expect(message?.text?.trim()).toBe(mail.text.trim())
    expect(message?.html?.trim()).toBe(mail.html)
    expect(message?.messageId).toBe('<event-1.order_received@sparkle.test>')
  })

  test('a line break in a subject does not become a header', async () => {
    const mailer = open()
    await mailer.send({ ...mail, messageId: 'event-2', subject: 'Hello\r\nBcc: everybody@example.test' })
    await mailer.close()
    const message = (await received()).find(({ messageId }) => messageId?.startsWith('<event-2@'))
    expect(message?.subject).toContain('Bcc: everybody@example.test')
    expect(message?.bcc ?? []).toEqual([])
  })
}

describe('mail into a folder', () => {
  mailerContract(() => createFolderMailer({ folder, from }), readFolder)

  test('keeps them to the folder’s owner', async () => {
    const inner = join(folder, 'caught')
    await createFolderMailer({ folder: inner, from }).send(mail)
    const [name = ''] = await readdir(inner)
    const modes = await Promise.all([inner, join(inner, name)].map(async (path) => (await stat(path)).mode & 0o777))
    await rm(inner, { recursive: true })
    expect(modes).toEqual([0o700, 0o600])
  })

  test('the same mail twice lies there once', async () => {
    const mailer = createFolderMailer({ folder, from })
    const before = (await readdir(folder)).length
    await mailer.send({ ...mail, messageId: 'twice' })
    await mailer.send({ ...mail, messageId: 'twice' })
    expect(await readdir(folder)).toHaveLength(before + 1)
  })
})

describe('mail by SMTP', () => {
  mailerContract(
    () => createSmtpMailer({ url: catcher.url, from }),
    async () => catcher.mails.map(({ content }) => content),
  )

  test('a server that refuses is an error', async () => {
    const wrong = new URL(catcher.url)
    wrong.password = 'guessed'
    const mailer = createSmtpMailer({ url: wrong.href, from })
    await expect(mailer.send(mail)).rejects.toThrow()
    await mailer.close()
  })
})
