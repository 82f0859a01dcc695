import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface SmsService {
  url: string
  /** What was sent, as the form said it, oldest first. */
  sent: Record<string, string>[]
  /** What it answers from now on; null: it does its work. */
  fail(answer: { status: number; code: number } | null): void
  stop(): Promise<void>
}

export const smsAccount = { sid: 'ACtest0123456789', token: 'token-for-tests' }

/** A service that speaks Twilio's `POST .../Messages.json` on a free loopback port and insists on account and form. */
export async function startSmsService(): Promise<SmsService> {
  const sent: Record<string, string>[] = []
  let failure: { status: number; code: number } | null = null
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part: string) => (body += part))
    request.on('end', () => {
      const answer = (status: number, reply: object) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(reply))
      const basic = Buffer.from(`${smsAccount.sid}:${smsAccount.token}`).toString('base64')
      const form = Object.fromEntries(new URLSearchParams(body))
      const path = `/2010-04-01/Accounts/${smsAccount.sid}/Messages.json`
      if (request.headers.authorization !== `Basic ${basic}`) return answer(401, { code: 20003 })
      if (request.method !== 'POST' || request.url !== path) return answer(404, { code: 20404 })
      if (
        request.headers['content-type'] !== 'application/x-www-form-urlencoded' ||
        !form['To'] ||
        !form['Body'] ||
        !form['From']
      )
        return answer(400, { code: 21604 })
      if (failure) return answer(failure.status, { code: failure.code, message: `The number ${form['To']} is bad.` })
      sent.push(form)
      return answer(201, { sid: `SM${sent.length}` })
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    fail: (answer) => void (failure = answer),
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
