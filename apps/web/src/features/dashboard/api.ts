import type { DashboardView, FigureKey, FigureProject, FiguresView } from '@sparkle/shared/dashboard'
import type { PackageType } from '@sparkle/shared/games'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'
import type { PeriodQuery } from '../../lib/period.ts'

export const dashboardQuery = queryOptions({
  queryKey: ['dashboard'] as const,
  queryFn: ({ signal }) => http.get<DashboardView>('/dashboard', { signal }),
})

/** Under the dashboard's key, so that whatever makes the one stale does so to the other. */
export const figuresQuery = (period: PeriodQuery) =>
  queryOptions({
    queryKey: [...dashboardQuery.queryKey, 'figures', period] as const,
    queryFn: ({ signal }) => http.get<FiguresView>('/dashboard/figures', { query: { ...period }, signal }),
    placeholderData: keepPreviousData,
  })

/** Which projects somebody wants to see: those behind a figure, of one package or one person. */
export interface Behind {
  key: FigureKey
  packageType?: PackageType
  assignedTo?: string
}

interface Page {
  items: FigureProject[]
  nextCursor: string | null
}

export const behindQuery = ({ key, ...filter }: Behind, period: PeriodQuery) =>
  infiniteQueryOptions({
    queryKey: [...dashboardQuery.queryKey, 'behind', key, filter, period] as const,
    queryFn: ({ pageParam, signal }) =>
      http.get<Page>(`/dashboard/figures/${key}/projects`, {
        query: { ...period, ...filter, limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
