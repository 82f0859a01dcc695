import { createTransport } from 'nodemailer'
import { toMessage } from './mail-message.ts'
import { MailError, type Mailer } from './mail.ts'

/** Sends by an SMTP server over a few connections that are kept open. */
export function createSmtpMailer({ url, from }: { url: string; from: string }): Mailer {
  const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }
  const transport = createTransport({ url, pool: true, ...timeouts })
  return {
    kind: 'smtp',
    async send(mail) {
      try {
        await transport.sendMail(toMessage(mail, from))
      } catch (error) {
        throw toMailError(error as { code?: string; responseCode?: number })
      }
    },
    async close() {
      transport.close()
    },
  }
}

function toMailError({ code, responseCode }: { code?: string; responseCode?: number }): MailError {
  return new MailError([code, responseCode].filter(Boolean).join(' ') || 'nothing', (responseCode ?? 0) >= 500)
}
