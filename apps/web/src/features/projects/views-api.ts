import type { CreateViewInput, SavedView, UpdateViewInput } from '@sparkle/shared/project-views'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { notify } from '../../components/toast.tsx'
import { http } from '../../lib/http.ts'

export const viewsQuery = queryOptions({
  queryKey: ['views'] as const,
  queryFn: ({ signal }) => http.get<{ items: SavedView[] }>('/project-views', { signal }),
  staleTime: 60_000,
})

/** Whether another view has this name, however it is written: among the tabs nobody could tell the two apart. */
export function isNameTaken(
  views: readonly Pick<SavedView, 'id' | 'name'>[],
  name: string,
  except: Pick<SavedView, 'id'> | null,
): boolean {
  const wanted = name.trim().toLocaleLowerCase()
  return views.some((view) => view.id !== except?.id && view.name.trim().toLocaleLowerCase() === wanted)
}

function useChange<I, O>(change: (input: I) => Promise<O>, done: (output: O, input: I) => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: async (output: O, input: I) => {
      done(output, input)
      await client.invalidateQueries({ queryKey: viewsQuery.queryKey })
    },
  })
}

export function useSaveView(done: (view: SavedView) => void) {
  const t = useTranslations('projects.views')
  return useChange(
    (input: CreateViewInput) => http.post<SavedView>('/project-views', input),
    (view) => {
      notify(t('saved', { name: view.name }))
      done(view)
    },
  )
}

export function useUpdateView() {
  const t = useTranslations('projects.views')
  return useChange(
    ({ view, changes }: { view: SavedView; changes: UpdateViewInput }) =>
      http.patch<SavedView>(`/project-views/${view.id}`, changes, { ifMatch: view.version }),
    (view) => notify(t('updated', { name: view.name })),
  )
}

/** Deletes a view; the toast saves it anew. */
export function useDeleteView(done: () => void) {
  const t = useTranslations('projects.views')
  const saveAgain = useSaveView(() => undefined)
  return useChange(
    (view: SavedView) => http.delete(`/project-views/${view.id}`),
    (_nothing, { name, shared, layout, sort, filters, columns }: SavedView) => {
      done()
      notify(t('removed', { name }), {
        action: {
          label: t('undo'),
          run: () => saveAgain.mutate({ name, shared, layout, sort, filters, columns }),
        },
      })
    },
  )
}
