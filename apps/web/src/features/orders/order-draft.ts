import { gameWishes, packageTypes } from '@sparkle/shared/games'
import { knownOrderInput, orderReceipt, orderUploadKeptSeconds } from '@sparkle/shared/orders'
import { email, name, phone, text } from '@sparkle/shared/text'
import { z } from 'zod'
import { newKey } from '../../lib/http.ts'
import type { OrderBody } from './api.ts'

/** The fields of the order page. Like the API's input, but as inputs hold them: an empty phone, a tick for the consent. */
export const orderForm = z.object({
  packageType: z.enum(packageTypes),
  /** The `key` of a returning customer's pet. */
  knownPet: z.string().nullable(),
  pet: z.object({ name: name(60), breed: text(80), age: text(40), personality: text(1000) }),
  game: z.object({
    theme: gameWishes.shape.theme,
    difficulty: gameWishes.shape.difficulty.unwrap(),
    features: gameWishes.shape.features.unwrap(),
  }),
  customer: z.object({ name: name(120), email, phone: z.union([z.literal(''), phone]) }),
  consent: z.boolean(),
})
export type OrderFields = z.infer<typeof orderForm>

const savedPhoto = z.object({
  uploadId: z.uuid(),
  name: z.string(),
  sizeBytes: z.number(),
  /** A small data: URL. */
  thumb: z.string(),
  uploadedAt: z.number(),
})
/** A photo that has arrived; it outlives a reload as long as the API keeps it. */
export type SavedPhoto = z.infer<typeof savedPhoto>

const draft = z.object({
  /** The order's Idempotency-Key. */
  key: z.string(),
  step: z.int().min(0).max(2),
  fields: z.object({
    packageType: z.enum(packageTypes),
    knownPet: z.string().nullable().default(null),
    pet: z.object({ name: z.string(), breed: z.string(), age: z.string(), personality: z.string() }),
    game: z.object({
      theme: z.string().optional(),
      difficulty: gameWishes.shape.difficulty.unwrap(),
      features: z.array(z.string()),
    }),
    customer: z.object({ name: z.string(), email: z.string(), phone: z.string() }),
    consent: z.boolean(),
  }),
  photos: z.array(savedPhoto),
  /** What was sent without an answer coming back: it may have become an order. */
  unanswered: knownOrderInput.nullable(),
  /** The customer as whom that was sent; null as a stranger. */
  sentBy: z.string().nullable().optional(),
  receipt: orderReceipt.nullable(),
})
export type OrderDraft = z.infer<typeof draft>

export function newDraft(): OrderDraft {
  return {
    key: newKey(),
    step: 0,
    fields: {
      packageType: 'custom',
      knownPet: null,
      pet: { name: '', breed: '', age: '', personality: '' },
      game: { difficulty: 'medium', features: [] },
      customer: { name: '', email: '', phone: '' },
      consent: false,
    },
    photos: [],
    unanswered: null,
    receipt: null,
  }
}

const keyOf = (slug: string) => `order-draft:${slug}`
/** A little less than the API keeps a photo, so that there is time to send the order. */
const photoKeptMs = (orderUploadKeptSeconds - 300) * 1000

/** What was entered before the page was loaded again. Photos that the API has let go by now are left out. */
export function loadDraft(slug: string, now = Date.now()): OrderDraft {
  const parsed = draft.safeParse(readStored(keyOf(slug)))
  if (!parsed.success) return newDraft()
  return { ...parsed.data, photos: parsed.data.photos.filter(({ uploadedAt }) => now - uploadedAt < photoKeptMs) }
}

export function saveDraft(slug: string, value: OrderDraft): void {
  try {
    localStorage.setItem(keyOf(slug), JSON.stringify(value))
  } catch {
    // Storage is full or refused in some private windows: the draft then lasts as long as the page.
  }
}

export function clearDraft(slug: string): void {
  try {
    localStorage.removeItem(keyOf(slug))
  } catch {
    // As above.
  }
}

function readStored(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null')
  } catch {
    return null
  }
}

/** The fields with what is known of somebody who is signed in, where they have entered nothing else. */
export function withCustomer(fields: OrderDraft['fields'], known: { name: string; email: string } | null) {
  if (!known) return fields
  const { customer } = fields
  const filled = { ...customer, name: customer.name || known.name, email: customer.email || known.email }
  return { ...fields, customer: filled }
}

/** As whom the order goes out. What may have become an order goes on as whose it began, whoever is signed in by now. */
export function senderOf({ unanswered, sentBy }: Pick<OrderDraft, 'unanswered' | 'sentBy'>, signedIn: string | null) {
  return unanswered && sentBy !== undefined ? sentBy : signedIn
}

/** The fields as the API takes them. `petProfileId`: that of a pet that is known; customers who are signed in have some. */
export function orderBody(
  fields: OrderFields,
  uploadIds: string[],
  consentVersion: string,
  petProfileId: string | null = null,
): OrderBody {
  const { customer, pet, game, packageType } = fields
  return {
    customer: { name: customer.name, email: customer.email, ...(customer.phone && { phone: customer.phone }) },
    pet,
    packageType,
    gameConfig: game,
    uploadIds,
    consent: { version: consentVersion },
    ...(petProfileId && { petProfileId }),
  }
}

/** Where the API's path of a refused field is found in the form: `body.gameConfig.theme` is `game.theme`. */
export function fieldOfPath(path: string): string {
  const field = path.replace(/^body\./, '')
  if (field.startsWith('gameConfig')) return field.replace('gameConfig', 'game')
  return field === 'consent.version' ? 'consent' : field
}

/** The step that shows a field. */
export function stepOfField(field: string): number {
  if (field.startsWith('customer') || field.startsWith('consent')) return 2
  return field.startsWith('game') ? 1 : 0
}
