import { eventTypes } from '@sparkle/shared/events'
import type { EventHandler, HandledEvent, Job, StepOptions } from '../../core/event-handlers.ts'
import { inTenant } from '../../core/in-tenant.ts'
import type { MailError } from '../../adapters/mail.ts'
import type { Deps } from '../../plugins/types.ts'
import { composeEventMail, listMailTargets, mailingEvents, type MailTarget } from './event-mails.ts'
import { isNotifying } from './notifications.rules.ts'
import { notifyOfEvent } from './notifications.service.ts'

/** A mail server may be away for a while: the last try comes about two hours after the first. */
const patience: StepOptions = { attempts: 10, firstWaitSeconds: 15, worthRetrying: (error) => !isRefusal(error) }

function isRefusal(error: unknown): boolean {
  return (error as Partial<MailError>).permanent === true
}

const notifications: EventHandler<Deps> = {
  name: 'notifications',
  on: eventTypes.filter(isNotifying),
  async run(deps, event, job) {
    await job.step('notify', () => inTenant(deps.db, job.actor, (tx) => notifyOfEvent(tx, job.actor, event)))
  },
}

/** One step for each mail, so that after a crash only the one under way can go twice, under the same Message-ID. */
const mails: EventHandler<Deps> = {
  name: 'mails',
  on: mailingEvents,
  lane: 'mail',
  async run(deps, event, job) {
    const targets = await job.step('targets', () => inTenant(deps.db, job.actor, (tx) => listMailTargets(tx, event)))
    const failures: unknown[] = []
    for (const target of targets) {
      try {
        await job.step(stepName(target), () => sendEventMail(deps, job, event, target), patience)
      } catch (error) {
        // One address that is refused for good must not keep the mail from the others.
        failures.push(error)
      }
    }
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} of ${targets.length} mails could not be sent.`)
  },
}

function stepName(target: MailTarget): string {
  return typeof target === 'string' ? `mail ${target}` : `mail ${target.userId}`
}

/** Composed in a transaction, sent after it. Answers whether there was a mail to send. */
async function sendEventMail(deps: Deps, job: Job, event: HandledEvent, target: MailTarget): Promise<boolean> {
  const mail = await inTenant(deps.db, job.actor, (tx) => composeEventMail(tx, deps.crypto, deps.config, event, target))
  if (mail) await deps.mailer.send(mail)
  return mail !== null
}

export const notificationHandlers: readonly EventHandler<Deps>[] = [notifications, mails]
