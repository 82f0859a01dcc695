import { lazy } from 'react'
import { useSession } from '../../lib/session.tsx'
import { isCustomer } from '../is-customer.ts'

const ClientHome = lazy(async () => ({ default: (await import('./client-home-page.tsx')).ClientHomePage }))
const Dashboard = lazy(async () => ({ default: (await import('./dashboard-page.tsx')).DashboardPage }))

/** The first page after signing in: the dashboard for the studio, the own games for its customers. */
export function HomePage() {
  return isCustomer(useSession()) ? <ClientHome /> : <Dashboard />
}
