import type { CommentSide } from '@sparkle/shared/comments'

/** Who looks at a version: a member of the studio, its customer, or a guest with a link. */
export interface Reader {
  /** Under which drafts and what waits to be sent are kept on this device. */
  person: string
  /** Null for a guest. */
  userId: string | null
  side: CommentSide
  /** The customer's words and buttons. */
  client: boolean
  /** Whether what others say is there for them: not for a guest who was asked to look. */
  mayRead: boolean
  mayComment: boolean
  /** May take the files along. */
  mayDownload: boolean
  /** May write and see what the customer does not. */
  mayInternal: boolean
}
