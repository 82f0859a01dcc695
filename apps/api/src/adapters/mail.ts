export interface Mail {
  to: string
  subject: string
  text: string
  html: string
  /** Becomes the Message-ID, so that a mail sent twice after a crash can be told as one. */
  messageId: string
  /** Where one POST takes the reader off (RFC 8058), for mails that people have chosen. */
  unsubscribe?: string
  /** A picture that travels with the mail; its HTML shows it as `cid:<cid>`. */
  picture?: { cid: string; bytes: Uint8Array; mimeType: string }
}

/**
 * Why a mail was not sent, without saying to whom: failures land in logs and in the job engine's tables. The server's
 * own words name the address, so that only its code is kept.
 */
export class MailError extends Error {
  /** The server will not take this mail however often it is offered: a 5xx reply (RFC 5321, 4.2.1). */
  readonly permanent: boolean

  constructor(answer: string, permanent: boolean) {
    super(`The mail server answered ${answer}.`)
    this.permanent = permanent
  }
}

/** Sends mail. Throws {@link MailError} when the server refuses, so that the job tries again. */
export interface Mailer {
  readonly kind: 'smtp' | 'folder'
  send(mail: Mail): Promise<void>
  close(): Promise<void>
}
