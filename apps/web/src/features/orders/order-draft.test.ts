import { knownOrderInput, orderInput, orderUploadKeptSeconds } from '@sparkle/shared/orders'
import { describe, expect, test } from 'vitest'
import {
  fieldOfPath,
  loadDraft,
  newDraft,
  orderBody,
  orderForm,
  saveDraft,
  senderOf,
  stepOfField,
  withCustomer,
} from './order-draft.ts'

const now = 1_800_000_000_000
const photo = (minutesOld: number, uploadId: string) => ({
  uploadId,
  name: 'chelsea.png',
  sizeBytes: 5,
  thumb: 'data:image/jpeg;base64,',
  uploadedAt: now - minutesOld * 60_000,
})
const fields = {
  packageType: 'custom',
  knownPet: null,
  pet: { name: ' Chelsea ', breed: '', age: '', personality: '' },
  game: { theme: 'garden', difficulty: 'easy', features: ['power-ups'] },
  customer: { name: 'Ada', email: 'Ada@Example.com', phone: '' },
  consent: true,
}

describe('the draft', () => {
  test('comes back as it was saved, with the same key', () => {
    const draft = { ...newDraft(), step: 2 }
    saveDraft('sparkle', draft)
    expect(loadDraft('sparkle')).toEqual(draft)
    expect(loadDraft('neighbour').key).not.toBe(draft.key)
  })

  test('lets photos go before the API does', () => {
    const fresh = photo(10, '0199a0de-0000-7000-8000-000000000001')
    const old = photo(orderUploadKeptSeconds / 60 - 1, '0199a0de-0000-7000-8000-000000000002')
    saveDraft('sparkle', { ...newDraft(), photos: [fresh, old] })
    expect(loadDraft('sparkle', now).photos).toEqual([fresh])
  })

  test('of the release before goes on, and is filled in for a customer who is known', () => {
    const { knownPet: _knownPet, ...before } = newDraft().fields
    const customer = { name: 'Ada', email: '', phone: '' }
    localStorage.setItem('order-draft:sparkle', JSON.stringify({ ...newDraft(), fields: { ...before, customer } }))
    const loaded = loadDraft('sparkle').fields
    expect(loaded).toMatchObject({ knownPet: null, customer })
    const known = { name: 'Ada Lovelace', email: 'ada@example.com' }
    expect(withCustomer(loaded, known).customer).toEqual({ name: 'Ada', email: 'ada@example.com', phone: '' })
    expect(withCustomer(loaded, null)).toBe(loaded)
  })

  test('goes on as whose its unanswered try was, whoever is signed in by now', () => {
    const unanswered = knownOrderInput.parse(orderBody(orderForm.parse(fields), [], '2026-11-01'))
    const sender = (sentBy: string | null | undefined, signedIn: string | null) => {
      saveDraft('sparkle', { ...newDraft(), unanswered, sentBy })
      return senderOf(loadDraft('sparkle'), signedIn)
    }
    expect([sender('u1', null), sender('u1', 'u2'), sender(null, 'u1')]).toEqual(['u1', 'u1', null])
    expect([sender(undefined, 'u1'), sender(undefined, null)], 'of the release before').toEqual(['u1', null])
    expect(senderOf({ unanswered: null, sentBy: 'u1' }, null), 'answered').toBeNull()
  })

  test('what another version wrote is not trusted', () => {
    localStorage.setItem('order-draft:sparkle', '{"key":"k","step":"two"}')
    expect(loadDraft('sparkle').step).toBe(0)
    localStorage.setItem('order-draft:sparkle', '{broken')
    expect(loadDraft('sparkle').fields.pet.name).toBe('')
  })
})

describe('the order', () => {
  test('is what the API accepts, without the empty phone', () => {
    const body = orderBody(orderForm.parse(fields), [], '2026-11-01')
    expect(orderInput.parse(body)).toEqual(body)
    expect(body).toMatchObject({ pet: { name: 'Chelsea' }, customer: { email: 'ada@example.com' } })
    expect(body.customer).not.toHaveProperty('phone')
    const pet = '0199a0de-0000-7000-8000-000000000003'
    const known = orderBody(orderForm.parse(fields), [], '2026-11-01', pet)
    expect(knownOrderInput.parse(known)).toEqual({ ...body, petProfileId: pet })
  })

  test('a phone that is given has to be one', () => {
    const result = orderForm.safeParse({ ...fields, customer: { ...fields.customer, phone: 'call me' } })
    expect(result.success).toBe(false)
  })

  test('refused fields are found in the form, on their step', () => {
    expect(fieldOfPath('body.customer.email')).toBe('customer.email')
    expect(fieldOfPath('body.gameConfig.theme')).toBe('game.theme')
    expect(fieldOfPath('consent.version')).toBe('consent')
    expect(['pet.name', 'uploadIds', 'game.theme', 'customer.email', 'consent'].map(stepOfField)).toEqual([
      0, 0, 1, 2, 2,
    ])
  })
})
