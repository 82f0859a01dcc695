import type { ProjectProgress, ProjectStatus } from '@sparkle/shared/projects'

/** The way of a game as its customer follows it. */
export const clientSteps = ['ordered', 'drawn', 'built', 'approved', 'live'] as const
export type ClientStep = (typeof clientSteps)[number]

interface Facts {
  status: ProjectStatus
  progress?: ProjectProgress | undefined
}

/** How far a game is: a later step that is done makes the ones before it done. Nothing is under way while it rests. */
export function stepsOf({ status, progress }: Facts): { step: ClientStep; state: 'done' | 'current' | 'todo' }[] {
  const reached: Record<ClientStep, boolean> = {
    ordered: true,
    drawn: (progress?.sprites ?? 0) > 0,
    built: progress?.build === 'passed' || status === 'review',
    approved: status === 'complete',
    live: Boolean(progress?.liveUrl),
  }
  const last = clientSteps.findLastIndex((step) => reached[step])
  const rests = status === 'on_hold' || status === 'cancelled'
  return clientSteps.map((step, index) => ({
    step,
    state: index <= last ? 'done' : index === last + 1 && !rests ? 'current' : 'todo',
  }))
}
