import { replayBuilt, smokePlay } from '@sparkle/games/builder/smoke-play'
import { createCommentInput, type CommentView } from '@sparkle/shared/comments'
import type { z } from 'zod'
import type { UserActor } from '../core/actor.ts'
import { inTenant } from '../core/in-tenant.ts'
import { createAttachmentLinker } from '../modules/attachments/attachments.service.ts'
import { readGameDocument } from '../modules/builds/bundle-store.ts'
import { addComment } from '../modules/comments/add-comment.ts'
import { settleThread } from '../modules/comments/change-comment.ts'
import type { Deps } from '../plugins/types.ts'
import type { DemoStudio } from './actors.ts'

/** What is talked about: the first game, its successor, and the sprite. */
export interface Reviewed {
  first: { id: string }
  second: { id: string; buildId: string; digest: string }
  sprite: { id: string } | null
}

/** A quarter of a minute into the bot's play there is something to say. */
const momentTick = 900

type Said = z.input<typeof createCommentInput>

/** What people say about the demo's review: at a moment of play, at points of the sprite, and among the studio. */
export async function seedComments(deps: Deps, studio: DemoStudio, reviewed: Reviewed): Promise<void> {
  const { db, store, crypto, config } = deps
  const [owner, artist] = [studio.as('owner'), studio.as('artist')]
  const link = createAttachmentLinker(crypto, config.publicOrigin)
  const say = (actor: UserActor, versionId: string, said: Said): Promise<CommentView> =>
    addComment(
      { db, store },
      link,
      { reviewer: actor, inTenant: (work) => inTenant(db, actor, work), hasKeptReply: async () => false },
      versionId,
      createCommentInput.parse(said),
    )
  const { first, second, sprite } = reviewed

  const hard = await say(owner, first.id, { body: 'Our youngest lost all hearts at once. Could it begin more slowly?' })
  await say(artist, first.id, {
    body: 'Yes! The next version gives you more time between the fish.',
    parentId: hard.id,
  })
  await inTenant(db, artist, (tx) => settleThread(tx, link, artist, hard.id, true, null))

  const html = await readGameDocument(store, studio.system.organizationId, second.digest)
  const { log } = smokePlay(html)
  const [state] = replayBuilt(html, [{ log, untilTick: momentTick }])
  if (state) {
    const anchor = { kind: 'moment', buildId: second.buildId, tick: momentTick, stateHash: state.hash, log } as const
    const moment = await say(owner, second.id, { body: 'The fish hides behind the hearts here.', anchor })
    await say(artist, second.id, { body: 'Good eye. I will move the hearts up.', parentId: moment.id })
  }
  await say(artist, second.id, { body: 'Waves need two more frames before we send the final one.', internal: true })
  await say(owner, second.id, { body: 'We love the new ears!' })

  if (!sprite) return
  await say(owner, sprite.id, { body: 'His left ear has a notch.', anchor: { kind: 'point', x: 0.1, y: 0.12 } })
  const eyes = await say(owner, sprite.id, {
    body: 'The eyes are greener.',
    anchor: { kind: 'point', x: 0.37, y: 0.37 },
  })
  await say(artist, sprite.id, { body: 'Greener now, and a little larger.', parentId: eyes.id })
  await inTenant(db, artist, (tx) => settleThread(tx, link, artist, eyes.id, true, null))
}
