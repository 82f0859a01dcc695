/**
 * `pnpm mails`: every mail as its readers get it, in `mails/`: HTML and text, and pictures 600 and 360 wide, light and
 * dark. Needs no server: the mails are written by the code that writes the real ones.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { notificationKinds, type NotificationKind } from '../packages/shared/src/events.ts'
import { en } from '../packages/shared/src/messages/en.ts'
import {
  composeMail,
  type MailKind,
  type MailOrder,
  type MailReason,
} from '../apps/api/src/modules/notifications/mail.service.ts'
import { orderOf } from '../apps/api/src/modules/notifications/notices.ts'
import { openBrowser } from '../apps/web/e2e/kit/browser.ts'
import { root } from './lib/place.mjs'

const folder = join(root, 'mails')
const studio = 'https://studio.example'
const place = { publicOrigin: studio, gamesOrigin: 'https://games.example' }
const face = { name: 'Sparkle Studio', accent: null }
const recipient = { to: 'ann@example.test', name: 'Ann Miller', locale: 'en' }
const facts = {
  petName: 'Captain Whiskers',
  actorName: 'Jonas Keller',
  orderNumber: 'SC-1042',
  packageType: 'custom',
  customerName: 'Ann Miller',
  filename: 'captain-at-the-beach.heic',
  domain: 'games.captain.example',
  keyName: 'Nightly export',
  from: 'Jonas Keller',
  message: 'The new walk looks lovely.\nCan the tail be a little longer?',
  to: 'review',
  deadline: '2026-12-24',
  days: 3,
  slug: 'captain-whiskers',
}
const values = {
  ...facts,
  inviterName: 'Jonas Keller',
  role: 'artist',
  known: 'yes',
  minutes: 30,
  passkey: 'Laptop',
  asked: 'yes',
  due: '2026-12-24',
  reason: 'A build hangs',
  studioName: 'Sparkle Studio',
  hours: 24,
  count: 3,
  words: 'yes',
  excerpt: 'One thing the photo does not show: his left ear has a small notch.',
}

const told = new Map(
  notificationKinds.map((kind) => [orderOf(place, { kind, projectId: null, data: facts }).kind, kind]),
)
const toCustomers: readonly MailKind[] = ['orderConfirmation', 'customerDeployed', 'invitation', 'projectInvitation']

const lists: Partial<Record<MailKind, MailOrder['sections']>> = {
  held: [
    {
      title: '',
      items: [
        { text: 'Captain Whiskers’s project is yours now', href: `${studio}/projects/1` },
        { text: 'Jonas Keller has written to you', href: `${studio}/notifications` },
        { text: 'A build of Biscuit’s game failed', href: `${studio}/projects/2/builds` },
      ],
    },
  ],
  digest: [
    {
      title: en.mails.digest.yours,
      items: [
        { text: 'Poppy', detail: 'overdue since 19 November 2026', href: `${studio}/projects/3` },
        { text: 'Captain Whiskers', detail: 'due 24 December 2026', href: `${studio}/projects/1` },
      ],
    },
    {
      title: en.mails.digest.failed,
      items: [{ text: 'Biscuit', detail: 'build 4', href: `${studio}/projects/2/builds` }],
    },
    {
      title: en.mails.digest.happened,
      items: [{ text: 'Pickles’s game is live', href: `${studio}/projects/4/address` }],
    },
  ],
}

function reasonOf(kind: MailKind): MailReason {
  if (toCustomers.includes(kind)) return { kind: 'asked-for' }
  const what: NotificationKind | 'digest' | undefined = kind === 'digest' ? 'digest' : told.get(kind)
  if (!what && kind !== 'held') return { kind: 'sign-in' }
  const links = { stopLink: `${studio}/unsubscribe#token`, oneClickLink: `${studio}/api/v1/public/unsubscribe/token` }
  return { kind: 'chosen', what: [what ?? 'message'], settingsLink: `${studio}/settings/notifications`, ...links }
}

await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true })
const kinds = Object.keys(en.mails).filter((key) => key !== 'layout' && key !== 'sms') as MailKind[]
const browser = await openBrowser()
try {
  for (const kind of kinds) {
    const order = {
      kind,
      values: { ...values, address: 'https://games.example/captain-whiskers/', news: 1 },
      link: studio,
    }
    const sections = lists[kind]
    const mail = composeMail(face, recipient, { ...order, ...(sections && { sections }) }, reasonOf(kind), kind)
    if (mail.text.includes(`mails.${kind}.`)) throw new Error(`The sample of ${kind} lacks a value.`)
    await writeFile(join(folder, `${kind}.html`), mail.html)
    await writeFile(join(folder, `${kind}.txt`), `Subject: ${mail.subject}\n\n${mail.text}\n`)
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [600, 360]) {
        const page = await browser.newPage({ colorScheme, viewport: { width, height: 700 } })
        await page.setContent(mail.html)
        await page.screenshot({ path: join(folder, `${kind}-${width}-${colorScheme}.png`), fullPage: true })
        await page.close()
      }
  }
} finally {
  await browser.close()
}
console.info(`${kinds.length} mails are in ${folder}.`)
