import { lazy } from 'react'
import { useSession } from '../../lib/session.tsx'
import { isCustomer } from '../is-customer.ts'

const ClientProject = lazy(async () => ({ default: (await import('./client-project-page.tsx')).ClientProjectPage }))
const Project = lazy(async () => ({ default: (await import('./project-page.tsx')).ProjectPage }))

/** One address for both sides, so that a link in a mail is right for whoever gets it. */
export function AnyProjectPage() {
  return isCustomer(useSession()) ? <ClientProject /> : <Project />
}
