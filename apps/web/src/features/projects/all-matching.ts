import type { ProjectList, ProjectView } from '@sparkle/shared/projects'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { http } from '../../lib/http.ts'
import { listQuery, type ProjectFilter } from './api.ts'

/** So many projects are selected at once, at most: they are loaded within seconds, and changed within a minute or two. */
export const mostSelected = 5000
const perRequest = 100

/** All projects that a filter finds, up to `mostSelected`. `onProgress` is told how many are there. */
export async function loadMatching(
  filter: ProjectFilter,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (loaded: number) => void },
): Promise<ProjectView[]> {
  const found = new Map<string, ProjectView>()
  let cursor: string | null = null
  do {
    const query = { ...listQuery(filter), limit: perRequest, cursor }
    const page: ProjectList = await http.get<ProjectList>('/projects', { query, signal })
    for (const project of page.items) found.set(project.id, project)
    onProgress(found.size)
    cursor = page.nextCursor
  } while (cursor !== null && found.size < mostSelected)
  return [...found.values()].slice(0, mostSelected)
}

interface Run {
  /** The filter's. */
  key: string
  abort: AbortController
}

/** The projects a filter finds, beyond those that a list has loaded: asked for when somebody wants all of them. */
export function useAllMatching(filter: ProjectFilter, onLoaded: (projects: readonly ProjectView[]) => void) {
  const key = JSON.stringify(filter)
  const [known, setKnown] = useState<{ key: string; projects: readonly ProjectView[] } | null>(null)
  const [progress, setProgress] = useState(0)
  const running = useRef<Run | null>(null)
  useEffect(() => {
    // Another filter finds others.
    if (running.current?.key !== key) running.current?.abort.abort()
  }, [key])
  useEffect(() => () => running.current?.abort.abort(), [])
  const load = useMutation({
    mutationFn: async ({ abort: { signal } }: Run) => {
      try {
        return await loadMatching(filter, { signal, onProgress: setProgress })
      } catch (error) {
        if (signal.aborted) return null
        throw error
      }
    },
    onSuccess: (projects, run) => {
      if (projects === null || run.abort.signal.aborted) return
      setKnown({ key: run.key, projects })
      onLoaded(projects)
    },
  })
  return {
    projects: known?.key === key ? known.projects : [],
    /** How many are loaded, while they are. */
    loading: load.isPending ? progress : null,
    start: () => {
      if (load.isPending) return
      setProgress(0)
      running.current = { key, abort: new AbortController() }
      load.mutate(running.current)
    },
    clear: () => {
      running.current?.abort.abort()
      setKnown(null)
    },
  }
}
