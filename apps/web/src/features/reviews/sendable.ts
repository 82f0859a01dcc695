import type { CreateVersionInput, DeliverableKind } from '@sparkle/shared/reviews'

/** Something of a project that can be sent as a version. */
export interface Sendable {
  id: string
  kind: DeliverableKind
  label: string
  /** A small picture of it, where it has one. */
  thumb: string | null
  names: Pick<CreateVersionInput, 'buildId' | 'assetId' | 'fileVersionId'>
}
