import type { Permission } from '@sparkle/shared/permissions'
import { Navigate, Outlet } from 'react-router-dom'
import { useCan, useSession } from '../lib/session.tsx'
import { isCustomer } from './is-customer.ts'
import { NoPermissionPage } from './pages/no-permission-page.tsx'

export function Gate({ permission }: { permission: Permission }) {
  return useCan(permission) ? <Outlet /> : <NoPermissionPage permission={permission} />
}

/** As `Gate`, and a customer who follows a link of the studio's comes to the own first page. */
export function StaffGate({ permission }: { permission: Permission }) {
  return isCustomer(useSession()) ? <Navigate to="/" replace /> : <Gate permission={permission} />
}
