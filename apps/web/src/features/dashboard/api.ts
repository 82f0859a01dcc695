import type { DashboardView } from '@sparkle/shared/dashboard'
import { queryOptions } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'

export const dashboardQuery = queryOptions({
  queryKey: ['dashboard'] as const,
  queryFn: ({ signal }) => http.get<DashboardView>('/dashboard', { signal }),
})
