import type { ImportPreview, ImportView, PreviewImportInput, StartImportInput } from '@sparkle/shared/project-imports'
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'

/** Large files take a while to be read. */
const timeoutMs = 60_000

export const importQueries = {
  detail: (id: string) =>
    queryOptions({
      queryKey: ['imports', id] as const,
      queryFn: ({ signal }) => http.get<ImportView>(`/project-imports/${id}`, { signal }),
      // The page counts along: events tell the others.
      refetchInterval: ({ state }) =>
        state.data?.status === 'queued' || state.data?.status === 'running' ? 700 : false,
    }),
  preview: (id: string, input: PreviewImportInput) =>
    queryOptions({
      queryKey: ['imports', id, 'preview', input] as const,
      queryFn: async ({ signal, client }) => {
        const preview = await http.post<ImportPreview>(`/project-imports/${id}/preview`, input, { signal, timeoutMs })
        // The server keeps what it was asked about.
        client.setQueryData(importQueries.detail(id).queryKey, (known) => known && { ...known, ...input })
        return preview
      },
      placeholderData: keepPreviousData,
      // People of the studio may come and go between two looks, but coming back to the tab is none.
      staleTime: 0,
      refetchOnWindowFocus: false,
    }),
}

export function useUploadImport() {
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData()
      form.append('file', file)
      return http.post<ImportView>('/project-imports', form, { timeoutMs })
    },
    meta: { quiet: true },
  })
}

export function useStartImport(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: StartImportInput) =>
      http.post<ImportView>(`/project-imports/${id}/start`, input, { timeoutMs }),
    onSuccess: (begun) => client.setQueryData(importQueries.detail(id).queryKey, begun),
    meta: { quiet: true },
  })
}

export function errorsPath(id: string): string {
  return `/project-imports/${id}/errors.csv`
}
