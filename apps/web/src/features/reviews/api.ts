import type {
  ApprovalView,
  CreateVersionInput,
  DecideVersionInput,
  UpdateApprovalInput,
  VersionStatus,
  VersionView,
} from '@sparkle/shared/reviews'
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'
import { isProblem } from '../../lib/problem.ts'

interface Page {
  items: VersionView[]
  nextCursor: string | null
}

export const reviewQueries = {
  all: ['reviews'] as const,
  ofProject: (projectId: string) =>
    infiniteQueryOptions({
      queryKey: [...reviewQueries.all, 'project', projectId] as const,
      queryFn: ({ pageParam, signal }) =>
        http.get<Page>(`/projects/${projectId}/versions`, { query: { cursor: pageParam }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  /** Of all projects, newest first. */
  list: (status: VersionStatus) =>
    infiniteQueryOptions({
      queryKey: [...reviewQueries.all, 'list', status] as const,
      queryFn: ({ pageParam, signal }) => http.get<Page>('/versions', { query: { status, cursor: pageParam }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  detail: (id: string) =>
    queryOptions({
      queryKey: [...reviewQueries.all, 'detail', id] as const,
      queryFn: ({ signal }) => http.get<VersionView>(`/versions/${id}`, { signal }),
    }),
  /** What waits for a decision, as far as the reader may see it. */
  waiting: () =>
    queryOptions({
      queryKey: [...reviewQueries.all, 'waiting'] as const,
      queryFn: ({ signal }) => http.get<Page>('/versions', { query: { status: 'waiting', limit: 20 }, signal }),
    }),
  approval: (projectId: string) =>
    queryOptions({
      queryKey: [...reviewQueries.all, 'approval', projectId] as const,
      queryFn: ({ signal }) => http.get<ApprovalView>(`/projects/${projectId}/approval`, { signal }),
    }),
}

/** A change in a review; afterwards everything that shows reviews or projects is asked for again. */
function useReviewChange<Input, Result>(
  change: (input: Input) => Promise<Result>,
  onSuccess: (result: Result) => void,
  quiet = true,
) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: reviewQueries.all }),
        client.invalidateQueries({ queryKey: ['projects'] }),
        client.invalidateQueries({ queryKey: ['dashboard'] }),
      ]),
    meta: { quiet },
  })
}

const send = ({ id, version }: VersionView) =>
  http.post<VersionView>(`/versions/${id}/send`, undefined, { ifMatch: version })

export const useSendVersion = (onSuccess: (made: VersionView) => void) => useReviewChange(send, onSuccess, false)

/** Makes a version and, where asked, sends it in the same breath. */
export const useCreateVersion = (projectId: string, onSuccess: (made: VersionView) => void) =>
  useReviewChange(async ({ input, thenSend }: { input: CreateVersionInput; thenSend: boolean }) => {
    const made = await http.post<VersionView>(`/projects/${projectId}/versions`, input)
    return thenSend ? send(made) : made
  }, onSuccess)

export const useChangeVersion = (onSuccess: (changed: VersionView) => void) =>
  useReviewChange(
    ({ of: { id, version }, changelog }: { of: VersionView; changelog: string }) =>
      http.patch<VersionView>(`/versions/${id}`, { changelog }, { ifMatch: version }),
    onSuccess,
  )

export const useDeleteDraft = (onSuccess: () => void) =>
  useReviewChange(
    ({ id, version }: VersionView) => http.delete(`/versions/${id}`, { ifMatch: version }),
    onSuccess,
    false,
  )

export const useDecideVersion = (id: string, onSuccess: (decided: VersionView) => void) =>
  useReviewChange((input: DecideVersionInput) => http.post<VersionView>(`/versions/${id}/decisions`, input), onSuccess)

/** Whether the studio's checklist is another one than was ticked; the version that is read anew has it. */
export const refusesTicks = (error: unknown) =>
  isProblem(error, 'review.points_open') || isProblem(error, 'review.unknown_point')

export const useChangeApproval = (projectId: string, onSuccess: () => void) =>
  useReviewChange(
    (input: UpdateApprovalInput) => http.patch<ApprovalView>(`/projects/${projectId}/approval`, input),
    onSuccess,
    false,
  )
