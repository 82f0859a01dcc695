export interface Mail {
  to: string
  subject: string
  text: string
  html: string
  /** Becomes the Message-ID, so that a mail sent twice after a crash can be told as one. */
  messageId: string
}

/** Sends mail. Throws when the server refuses, so that the job tries again. */
export interface Mailer {
  readonly kind: 'smtp' | 'folder'
  send(mail: Mail): Promise<void>
  close(): Promise<void>
}
