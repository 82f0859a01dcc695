import type { FileUploadTicket, FileVersionView, ProjectFileList, ProjectFileView } from '@sparkle/shared/project-files'
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { http } from '../../lib/http.ts'
import { uploadTo, type UploadOptions } from '../../lib/upload.ts'

export const documentQueries = {
  all: ['documents'] as const,
  list: (projectId: string) =>
    infiniteQueryOptions({
      queryKey: [...documentQueries.all, 'list', projectId] as const,
      queryFn: ({ pageParam, signal }) =>
        http.get<ProjectFileList>(`/projects/${projectId}/files`, { query: { limit: 50, cursor: pageParam }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  versions: (fileId: string) =>
    queryOptions({
      queryKey: [...documentQueries.all, 'versions', fileId] as const,
      queryFn: ({ signal }) => http.get<{ items: FileVersionView[] }>(`/project-files/${fileId}/versions`, { signal }),
    }),
}

/** Sends a document past the API to where it is kept, as a new file or as a new version of one. */
export async function uploadDocument(
  projectId: string,
  file: File,
  fileId: string | undefined,
  options: UploadOptions,
): Promise<ProjectFileView> {
  const ticket = await http.post<FileUploadTicket>(
    `/projects/${projectId}/files/uploads`,
    // Browsers leave the type of what they do not know empty.
    { filename: file.name, mimeType: mediaType(file.type), sizeBytes: file.size, fileId },
    { signal: options.signal },
  )
  await uploadTo(ticket.upload, file, options)
  // A large file is read once more to take its digest.
  return http.post<ProjectFileView>(`/project-files/uploads/${ticket.uploadId}/complete`, undefined, {
    signal: options.signal,
    timeoutMs: 120_000,
  })
}

/** Without parameters: `text/plain;charset=utf-8` is `text/plain`. */
function mediaType(type: string): string | undefined {
  return type.split(';')[0]?.trim() || undefined
}

export function useRenameDocument() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ file, name }: { file: ProjectFileView; name: string }) =>
      http.patch<ProjectFileView>(`/project-files/${file.id}`, { name }, { ifMatch: file.version }),
    onSettled: () => client.invalidateQueries({ queryKey: documentQueries.all }),
  })
}

export function useDeleteDocument() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (file: ProjectFileView) => http.delete(`/project-files/${file.id}`, { ifMatch: file.version }),
    onSettled: () => client.invalidateQueries({ queryKey: documentQueries.all }),
  })
}
