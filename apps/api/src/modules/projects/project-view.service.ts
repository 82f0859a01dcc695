import { legalMoves, type ProjectView } from '@sparkle/shared/projects'
import { isClient, type UserActor } from '../../core/actor.ts'
import type { Crypto } from '../../core/crypto.ts'
import type { Linker } from '../../core/file-links.ts'
import { emailContext, phoneContext } from './contact-data.service.ts'
import type { ProjectRow } from './projects.queries.ts'

/** What turns a row into a view: the keys of its contact data, links to its picture, and where games are played. */
export interface ViewTools {
  crypto: Crypto
  link: Linker
  gamesOrigin: string
}

/**
 * A row as its reader may see it: customers get no notes, hours or contact data. Written out field by field, since a
 * list does this for every row and copying the rest of an object costs several times as much.
 */
export function toView({ crypto, link }: ViewTools, actor: UserActor, row: ProjectRow): ProjectView {
  const [assetId, digest, coverType] = row.cover?.split(' ') ?? []
  const { customerEmailCipher: email, customerPhoneCipher: phone } = row
  const inside = !isClient(actor)
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    customerName: row.customerName,
    customerEmail: inside && email ? crypto.decrypt(email, emailContext) : null,
    customerPhone: inside && phone ? crypto.decrypt(phone, phoneContext) : null,
    petName: row.petName,
    petBreed: row.petBreed,
    petAge: row.petAge,
    petPersonality: row.petPersonality,
    packageType: row.packageType,
    status: row.status,
    legalMoves: legalMoves(row.status, row.statusBeforeHold),
    priority: row.priority,
    assignedArtistId: row.assignedArtistId,
    assignedArtistName: row.assignedArtistName,
    accountId: row.accountId,
    startDate: row.startDate,
    deadline: row.deadline,
    budgetHours: inside ? row.budgetHours : null,
    estimatedHours: inside ? row.estimatedHours : null,
    actualHours: inside ? row.actualHours : 0,
    gameConfig: row.gameConfig,
    notes: inside ? row.notes : '',
    orderNumber: row.orderNumber,
    thumbUrl: assetId && digest ? link(actor.organizationId, { assetId, variant: 'thumb', digest }) : null,
    thumbKind: row.cover ? (coverType === 'sprite' ? 'sprite' : 'photo') : null,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    completedAt: row.completedAt,
    archivedAt: row.archivedAt,
    deletedAt: row.deletedAt,
    version: row.version,
  }
}
