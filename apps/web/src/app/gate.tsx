import type { Permission } from '@sparkle/shared/permissions'
import { Outlet } from 'react-router-dom'
import { useCan } from '../lib/session.tsx'
import { NoPermissionPage } from './pages/no-permission-page.tsx'

export function Gate({ permission }: { permission: Permission }) {
  return useCan(permission) ? <Outlet /> : <NoPermissionPage />
}
