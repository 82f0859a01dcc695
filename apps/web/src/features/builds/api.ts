import type { AssetItem } from '@sparkle/shared/assets'
import type { BuildView, CreateBuildInput, TemplateView } from '@sparkle/shared/builds'
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'
import { uploadForm, type UploadOptions } from '../../lib/upload.ts'

interface BuildPage {
  items: BuildView[]
  nextCursor: string | null
}

/** While one is being made, the list is asked again now and then, should the socket be down. */
const unfinishedMs = 3000

export const buildQueries = {
  all: ['builds'] as const,
  /** Newest first. */
  list: (projectId: string) =>
    infiniteQueryOptions({
      queryKey: [...buildQueries.all, 'list', projectId] as const,
      queryFn: ({ pageParam, signal }) =>
        http.get<BuildPage>(`/projects/${projectId}/builds`, { query: { cursor: pageParam }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      refetchInterval: ({ state }) =>
        state.data?.pages.some(({ items }) => items.some(isUnfinished)) ? unfinishedMs : false,
    }),
}

/** Templates change with a release, and their defaults with the studio's language. */
export const templatesQuery = queryOptions({
  queryKey: ['game-templates'] as const,
  queryFn: ({ signal }) => http.get<{ items: TemplateView[] }>('/game-templates', { signal }),
  select: ({ items }) => items,
  staleTime: 5 * 60_000,
})

/** What can fill a template's slots: the newest ready assets of the project. */
export const slotAssetsQuery = (projectId: string) =>
  queryOptions({
    queryKey: ['assets', 'slots', projectId] as const,
    queryFn: ({ signal }) =>
      http.get<{ items: AssetItem[] }>(`/projects/${projectId}/assets`, { query: { limit: 100 }, signal }),
    select: ({ items }) => items.filter(({ processingStatus }) => processingStatus === 'ready'),
  })

/** Sends a studio's own game; its answer is the finished build, or a problem that says what is wrong with the zip. */
export function uploadOwnGame(projectId: string, zip: File, options: UploadOptions): Promise<BuildView> {
  const form = new FormData()
  form.set('file', zip)
  return uploadForm<BuildView>(`/projects/${projectId}/builds/upload`, form, options)
}

export function isUnfinished({ status }: Pick<BuildView, 'status'>): boolean {
  return status === 'queued' || status === 'building'
}

export function useCreateBuild(projectId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: CreateBuildInput) => http.post<BuildView>(`/projects/${projectId}/builds`, input),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: buildQueries.all }),
        client.invalidateQueries({ queryKey: ['projects'] }),
      ]),
    meta: { quiet: true },
  })
}

export function useRevokePreview(onSuccess: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (buildId: string) => http.post<BuildView>(`/builds/${buildId}/preview/revoke`),
    onSuccess,
    onSettled: () => client.invalidateQueries({ queryKey: buildQueries.all }),
  })
}
