import type { ReactNode } from 'react'
import { useDocumentTitle } from '../lib/document-title.ts'

/** The head of a narrow page with one form: the whole title, and what the form is for. */
export function DoorHeader({ title, children }: { title: string; children: ReactNode }) {
  useDocumentTitle(title)
  return (
    <header className="mb-6">
      <h1 className="text-display font-strong tracking-tight text-balance wrap-anywhere">{title}</h1>
      <p className="mt-2 text-muted">{children}</p>
    </header>
  )
}
