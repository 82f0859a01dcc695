import {
  legalMoves,
  type Priority,
  type ProjectStatus,
  type ProjectView,
  type UpdateProjectInput,
} from '@sparkle/shared/projects'
import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { notify } from '../../components/toast.tsx'
import { takenBack } from '../../lib/change-items.ts'
import { http } from '../../lib/http.ts'
import { isProblem } from '../../lib/problem.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { projectQueries, type NewProject, type ProjectFilter } from './api.ts'
import { withProject, type CachedList } from './cached-lists.ts'

/** Puts a project, as it is now, into every list and page that shows it; what only lists know of it stays. */
export function show(client: QueryClient, project: ProjectView): void {
  const lists = client.getQueriesData<CachedList>({ queryKey: projectQueries.lists })
  for (const [key, list] of lists)
    if (list) client.setQueryData(key, withProject(list, (key[2] ?? {}) as ProjectFilter, project))
  const { queryKey } = projectQueries.detail(project.id)
  client.setQueryData(queryKey, (detail) => detail && { ...detail, ...project })
}

/** The newest that the cache knows of a project. */
function known(client: QueryClient, project: ProjectView): ProjectView {
  const lists = client.getQueriesData<CachedList>({ queryKey: projectQueries.lists })
  const items = lists.flatMap(([, list]) => list?.pages.flatMap((page) => page.items) ?? [])
  const detail = client.getQueryData(projectQueries.detail(project.id).queryKey)
  const same = [detail, ...items].filter((item) => item?.id === project.id) as ProjectView[]
  return same.reduce((newest, item) => (item.version > newest.version ? item : newest), same[0] ?? project)
}

/** The project of this id, if any list or page has loaded it. */
export function cachedProject(client: QueryClient, id: string): ProjectView | null {
  const found = known(client, { id, version: 0 } as ProjectView)
  return found.version > 0 ? found : null
}

/** Shows a change before the API has answered. Returns what takes back these fields, unless they were changed again. */
export async function showChange(client: QueryClient, project: ProjectView, change: Partial<ProjectView>) {
  await client.cancelQueries({ queryKey: projectQueries.all })
  const before = known(client, project)
  show(client, { ...before, ...change })
  return () => {
    const now = known(client, project)
    show(client, { ...now, ...takenBack(now, before, change) })
  }
}

/** The newest that is known of each: what was handed in, or what a list or page has loaded since. */
export function newestKnown(client: QueryClient, projects: readonly ProjectView[]): ProjectView[] {
  const newest = new Map(projects.map((project) => [project.id, project]))
  const lists = client.getQueriesData<CachedList>({ queryKey: projectQueries.lists })
  const details = client.getQueriesData<ProjectView>({ queryKey: projectQueries.details })
  const cached = [
    ...lists.flatMap(([, list]) => list?.pages.flatMap((page) => page.items) ?? []),
    ...details.flatMap(([, project]) => project ?? []),
  ]
  for (const project of cached) {
    const before = newest.get(project.id)
    if (before && before.version < project.version) newest.set(project.id, project)
  }
  return [...newest.values()]
}

export const changeKey = ['projects', 'change']

/** While another change is still under way, asking again would show its project as it was. */
export function refresh(client: QueryClient) {
  if (client.isMutating({ mutationKey: changeKey }) > 1) return undefined
  return Promise.all([
    client.invalidateQueries({ queryKey: projectQueries.all }),
    client.invalidateQueries({ queryKey: ['dashboard'] }),
  ])
}

interface Move {
  project: ProjectView
  to: ProjectStatus
}

/** Moves a project to another status: at once in the page, taken back and explained where the API refuses. */
export function useMoveProject() {
  const client = useQueryClient()
  const t = useTranslations('projects')
  const textOf = useProblemText()
  return useMutation({
    mutationKey: changeKey,
    mutationFn: ({ project, to }: Move) => http.post<ProjectView>(`/projects/${project.id}/status`, { status: to }),
    onMutate: async ({ project, to }) => {
      const before = to === 'on_hold' ? project.status : null
      return { undo: await showChange(client, project, { status: to, legalMoves: legalMoves(to, before) }) }
    },
    onSuccess: (saved) => show(client, saved),
    onError: (error, { project, to }, shown) => {
      shown?.undo()
      if (!isProblem(error, 'project.illegal_transition')) {
        notify(textOf(error), { tone: 'bad' })
        return
      }
      const legal = error.legal.map((status) => t(`status.${status as ProjectStatus}`)).join(', ')
      notify(t('move.illegal', { name: project.petName, status: t(`status.${to}`) }), {
        tone: 'bad',
        description: legal ? t('move.legal', { legal }) : undefined,
      })
    },
    onSettled: () => refresh(client),
    meta: { quiet: true },
  })
}

