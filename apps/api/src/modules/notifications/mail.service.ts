import { createTranslator } from 'use-intl/core'
import { en } from '@sparkle/shared/messages/en'
import type { Mail } from '../../adapters/mail.ts'
import { htmlOf, textOf } from './mail-layout.ts'

/** The studio's face on its mails. */
export interface MailFace {
  name: string
  accent: string | null
}

export interface MailRecipient {
  to: string
  /** How they are addressed; without a name they are greeted without one. */
  name?: string | null
  locale?: string
}

/** The kinds of mails: keys of the namespace `mails`. */
export type MailKind = Exclude<keyof typeof en.mails, 'layout'>

export interface MailOrder {
  kind: MailKind
  /** What the ICU messages of this kind ask for. Values come out escaped. */
  values: Record<string, string | number>
  /** Where the one button leads. */
  link: string
  /** Says why they get it, and that they may turn it off; for people with an account. */
  canTurnOff: boolean
  /** About the person's own sign-in and so of no studio: it says why it cannot be turned off. */
  aboutSignIn?: boolean
}

/** Languages that mails can be written in; any other falls back to English. */
const languages = { en }

/** Writes a mail of the studio: HTML and plain text from the same messages. `messageId` must be the same on every try. */
export function composeMail(face: MailFace, recipient: MailRecipient, order: MailOrder, messageId: string): Mail {
  const locale = recipient.locale && recipient.locale in languages ? (recipient.locale as keyof typeof languages) : 'en'
  const t = createTranslator({ locale, messages: languages[locale], namespace: 'mails' })
  const values = { ...order.values, studio: face.name }
  const parts = {
    language: locale,
    studio: face.name,
    accent: face.accent,
    greeting: t('layout.greeting', { known: recipient.name ? 'yes' : 'no', name: recipient.name ?? '' }),
    heading: t(`${order.kind}.heading`, values),
    paragraphs: t(`${order.kind}.body`, values).split('\n\n'),
    action: { label: t(`${order.kind}.action`, values), href: order.link },
    footer: footerOf(),
    linkHint: t('layout.linkHint'),
  }
  function footerOf(): string[] {
    if (order.aboutSignIn) return [t('layout.aboutSignIn')]
    return [t('layout.sentBy', values), ...(order.canTurnOff ? [t('layout.turnOff')] : [])]
  }
  return {
    to: recipient.to,
    subject: t(`${order.kind}.subject`, values),
    text: textOf(parts),
    html: htmlOf(parts),
    messageId,
  }
}
