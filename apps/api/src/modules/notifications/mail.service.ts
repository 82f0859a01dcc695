import { createTranslator } from 'use-intl/core'
import { en } from '@sparkle/shared/messages/en'
import type { NotificationKind } from '@sparkle/shared/events'
import type { Mail } from '../../adapters/mail.ts'
import { type FootLine, htmlOf, type MailSection, textOf } from './mail-layout.ts'

/** The studio's face on its mails. */
export interface MailFace {
  name: string
  accent: string | null
  /** Where the logo's file is. */
  logoKey?: string | null
}

/** What the logo is called within a mail that brings it along. */
export const logoCid = 'studio-logo'

export interface MailRecipient {
  to: string
  /** How they are addressed; without a name they are greeted without one. */
  name?: string | null
  locale?: string
}

/** The kinds of mails: keys of the namespace `mails`. */
export type MailKind = Exclude<keyof typeof en.mails, 'layout' | 'sms'>

/** What a message says, on whatever channel. */
export interface MailOrder {
  kind: MailKind
  /** What the ICU messages of this kind ask for. Values come out escaped. */
  values: Record<string, string | number>
  /** Where the one button leads. */
  link: string
  sections?: readonly MailSection[]
}

/** Why somebody gets a mail, which its foot says. */
export type MailReason =
  /** Chosen by a person with an account, who can stop it. `what`: notification kinds or the digest. */
  | {
      kind: 'chosen'
      what: readonly (NotificationKind | 'digest')[]
      settingsLink: string
      stopLink: string
      oneClickLink: string
    }
  /** About the person's own sign-in and so of no studio: it says why it cannot be turned off. */
  | { kind: 'sign-in' }
  /** To somebody without an account, about what they asked for. */
  | { kind: 'asked-for' }
  /** About the whole studio and too grave to be turned off. */
  | { kind: 'always' }

/** Languages that mails can be written in; any other falls back to English. */
const languages = { en }

function languageOf(locale: string | undefined): keyof typeof languages {
  return locale && locale in languages ? (locale as keyof typeof languages) : 'en'
}

/** Writes a mail of the studio: HTML and plain text from the same messages. `messageId` must be the same on every try. */
export function composeMail(
  face: MailFace,
  recipient: MailRecipient,
  order: MailOrder,
  reason: MailReason,
  messageId: string,
): Mail {
  const locale = languageOf(recipient.locale)
  const t = createTranslator({ locale, messages: languages[locale], namespace: 'mails' })
  const values = valuesOf(face, locale, order)
  const parts = {
    language: locale,
    studio: face.name,
    accent: face.accent,
    logo: face.logoKey ? `cid:${logoCid}` : null,
    greeting: t('layout.greeting', { known: recipient.name ? 'yes' : 'no', name: recipient.name ?? '' }),
    heading: t(`${order.kind}.heading`, values),
    paragraphs: t(`${order.kind}.body`, values).split('\n\n'),
    sections: order.sections ?? [],
    action: { label: t(`${order.kind}.action`, values), href: order.link },
    footer: footOf(locale, face, reason),
    linkHint: t('layout.linkHint'),
  }
  return {
    to: recipient.to,
    subject: t(`${order.kind}.subject`, values),
    text: textOf(parts),
    html: htmlOf(parts),
    messageId,
    ...(reason.kind === 'chosen' && { unsubscribe: reason.oneClickLink }),
  }
}

function footOf(locale: keyof typeof languages, face: MailFace, reason: MailReason): FootLine[] {
  const messages = languages[locale]
  const t = createTranslator({ locale, messages, namespace: 'mails.layout' })
  const names = createTranslator({ locale, messages, namespace: 'notifications' })
  if (reason.kind === 'sign-in') return [{ text: t('aboutSignIn') }]
  const sentBy = { text: t('sentBy', { studio: face.name }) }
  if (reason.kind === 'asked-for') return [sentBy]
  if (reason.kind === 'always') return [sentBy, { text: t('always') }]
  const labels = reason.what.map((one) => (one === 'digest' ? names('digestLabel') : names(`label.${one}`)))
  const what = new Intl.ListFormat(locale, { type: 'unit' }).format(labels)
  return [
    sentBy,
    { text: t('why', { what }) },
    { text: t('stop'), href: reason.stopLink },
    { text: t('choose'), href: reason.settingsLink },
  ]
}

/** What the messages ask for. A guest may give any name, also that of somebody of the studio, so it says that they are one. */
function valuesOf(face: MailFace, locale: keyof typeof languages, { values }: MailOrder) {
  const t = createTranslator({ locale, messages: languages[locale], namespace: 'mails.layout' })
  const { guest, actorName } = values
  const named = guest === 'yes' && { actorName: t('guestNamed', { name: String(actorName) }) }
  return { ...values, studio: face.name, ...named }
}

/** The same news in the few words of a push notification or a text message. */
export function composeShort(face: MailFace, locale: string, order: MailOrder): { title: string; body: string } {
  const language = languageOf(locale)
  const t = createTranslator({ locale: language, messages: languages[language], namespace: 'mails' })
  const values = valuesOf(face, language, order)
  const [first = ''] = t(`${order.kind}.body`, values).split('\n\n')
  return { title: t(`${order.kind}.subject`, values), body: first }
}

/** The text message that proves a number. */
export function composeCode(studio: string, code: string, minutes: number): string {
  return createTranslator({ locale: 'en', messages: en, namespace: 'mails' })('sms.code', { studio, code, minutes })
}
