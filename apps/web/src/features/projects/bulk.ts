import { mostBulkItems, type BulkChange, type BulkItem, type BulkResults } from '@sparkle/shared/project-bulk'
import type { ProjectView } from '@sparkle/shared/projects'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { notify } from '../../components/toast.tsx'
import { http } from '../../lib/http.ts'
import { isProblem } from '../../lib/problem.ts'
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

/**
 * Sends as many requests as it takes, one after the other. Where one fails after others were answered, what those did is
 * still told, so that it can be undone; the rest counts as refused, with the failure's own words.
 */
export async function send(items: readonly BulkItem[], onProgress?: (done: number) => void): Promise<BulkResults> {
  const results: BulkResults['results'] = []
  for (let start = 0; start < items.length; start += mostBulkItems) {
    onProgress?.(start)
    const part = items.slice(start, start + mostBulkItems)
    try {
      const reply = await http.post<BulkResults>('/projects/bulk', { items: part }, { timeoutMs: 60_000 })
      results.push(...reply.results)
    } catch (error) {
      if (start === 0 || !isProblem(error)) throw error
      const { status, code, detail } = error
      return {
        results: [...results, ...items.slice(start).map(({ id }) => ({ id, status, code, detail: detail || code }))],
      }
    }
  }
  return { results }
}

/** Changes the selected projects. What is refused is handed to `onRefused`; what was done can be undone in the toast. */
export function useBulkEdit(onRefused: (refusals: Refusal[]) => void) {
  const client = useQueryClient()
  const t = useTranslations('projects.bulk')
  const [sent, setSent] = useState(0)
  const undo = useMutation({
    mutationFn: (items: readonly BulkItem[]) => send(items),
    onSuccess: ({ results }) => {
      const done = results.filter(({ status }) => status === 200).length
      const failed = results.length - done
      if (failed > 0) notify(t('undoneSome', { done, failed }), { tone: 'warn' })
      else notify(t('undone', { count: done }))
      return refresh(client)
    },
  })
  const editing = useMutation({
    mutationFn: ({ projects, change }: BulkEdit) =>
      send(
        projects.map(({ id, version }) => ({ id, version, change })),
        setSent,
      ),
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
  const { mutate, isPending, variables } = editing
  const total = variables?.projects.length ?? 0
  return {
    mutate,
    isPending,
    /** Where it takes several requests: how far they are. */
    progress: isPending && total > mostBulkItems ? { done: sent, total } : null,
  }
}
