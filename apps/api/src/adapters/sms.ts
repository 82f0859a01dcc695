export interface Sms {
  /** A confirmed number in international form (ITU-T E.164). */
  to: string
  body: string
  /** The same on every try. */
  id: string
}

/** Why a text message was not sent, without saying to whom: failures are shown to people and land in logs. */
export class SmsError extends Error {
  /** Another try cannot cure it: the number is wrong, or the account may not send. */
  readonly permanent: boolean

  constructor(answer: string, permanent: boolean) {
    super(`The text message service answered ${answer}.`)
    this.permanent = permanent
  }
}

/** Sends text messages. Throws {@link SmsError} when the service refuses. */
export interface SmsSender {
  readonly kind: 'twilio' | 'folder'
  send(sms: Sms): Promise<void>
}

/** GSM networks cut at 160 characters and bill each part: three parts say enough. */
export const longestSms = 459
