import { z } from 'zod'
import {
  muteView,
  phoneCodeInput,
  phoneInput,
  phoneView,
  preferencesInput,
  preferencesView,
} from '@sparkle/shared/notifications'
import { idParams } from '@sparkle/shared/text'
import { AppError, notFound } from '../../core/app-error.ts'
import type { App } from '../../plugins/types.ts'
import { composeCode } from './mail.service.ts'
import { beginPhone, checkPhoneCode, codeMinutes, maskPhone, refuseCode, removePhone } from './phone.service.ts'
import { getMute, getPreferences, phoneOf, replacePreferences, setMute } from './preferences.service.ts'
import { findTold } from './settings.queries.ts'

const tags = ['Notifications']
const asking = { max: 5, windowSeconds: 300 } as const

/** How the signed-in person wants to hear of things in the active studio. */
export async function preferenceRoutes(app: App): Promise<void> {
  const { crypto, push, sms } = app.deps
  const pushKey = push?.publicKey ?? null

  app.get(
    '/me/notification-preferences',
    {
      config: { access: 'signed-in' },
      schema: {
        operationId: 'getNotificationPreferences',
        summary: 'How you want to hear of things',
        description:
          'In the active studio. Mails about your sign-in are not among them: they are always sent. What you have not chosen follows the defaults.',
        tags,
        response: { 200: preferencesView },
      },
    },
    (req) => req.inTenant((tx) => getPreferences(tx, crypto, pushKey, req.actor)),
  )

  app.put(
    '/me/notification-preferences',
    {
      config: { access: 'signed-in' },
      schema: {
        operationId: 'replaceNotificationPreferences',
        summary: 'Change how you want to hear of things',
        tags,
        body: preferencesInput,
        response: { 200: preferencesView },
      },
    },
    (req) =>
      req.inTenant(async (tx) => {
        await replacePreferences(tx, req.actor, req.body, req.ifMatch)
        return getPreferences(tx, crypto, pushKey, req.actor)
      }),
  )

  app.put(
    '/me/phone',
    {
      config: { access: 'signed-in', limit: asking },
      schema: {
        operationId: 'setPhone',
        summary: 'Give a number for text messages',
        description: `Sends a code there, good for ${codeMinutes} minutes. Nothing else is sent until it is confirmed.`,
        tags,
        body: phoneInput,
        response: { 200: phoneView },
      },
    },
    async (req) => {
      const { id, to, code, studioName } = await req.inTenant((tx) => beginPhone(tx, crypto, req.actor, req.body.phone))
      // Sent at once and not by the worker: the person waits for it, and must hear if it cannot be sent.
      const body = composeCode(studioName, code, codeMinutes)
      await sms.send({ id, to, body }).catch((error: unknown) => {
        req.log.warn({ err: error }, 'a code could not be sent by text message')
        throw new AppError('unavailable', 'sms.not_sent', 'The text message could not be sent. Check the number.')
      })
      return { number: maskPhone(to), confirmed: false }
    },
  )

  app.post(
    '/me/phone/confirm',
    {
      config: { access: 'signed-in', limit: { max: 20, windowSeconds: 300 }, idempotent: false },
      schema: {
        operationId: 'confirmPhone',
        summary: 'Confirm the number with the code that was sent there',
        description: '422 `phone.wrong_code`; after five wrong ones 409 `phone.too_many_tries`.',
        tags,
        body: phoneCodeInput,
        response: { 200: phoneView },
      },
    },
    async (req) => {
      const check = await req.inTenant((tx) => checkPhoneCode(tx, crypto, req.actor, req.body.code))
      refuseCode(check)
      return req.inTenant(async (tx) => {
        const person = await findTold(tx, req.actor.userId)
        return (person && phoneOf(crypto, person)) ?? notFound('phone')
      })
    },
  )

  app.delete(
    '/me/phone',
    {
      config: { access: 'signed-in' },
      schema: { operationId: 'removePhone', summary: 'Take your number away', tags, response: { 204: z.null() } },
    },
    async (req, reply) => {
      await req.inTenant((tx) => removePhone(tx, req.actor))
      return reply.code(204).send(null)
    },
  )

  app.get(
    '/projects/:id/mute',
    {
      config: { access: 'projects:read' },
      schema: {
        operationId: 'getProjectMute',
        summary: 'Whether you have muted a project',
        tags,
        params: idParams,
        response: { 200: muteView },
      },
    },
    async (req) => ({ muted: await req.inTenant((tx) => getMute(tx, req.actor, req.params.id)) }),
  )

  for (const [method, muted] of [
    ['post', true],
    ['delete', false],
  ] as const)
    app[method](
      '/projects/:id/mute',
      {
        config: { access: 'projects:read' },
        schema: {
          operationId: muted ? 'muteProject' : 'unmuteProject',
          summary: muted ? 'Hear no more of a project' : 'Hear of a project again',
          description:
            'For you alone. What is meant for you by name still comes, unless your preferences say otherwise.',
          tags,
          params: idParams,
          response: { 200: muteView },
        },
      },
      async (req) => {
        await req.inTenant((tx) => setMute(tx, req.actor, req.params.id, muted))
        return { muted }
      },
    )
}
