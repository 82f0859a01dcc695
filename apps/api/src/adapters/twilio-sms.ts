import { type OutgoingPolicy, OutgoingError, safeFetch, trusting } from '../core/safe-fetch.ts'
import { longestSms, SmsError, type SmsSender } from './sms.ts'

export interface TwilioSettings {
  /** `https://api.twilio.com`, or another service that speaks the same. */
  url: string
  accountSid: string
  authToken: string
  /** The sender: a number in E.164, or the SID of a messaging service (`MG...`). */
  from: string
}

/**
 * Sends by Twilio's REST API: `POST /2010-04-01/Accounts/{sid}/Messages.json`, a form, Basic authentication, 201. It knows
 * no key for a request, so that a message whose answer was lost can come twice.
 */
export function createTwilioSms(settings: TwilioSettings, outgoing: OutgoingPolicy): SmsSender {
  const { accountSid, authToken, from } = settings
  const url = new URL(`/2010-04-01/Accounts/${accountSid}/Messages.json`, settings.url)
  const policy = trusting(outgoing, settings.url)
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
  const sender = from.startsWith('MG') ? 'MessagingServiceSid' : 'From'
  return {
    kind: 'twilio',
    async send({ to, body }) {
      const form = new URLSearchParams({ To: to, [sender]: from, Body: body.slice(0, longestSms) })
      const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' }
      const request = { method: 'POST', headers, body: form.toString() }
      const reply = await safeFetch(url, request, policy).catch((error: unknown) => {
        throw error instanceof OutgoingError ? new SmsError(`nothing (${error.fault})`, false) : error
      })
      if (!reply.ok) throw new SmsError(`${reply.status}${await codeOf(reply)}`, isRefusal(reply.status))
    },
  }
}

/** Too many requests and faults of the service pass; everything else it says for good. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429
}

/** Twilio's own code says what is wrong; its message would name the number. */
async function codeOf(reply: Response): Promise<string> {
  const text = await reply.text()
  const code = /"code"\s*:\s*(\d{1,6})/.exec(text)?.[1]
  return code ? `, code ${code}` : ''
}
