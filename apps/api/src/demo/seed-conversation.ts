import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { inTenant, type TenantTx } from '../core/in-tenant.ts'
import { messageReads, messages } from '../db/tables/messages.ts'
import { projects } from '../db/tables/projects.ts'
import { createAttachmentLinker } from '../modules/attachments/attachments.service.ts'
import { markRead, sendToConversation } from '../modules/messages/messages.service.ts'
import type { Deps } from '../plugins/types.ts'
import type { DemoStudio } from './actors.ts'

const said: readonly { by: 'owner' | 'artist' | 'manager'; hoursAgo: number; body: string }[] = [
  {
    by: 'owner',
    hoursAgo: 110,
    body: 'Hello! One thing the photo does not show: his left ear has a small notch, from before he came to us. It would mean a lot to see it in the game.',
  },
  { by: 'artist', hoursAgo: 109, body: 'What a lovely detail. I will draw it in.' },
  { by: 'artist', hoursAgo: 108.95, body: 'Does he have a favourite toy? It could be what he catches.' },
  { by: 'owner', hoursAgo: 97, body: 'A red herring made of felt. He carries it to bed every night 🐟' },
  {
    by: 'manager',
    hoursAgo: 26,
    body: 'The red herring is in! We have made the beginning slower as well, as you asked.',
  },
  {
    by: 'artist',
    hoursAgo: 3,
    body: 'Version 2 is ready for you.\n\nHave a look at the ear when he jumps: that is where the notch shows best.',
  },
]

/** A conversation about the game that is under review; the newest message is not read by its customer yet. */
export async function seedConversation({ db, crypto, config }: Deps, studio: DemoStudio): Promise<void> {
  const projectId = await inTenant(db, studio.system, findTalked)
  if (!projectId) return
  const link = createAttachmentLinker(crypto, config.publicOrigin)
  for (const { by, hoursAgo, body } of said)
    await inTenant(db, studio.as(by), async (tx) => {
      const { id } = await sendToConversation(tx, link, studio.as(by), projectId, { body, attachmentIds: [] })
      const at = sql`now() - make_interval(mins => ${Math.round(hoursAgo * 60)})` as unknown as string
      await tx.update(messages).set({ createdAt: at, updatedAt: at }).where(eq(messages.id, id))
      await tx
        .update(messageReads)
        .set({ readAt: at })
        .where(and(eq(messageReads.projectId, projectId), eq(messageReads.userId, studio.as(by).userId)))
    })
  await inTenant(db, studio.as('owner'), (tx) => markRead(tx, studio.as('owner'), projectId, said.length - 1))
}

/** Null where there is nothing to do. */
async function findTalked(tx: TenantTx): Promise<string | null> {
  const [project] = await tx
    .select({ id: projects.id })
    .from(projects)
    .where(and(eq(projects.petName, 'Captain Whiskers'), isNotNull(projects.accountId), isNull(projects.deletedAt)))
  if (!project) return null
  return (await tx.$count(messages, eq(messages.projectId, project.id))) > 0 ? null : project.id
}
