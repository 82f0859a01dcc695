import { legalMoves, type ProjectStatus, type ProjectView, type UpdateProjectInput } from '@sparkle/shared/projects'
import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { notify } from '../../components/toast.tsx'
import { http } from '../../lib/http.ts'
import { isProblem } from '../../lib/problem.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { projectQueries, type NewProject, type ProjectFilter } from './api.ts'
import { withProject, type CachedList } from './cached-lists.ts'

/** Shows a changed project everywhere at once; returns what takes it back. */
async function showChanged(client: QueryClient, project: ProjectView): Promise<() => void> {
  await client.cancelQueries({ queryKey: projectQueries.all })
  const lists = client.getQueriesData<CachedList>({ queryKey: projectQueries.lists })
  const { queryKey } = projectQueries.detail(project.id)
  const detail = client.getQueryData(queryKey)
  for (const [key, list] of lists)
    if (list) client.setQueryData(key, withProject(list, (key[2] ?? {}) as ProjectFilter, project))
  if (detail) client.setQueryData(queryKey, project)
  return () => {
    for (const [key, list] of lists) client.setQueryData(key, list)
    client.setQueryData(queryKey, detail)
  }
}

function refresh(client: QueryClient) {
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
    mutationFn: ({ project, to }: Move) => http.post<ProjectView>(`/projects/${project.id}/status`, { status: to }),
    onMutate: async ({ project, to }) => {
      const before = to === 'on_hold' ? project.status : null
      return { undo: await showChanged(client, { ...project, status: to, legalMoves: legalMoves(to, before) }) }
    },
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
    mutationFn: ({ project, artist }: Assignment) =>
      http.post<ProjectView>(`/projects/${project.id}/assign`, { userId: artist?.id ?? null }),
    onMutate: async ({ project, artist }) => ({
      undo: await showChanged(client, {
        ...project,
        assignedArtistId: artist?.id ?? null,
        assignedArtistName: artist?.displayName ?? null,
      }),
    }),
    onError: (_error, _input, shown) => shown?.undo(),
    onSettled: () => refresh(client),
  })
}

/** Saves fields of a project as it was read: somebody else's change in between is a 412, which the form explains. */
export function useUpdateProject(project: ProjectView) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ changes, version }: { changes: UpdateProjectInput; version?: number }) =>
      http.patch<ProjectView>(`/projects/${project.id}`, changes, { ifMatch: version ?? project.version }),
    onSuccess: (saved) => {
      client.setQueryData(projectQueries.detail(project.id).queryKey, saved)
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
