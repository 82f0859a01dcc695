import { z } from 'zod'
import {
  addPasskeyInput,
  attestationOptions,
  passkeyList,
  passkeyView,
  renamePasskeyInput,
} from '@sparkle/shared/passkeys'
import { idParams } from '@sparkle/shared/text'
import { asPerson, asSelf } from '../../core/as-person.ts'
import type { App } from '../../plugins/types.ts'
import { signedIn } from '../../core/signed-in.ts'
import { challengeOf, makeChallenge, takeChallenge } from './passkey-challenge.service.ts'
import { listPasskeys } from './passkeys.queries.ts'
import {
  addPasskey,
  changeName,
  newPasskeyOptions,
  readNewPasskey,
  relyingParty,
  removePasskey,
} from './passkeys.service.ts'
import { getProfile } from './profile.service.ts'

const tags = ['Passkeys']
const adding = { max: 20, windowSeconds: 900 } as const

/** One's own passkeys (WebAuthn). */
export async function passkeyRoutes(app: App): Promise<void> {
  const { db, crypto, config } = app.deps
  const party = relyingParty(config.publicOrigin)

  app.get(
    '/me/passkeys',
    {
      config: { access: 'signed-in' },
      schema: { operationId: 'listPasskeys', summary: 'My passkeys', tags, response: { 200: passkeyList } },
    },
    async (request) => {
      const { userId } = signedIn(request)
      return { items: await asPerson(db, userId, (tx) => listPasskeys(tx, userId)) }
    },
  )

  app.post(
    '/me/passkeys/options',
    {
      config: { access: 'signed-in', ownSignIn: true, stepUp: true, limit: adding, idempotent: false },
      schema: {
        operationId: 'beginPasskey',
        summary: 'What the browser needs to make a passkey',
        description: 'Good for five minutes and once, for `navigator.credentials.create()`.',
        tags,
        response: { 200: attestationOptions },
      },
    },
    async (request) => {
      const { userId } = signedIn(request)
      return asPerson(db, userId, async (tx) =>
        newPasskeyOptions(tx, party, await getProfile(tx, crypto, userId), makeChallenge(crypto, 'add', userId)),
      )
    },
  )

  app.post(
    '/me/passkeys',
    {
      config: { access: 'signed-in', ownSignIn: true, stepUp: true, limit: adding, idempotent: false },
      schema: {
        operationId: 'addPasskey',
        summary: 'Add the passkey that the browser has made',
        tags,
        body: addPasskeyInput,
        response: { 201: passkeyView },
      },
    },
    async (request, reply) => {
      const actor = signedIn(request)
      const { name, credential } = request.body
      const challenge = challengeOf(credential.response.clientDataJSON)
      await takeChallenge({ db, crypto }, challenge, 'add', actor.userId)
      const made = await readNewPasskey(party, credential, challenge)
      const added = await asSelf(db, actor, (tx, note) => addPasskey(tx, note, actor.userId, name, made))
      return reply.code(201).send(added)
    },
  )

  app.patch(
    '/me/passkeys/:id',
    {
      config: { access: 'signed-in', ownSignIn: true, stepUp: true },
      schema: {
        operationId: 'renamePasskey',
        summary: 'Give a passkey another name',
        tags,
        params: idParams,
        body: renamePasskeyInput,
        response: { 200: passkeyView },
      },
    },
    async (request) => {
      const actor = signedIn(request)
      const { id } = request.params
      const { name } = request.body
      return asSelf(db, actor, (tx, note) => changeName(tx, note, actor.userId, id, name, request.ifMatch))
    },
  )

  app.delete(
    '/me/passkeys/:id',
    {
      config: { access: 'signed-in', ownSignIn: true, stepUp: true },
      schema: {
        operationId: 'removePasskey',
        summary: 'Remove one of my passkeys',
        tags,
        params: idParams,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const actor = signedIn(request)
      const { id } = request.params
      await asSelf(db, actor, (tx, note) => removePasskey(tx, note, actor.userId, id, request.ifMatch))
      return reply.code(204).send(null)
    },
  )
}
