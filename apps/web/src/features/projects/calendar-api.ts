import type { ProjectList, ProjectView } from '@sparkle/shared/projects'
import { keepPreviousData, queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { notify } from '../../components/toast.tsx'
import { useFormats } from '../../lib/format.ts'
import { http } from '../../lib/http.ts'
import { projectQueries } from './api.ts'
import { changeKey, refresh } from './mutations.ts'

export interface CalendarFilter {
  from: string
  before: string
  /** A person's id, `me` or `nobody`. */
  assignedTo?: string | undefined
}
/** As many deadlines as one page of the calendar loads. */
export const mostShown = 500
const open = 'backlog,in_progress,review,on_hold,complete'
const calendarKey = [...projectQueries.all, 'calendar'] as const

/** Every deadline between two days, in their order. */
export function calendarQuery({ from, before, assignedTo }: CalendarFilter) {
  return queryOptions({
    queryKey: [...calendarKey, { from, before, assignedTo }] as const,
    queryFn: async ({ signal }) => {
      const projects: ProjectView[] = []
      let cursor: string | null = null
      do {
        const query = { deadlineFrom: from, deadlineBefore: before, assignedTo, status: open, sort: 'deadline' }
        const page: ProjectList = await http.get('/projects', { query: { ...query, limit: 100, cursor }, signal })
        projects.push(...page.items)
        cursor = page.nextCursor
      } while (cursor && projects.length < mostShown)
      return { projects, isWhole: cursor === null }
    },
    placeholderData: keepPreviousData,
  })
}

/** As many as the list of those without a deadline shows at first, and each time more are asked for. */
export const unscheduledStep = 50

/** The first `most` open projects that wait for a deadline, and how many there are. */
export function unscheduledQuery(assignedTo: string | undefined, most = unscheduledStep) {
  return queryOptions({
    queryKey: [...calendarKey, 'unscheduled', assignedTo ?? null, most] as const,
    queryFn: async ({ signal }) => {
      const query = { unscheduled: true, status: 'backlog,in_progress,review', assignedTo, include: 'total' }
      const projects: ProjectView[] = []
      let total: number | undefined
      let cursor: string | null = null
      do {
        const limit = Math.min(100, most - projects.length)
        const page: ProjectList = await http.get('/projects', { query: { ...query, limit, cursor }, signal })
        projects.push(...page.items)
        total = page.total ?? undefined
        cursor = page.nextCursor
      } while (cursor && projects.length < most)
      return { projects, total: total ?? projects.length, hasMore: cursor !== null }
    },
    placeholderData: keepPreviousData,
  })
}

interface Shown {
  projects: ProjectView[]
}

/** Shows the project where it now belongs, in every month and in the list of those without a deadline. */
function place(client: QueryClient, project: ProjectView): void {
  for (const [key, data] of client.getQueriesData<Shown>({ queryKey: calendarKey })) {
    if (!data) continue
    const rest = data.projects.filter(({ id }) => id !== project.id)
    const belongs = key[2] === 'unscheduled' ? project.deadline === null : project.deadline !== null
    client.setQueryData(key, { ...data, projects: belongs ? [...rest, project] : rest })
  }
}

/** The newest version of a project that a month has shown. */
function newestVersion(client: QueryClient, { id, version }: ProjectView): number {
  const shown = client.getQueriesData<Shown>({ queryKey: calendarKey }).flatMap(([, data]) => data?.projects ?? [])
  return Math.max(version, ...shown.flatMap((project) => (project.id === id ? [project.version] : [])))
}

export interface Reschedule {
  project: ProjectView
  deadline: string | null
}

/** Another deadline: at once in the page, taken back where the API refuses, undone from the toast. */
export function useReschedule() {
  const client = useQueryClient()
  const t = useTranslations('projects.calendar')
  const { day } = useFormats()
  const mutation = useMutation({
    mutationKey: changeKey,
    // One after the other: the second carrying of a card is made on the version that the first has brought.
    scope: { id: 'reschedule' },
    mutationFn: ({ project, deadline }: Reschedule) =>
      http.patch<ProjectView>(`/projects/${project.id}`, { deadline }, { ifMatch: newestVersion(client, project) }),
    onMutate: async ({ project, deadline }) => {
      await client.cancelQueries({ queryKey: calendarKey })
      place(client, { ...project, deadline })
    },
    onSuccess: (saved, { project }) => {
      place(client, saved)
      const name = saved.petName
      notify(saved.deadline ? t('moved', { name, date: day(saved.deadline) }) : t('unset', { name }), {
        action: {
          label: t('undo'),
          run: () => mutation.mutate({ project: saved, deadline: project.deadline }),
        },
      })
    },
    onError: (_error, { project }) => place(client, project),
    onSettled: () => refresh(client),
  })
  return mutation
}
