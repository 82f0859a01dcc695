import type { SendMailOptions } from 'nodemailer'
import type { Mail } from './mail.ts'

/** A mail as nodemailer takes it. Its Message-ID ends in the sender's domain, as RFC 5322 recommends. */
export function toMessage(mail: Mail, from: string): SendMailOptions {
  const domain = /@([^\s>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost'
  const { to, subject, text, html } = mail
  return { from, to, subject, text, html, messageId: `<${mail.messageId}@${domain}>` }
}
