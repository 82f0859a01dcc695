import { mostBulkItems, type BulkChange, type BulkItem, type BulkResults } from '@sparkle/shared/project-bulk'
import type { ProjectView } from '@sparkle/shared/projects'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { notify } from '../../components/toast.tsx'
import { http } from '../../lib/http.ts'
import { refresh } from './mutations.ts'

export interface BulkEdit {
  projects: readonly ProjectView[]
  change: BulkChange
}

/** One refusal, with the project it is about. */
export interface Refusal {
  project: ProjectView
  detail: string
}

/** What takes a change back, for each project that was changed: the values it had. */
export function undoOf({ projects, change }: BulkEdit, { results }: BulkResults): BulkItem[] {
  const versions = new Map(results.flatMap(({ id, version }) => (version ? [[id, version] as const] : [])))
  return projects.flatMap((project) => {
    const version = versions.get(project.id)
    if (!version) return []
    const back: BulkChange = {
      ...(change.status !== undefined && { status: project.status }),
      ...(change.assignedArtistId !== undefined && { assignedArtistId: project.assignedArtistId }),
      ...(change.priority !== undefined && { priority: project.priority }),
      ...(change.deadline !== undefined && { deadline: project.deadline }),
      ...(change.archived !== undefined && { archived: project.archivedAt !== null }),
    }
    return [{ id: project.id, version, change: back }]
  })
}

/** Sends as many requests as it takes, one after the other. */
async function send(items: readonly BulkItem[]): Promise<BulkResults> {
  const results: BulkResults['results'] = []
  for (let start = 0; start < items.length; start += mostBulkItems) {
    const part = items.slice(start, start + mostBulkItems)
    const reply = await http.post<BulkResults>('/projects/bulk', { items: part }, { timeoutMs: 60_000 })
    results.push(...reply.results)
  }
  return { results }
}

/** Changes the selected projects. What is refused is handed to `onRefused`; what was done can be undone in the toast. */
export function useBulkEdit(onRefused: (refusals: Refusal[]) => void) {
  const client = useQueryClient()
  const t = useTranslations('projects.bulk')
  const undo = useMutation({
    mutationFn: send,
    onSuccess: ({ results }) => {
      notify(t('undone', { count: results.filter(({ status }) => status === 200).length }))
      return refresh(client)
    },
  })
  return useMutation({
    mutationFn: ({ projects, change }: BulkEdit) => send(projects.map(({ id, version }) => ({ id, version, change }))),
    onSuccess: (reply, edit) => {
      const detailOf = new Map(reply.results.flatMap(({ id, detail }) => (detail ? [[id, detail] as const] : [])))
      const refusals = edit.projects.flatMap((project) => {
        const detail = detailOf.get(project.id)
        return detail ? [{ project, detail }] : []
      })
      const back = undoOf(edit, reply)
      const counts = { done: back.length, failed: refusals.length }
      notify(refusals.length > 0 ? t('some', counts) : t('done', { count: back.length }), {
        tone: refusals.length > 0 ? 'warn' : 'ok',
        ...(back.length > 0 && { action: { label: t('undo'), run: () => undo.mutate(back) } }),
      })
      onRefused(refusals)
    },
    onSettled: () => refresh(client),
  })
}
