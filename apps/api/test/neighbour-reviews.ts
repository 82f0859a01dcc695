import { sha256 } from '../src/core/crypto.ts'
import { newId } from '../src/core/ids.ts'
import type { Api } from './harness.ts'

interface Subject {
  project: string
  build: string
  digest: string
  userId: string
}

/** A version that was sent for review with a comment on a moment of play, the next one, and a file for a comment. */
export async function furnishVersions({ owner, deps }: Api, org: string, { project, build, digest, userId }: Subject) {
  const ids = { waiting: newId(), draft: newId(), comment: newId(), attachment: newId() }
  for (const [number, status] of (['waiting', 'draft'] as const).entries())
    await owner.query(
      `insert into deliverable_versions (organization_id, id, project_id, kind, deliverable_id, number, build_id, digest, status)
       values ($1, $2, $3, 'build', $3, $4, $5, $6, $7)`,
      [org, ids[status], project, number + 1, build, digest, status],
    )
  await owner.query(
    `insert into version_comments (organization_id, id, project_id, version_id, author_user_id, author_side, body,
       anchor_kind, build_id, tick, state_hash, log)
     values ($1, $2, $3, $4, $5, 'studio', 'Here', 'moment', $6, 1, '0123456789abcdef', 'AQE')`,
    [org, ids.comment, project, ids.waiting, userId, build],
  )
  const storageKey = `${org}/attachments/${ids.attachment}`
  await deps.store.put(storageKey, Buffer.from('words'), 'text/plain')
  await owner.query(
    `insert into attachments (organization_id, id, project_id, filename, mime_type, file_size, digest, storage_key, uploaded_by)
     values ($1, $2, $3, 'a.txt', 'text/plain', 5, $4, $5, $6)`,
    [org, ids.attachment, project, sha256('words'), storageKey, userId],
  )
  return ids
}
