import { createTransport } from 'nodemailer'
import { toMessage } from './mail-message.ts'
import type { Mailer } from './mail.ts'

/** Sends by an SMTP server over a few connections that are kept open. */
export function createSmtpMailer({ url, from }: { url: string; from: string }): Mailer {
  const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }
  const transport = createTransport({ url, pool: true, ...timeouts })
  return {
    kind: 'smtp',
    async send(mail) {
      await transport.sendMail(toMessage(mail, from))
    },
    async close() {
      transport.close()
    },
  }
}