interface Assignment {
  project: ProjectView
  artist: { id: string; displayName: string } | null
}

/** Gives a project to somebody, or to nobody. */
export function useAssignProject() {
  const client = useQueryClient()
  return useMutation({
    mutationKey: changeKey,
    mutationFn: ({ project, artist }: Assignment) =>
      http.post<ProjectView>(`/projects/${project.id}/assign`, { userId: artist?.id ?? null }),
    onMutate: async ({ project, artist }) => ({
      undo: await showChange(client, project, {
        assignedArtistId: artist?.id ?? null,
        assignedArtistName: artist?.displayName ?? null,
      }),
    }),
    onSuccess: (saved) => show(client, saved),
    onError: (_error, _input, shown) => shown?.undo(),
    onSettled: () => refresh(client),
  })
}

/** Another priority. The version is the newest known: nothing that was read here depends on it. */
export function useSetPriority() {
  const client = useQueryClient()
  return useMutation({
    mutationKey: changeKey,
    mutationFn: ({ project, priority }: { project: ProjectView; priority: Priority }) =>
      http.patch<ProjectView>(`/projects/${project.id}`, { priority }, { ifMatch: known(client, project).version }),
    onMutate: async ({ project, priority }) => ({ undo: await showChange(client, project, { priority }) }),
    onSuccess: (saved) => show(client, saved),
    onError: (_error, _input, shown) => shown?.undo(),
    onSettled: () => refresh(client),
  })
}

/** Saves fields of a project as it was read: somebody else's change in between is a 412, which the form explains. */
export function useUpdateProject(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationKey: changeKey,
    mutationFn: ({ changes, version }: { changes: UpdateProjectInput; version: number }) =>
      http.patch<ProjectView>(`/projects/${id}`, changes, { ifMatch: version }),
    onSuccess: (saved) => {
      show(client, saved)
      return refresh(client)
    },
    meta: { quiet: true },
  })
}

export function useCreateProject() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (input: NewProject) => http.post<ProjectView>('/projects', input),
    onSuccess: () => refresh(client),
    meta: { quiet: true },
  })
}

/** Sets a project aside or takes it out of the archive; the toast takes it back. */
export function useArchiveProject() {
  const client = useQueryClient()
  const t = useTranslations('projects.archive')
  const mutation = useMutation({
    mutationFn: ({ project, archived }: { project: ProjectView; archived: boolean }) =>
      http.post<ProjectView>(`/projects/${project.id}/${archived ? 'archive' : 'unarchive'}`),
    onSuccess: (saved, { archived }) => {
      show(client, saved)
      const again = { project: saved, archived: !archived }
      notify(t(archived ? 'done' : 'back', { name: saved.petName }), {
        action: { label: t('undoShort'), run: () => mutation.mutate(again) },
      })
      return refresh(client)
    },
  })
  return mutation
}

export function useRestoreProject() {
  const client = useQueryClient()
  const t = useTranslations('projects')
  return useMutation({
    mutationFn: (id: string) => http.post<ProjectView>(`/projects/${id}/restore`),
    onSuccess: (project) => {
      notify(t('remove.restored', { name: project.petName }))
      return refresh(client)
    },
  })
}

/** Deletes a project; the toast brings it back. `leave` goes to where the project is not shown any more. */
export function useDeleteProject(leave: () => void) {
  const client = useQueryClient()
  const t = useTranslations('projects.remove')
  const restore = useRestoreProject()
  return useMutation({
    mutationFn: (project: ProjectView) => http.delete(`/projects/${project.id}`, { ifMatch: project.version }),
    onSuccess: (_reply, project) => {
      leave()
      notify(t('done', { name: project.petName }), {
        action: { label: t('undo'), run: () => restore.mutate(project.id) },
      })
      client.removeQueries({ queryKey: projectQueries.detail(project.id).queryKey })
      return refresh(client)
    },
  })
}
