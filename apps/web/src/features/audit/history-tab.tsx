import { useState } from 'react'
import { AuditTable } from './audit-table.tsx'

/** What the record says of one project and all that belongs to it. */
export function HistoryTab({ projectId }: { projectId: string }) {
  const [open, setOpen] = useState<string | null>(null)
  return <AuditTable filter={{ projectId }} openId={open} onOpen={setOpen} />
}
