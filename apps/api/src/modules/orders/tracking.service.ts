import type { TrackingView, UploadInput } from '@sparkle/shared/orders'
import type { PublicActor } from '../../core/actor.ts'
import { conflict, notFound } from '../../core/app-error.ts'
import { recordAudit } from '../../core/audit.ts'
import type { Linker } from '../../core/file-links.ts'
import { gameOrigin } from '../../core/game-origin.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { emit } from '../../core/outbox.ts'
import { adoptUploads, createTicket, openTickets } from '../assets/tickets.service.ts'
import { lockProject } from '../projects/projects.queries.ts'
import { countPhotos, findProgress, findTracked, listPhotos } from './orders.queries.ts'
import { photosLeft, stepsOf, takesPhotos } from './orders.rules.ts'
import { assertArrived } from './orders.service.ts'

type Tracked = NonNullable<Awaited<ReturnType<typeof findTracked>>>

/** What a customer may see of an order: progress and the game, nothing internal. */
export async function trackOrder(
  tx: TenantTx,
  link: Linker,
  gamesOrigin: string,
  orderId: string,
): Promise<TrackingView> {
  const order = (await findTracked(tx, orderId)) ?? notFound('order')
  const progress = await findProgress(tx, order.projectId)
  const photos = await listPhotos(tx, order.projectId)
  return {
    orderNumber: order.orderNumber,
    studio: { name: order.studioName, slug: order.studioSlug },
    petName: order.petName,
    packageType: order.packageType,
    status: order.status,
    steps: stepsOf({ status: order.status, receivedAt: order.createdAt, ...progress }),
    photos: photos.map(({ assetId, digest, status }) => ({
      thumbUrl: digest ? link(tx.organizationId, { assetId, variant: 'thumb', digest }) : null,
      status,
    })),
    photosLeft: order.takesOrders ? photosLeft(order.status, await countPhotos(tx, order.projectId)) : 0,
    gameUrl: progress.slug ? `${gameOrigin(gamesOrigin, progress.primaryDomain)}/${progress.slug}/` : null,
    createdAt: order.createdAt,
  }
}

type Taking = Pick<Tracked, 'projectId' | 'status' | 'takesOrders'>

/** Of a studio that is suspended or being deleted nobody outside is told which: its order page does not say so either. */
async function assertTakesPhoto(tx: TenantTx, { projectId, status, takesOrders }: Taking) {
  if (!takesOrders) conflict('order.studio_closed', 'The studio takes no photos at present. Write to the studio.')
  if (!takesPhotos(status))
    conflict('order.work_done', 'The work on this order is over, so it takes no more photos. Write to the studio.')
  if (photosLeft(status, await countPhotos(tx, projectId)) === 0)
    conflict('order.photos_full', 'This order has as many photos as one may have.')
}

/** Makes room for one more photo of an order that was sent before. */
export async function reservePhoto(tx: TenantTx, orderId: string, input: UploadInput) {
  await assertTakesPhoto(tx, (await findTracked(tx, orderId)) ?? notFound('order'))
  return createTicket(tx, input)
}

/** Takes one more photo in, as an asset of the order's project. `settled`: where its bytes lie, if they have arrived. */
export async function addPhoto(
  tx: TenantTx,
  actor: PublicActor,
  orderId: string,
  uploadId: string,
  settled: ReadonlyMap<string, string>,
): Promise<void> {
  const { projectId, orderNumber, petName, takesOrders } = (await findTracked(tx, orderId)) ?? notFound('order')
  // Locked, so that two at once cannot both be the last one.
  const { status } = (await lockProject(tx, projectId)) ?? notFound('order')
  await assertTakesPhoto(tx, { projectId, status, takesOrders })
  const tickets = await openTickets(tx, [uploadId])
  assertArrived(tickets, settled)
  const [assetId = null] = await adoptUploads(tx, actor, projectId, tickets, settled)
  const facts = { orderNumber, assetId }
  await recordAudit(tx, actor, 'order:photo:added', { entity: 'order', id: orderId, changes: facts })
  await emit(tx, actor, 'order:photo:added', { projectId, data: { orderId, petName, ...facts } })
}
