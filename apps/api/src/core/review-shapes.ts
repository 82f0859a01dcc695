import { attachments } from '../db/tables/attachments.ts'
import { versionComments } from '../db/tables/comments.ts'
import { shapeOf, tenant } from './snapshot-shape.ts'

/** How what people say about versions is kept: under the key of whoever said it. */
export const reviewShapes = {
  comment: shapeOf(
    versionComments,
    {
      organizationId: tenant,
      id: 'plain',
      projectId: 'plain',
      versionId: 'plain',
      parentId: 'plain',
      authorUserId: 'plain',
      authorName: 'personal',
      guestLinkId: 'plain',
      authorSide: 'plain',
      body: 'personal',
      internal: 'plain',
      anchorKind: 'plain',
      anchorX: 'plain',
      anchorY: 'plain',
      buildId: 'plain',
      tick: 'plain',
      stateHash: 'plain',
      log: 'left',
      mentions: 'plain',
      resolvedAt: 'plain',
      resolvedBy: 'plain',
      editedAt: 'plain',
      deletedAt: 'plain',
      createdAt: 'plain',
      updatedAt: 'plain',
      version: 'plain',
    },
    { subject: (row) => String(row['author_user_id'] ?? row['id']) },
  ),
  attachment: shapeOf(
    attachments,
    {
      organizationId: tenant,
      id: 'plain',
      projectId: 'plain',
      filename: 'personal',
      mimeType: 'plain',
      fileSize: 'plain',
      digest: 'plain',
      storageKey: 'left',
      uploadedBy: 'plain',
      guestLinkId: 'plain',
      ownerKind: 'plain',
      ownerId: 'plain',
      looseSince: 'plain',
      createdAt: 'plain',
    },
    { subject: (row) => String(row['uploaded_by'] ?? row['id']) },
  ),
}
