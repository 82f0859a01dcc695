import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

export type CaughtMail = { from: string; to: string[]; content: Email }

export type MailCatcher = {
  url: string
  /** Everything received so far, oldest first. */
  mails: CaughtMail[]
  /** Resolves with the first mail (received already or later) that fits; rejects after `seconds`. */
  waitFor(fits: (mail: CaughtMail) => boolean, seconds?: number): Promise<CaughtMail>
  stop(): Promise<void>
}

export type SmtpOptions = {
  /** Addresses that are refused for good, with a 550 reply. */
  refuses?: (address: string) => boolean
}

/** A real SMTP server on a free loopback port that keeps every mail, parsed; it asks for a user and a password. */
export async function startSmtp({ refuses = () => false }: SmtpOptions = {}): Promise<MailCatcher> {
  const credentials = { user: 'mailer', password: 'mail-for-tests' }
  const mails: CaughtMail[] = []
  const waiting = new Set<() => void>()
  const server = new SMTPServer({
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, done) {
      const known = username === credentials.user && password === credentials.password
      if (known) done(null, { user: credentials.user })
      else done(new Error('wrong user or password'))
    },
    onRcptTo({ address }, _session, done) {
      done(refuses(address) ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : null)
    },
    onData(stream, session, done) {
      readMail(stream)
        .then((content) => {
          const { mailFrom, rcptTo } = session.envelope
          mails.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address), content })
          for (const wake of waiting) wake()
          done()
        })
        .catch(done)
    },
  })
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(0, '127.0.0.1', done)
  })
  const { port } = server.server.address() as AddressInfo

  async function waitFor(fits: (mail: CaughtMail) => boolean, seconds = 30): Promise<CaughtMail> {
    const until = Date.now() + seconds * 1000
    for (;;) {
      const mail = mails.find(fits)
      if (mail) return mail
      if (Date.now() >= until) throw new Error(`No such mail came within ${seconds} s (${mails.length} others did).`)
      await nextMail(until - Date.now())
    }
  }

  function nextMail(milliseconds: number): Promise<void> {
    return new Promise((done) => {
      const wake = () => {
        clearTimeout(timer)
        waiting.delete(wake)
        done()
      }
      const timer = setTimeout(wake, milliseconds)
      waiting.add(wake)
    })
  }

  return {
    url: `smtp://${credentials.user}:${credentials.password}@127.0.0.1:${port}`,
    mails,
    waitFor,
    stop: () => new Promise<void>((done) => server.close(() => done())),
  }
}

async function readMail(stream: AsyncIterable<Buffer>): Promise<Email> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return PostalMime.parse(Buffer.concat(chunks))
}
