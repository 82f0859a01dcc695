import type { SendMailOptions } from 'nodemailer'
import type { Mail } from './mail.ts'

/**
 * A mail as nodemailer takes it. Its Message-ID ends in the sender's domain, as RFC 5322 recommends, and it says that no
 * person wrote it (RFC 3834), so that out-of-office replies stay away.
 */
export function toMessage(mail: Mail, from: string): SendMailOptions {
  const domain = /@([^\s>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost'
  const { to, subject, text, html, picture } = mail
  const unsubscribe = mail.unsubscribe && {
    'List-Unsubscribe': { prepared: true, value: `<${mail.unsubscribe}>` },
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
  const headers = { 'Auto-Submitted': 'auto-generated', ...unsubscribe }
  const attachments = picture && [
    {
      cid: picture.cid,
      content: Buffer.from(picture.bytes),
      contentType: picture.mimeType,
      contentDisposition: 'inline' as const,
      filename: picture.cid,
    },
  ]
  const messageId = `<${mail.messageId}@${domain}>`
  return { from, to, subject, text, html, messageId, headers, ...(attachments && { attachments }) }
}
