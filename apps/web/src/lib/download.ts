import type { DownloadView } from '@sparkle/shared/downloads'
import { useMutation } from '@tanstack/react-query'
import { apiUrl, http, type QueryValue } from './http.ts'

/** A file of the API. `name` is needed only where the reply does not name it. */
interface ApiFile {
  path: string
  query?: Record<string, QueryValue>
  name?: string
}

/**
 * Saves files of the API. A browser's own request cannot renew the session as calls do, so the session is made sure of
 * first. And it is a link that is clicked, never a navigation: a refusal costs the file, not the page with all that
 * stands on it.
 */
export function useDownload() {
  return useMutation({
    mutationFn: async ({ path, query, name }: ApiFile) => {
      await http.get('/me')
      save(apiUrl(path, query), name)
    },
  })
}

/**
 * Saves what the API hands out by a signed link (`path` answers with one to a POST). The link stands for itself, so a
 * guest's works as well as that of somebody signed in.
 */
export function useSignedDownload() {
  return useMutation({
    mutationFn: async (path: string) => {
      const { url } = await http.post<DownloadView>(path)
      save(url)
    },
  })
}

function save(url: string, name = ''): void {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
}
