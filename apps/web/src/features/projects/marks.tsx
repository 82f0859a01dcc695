import type { Priority, ProjectStatus, ProjectView } from '@sparkle/shared/projects'
import {
  ChevronDown,
  ChevronUp,
  ChevronsUp,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CirclePause,
  CircleX,
  Eye,
  Gamepad2,
  Globe,
  Image,
  Minus,
  type LucideIcon,
} from 'lucide-react'
import { useNow, useTimeZone, useTranslations } from 'use-intl'
import { Picture } from '../../components/picture.tsx'
import { StatusPill, StatusText, type Tone } from '../../components/status.tsx'
import { cn } from '../../lib/cn.ts'
import { dayIn } from '../../lib/day.ts'
import { useFormats } from '../../lib/format.ts'
import { daysBetween, urgencyOf } from './deadline.ts'

const statusLooks: Record<ProjectStatus, { tone: Tone; icon: LucideIcon }> = {
  backlog: { tone: 'neutral', icon: CircleDashed },
  in_progress: { tone: 'info', icon: CircleDot },
  review: { tone: 'warn', icon: Eye },
  complete: { tone: 'ok', icon: CircleCheck },
  on_hold: { tone: 'neutral', icon: CirclePause },
  cancelled: { tone: 'neutral', icon: CircleX },
}

/** The hue of a status, for grounds that carry its icon and word as well. */
export function statusTone(status: ProjectStatus): Tone {
  return statusLooks[status].tone
}

export function StatusIcon({ status, className }: { status: ProjectStatus; className?: string }) {
  const Icon = statusLooks[status].icon
  return <Icon aria-hidden="true" className={cn('size-4', className)} />
}

export function ProjectStatusMark({ status, pill }: { status: ProjectStatus; pill?: boolean }) {
  const t = useTranslations('projects.status')
  const Mark = pill ? StatusPill : StatusText
  return (
    <Mark tone={statusLooks[status].tone} icon={<StatusIcon status={status} />} className="align-middle">
      {t(status)}
    </Mark>
  )
}

const priorityIcons: Record<Priority, LucideIcon> = {
  low: ChevronDown,
  normal: Minus,
  high: ChevronUp,
  urgent: ChevronsUp,
}
const priorityTones: Record<Priority, Tone> = { low: 'neutral', normal: 'neutral', high: 'warn', urgent: 'bad' }

export function PriorityIcon({ priority }: { priority: Priority }) {
  const Icon = priorityIcons[priority]
  return <Icon aria-hidden="true" />
}

export function PriorityMark({ priority }: { priority: Priority }) {
  const t = useTranslations('projects.priority')
  return (
    <StatusText tone={priorityTones[priority]} icon={<PriorityIcon priority={priority} />} className="align-middle">
      {t(priority)}
    </StatusText>
  )
}

const urgencyClasses = { overdue: 'font-strong text-bad', today: 'font-strong text-warn', soon: 'text-warn', later: '' }

/** Today as `YYYY-MM-DD`: a deadline is a day, and days begin where the reader is. */
export function useToday(): string {
  return dayIn(useTimeZone(), useNow({ updateInterval: 60_000 }))
}

/** A deadline in words: "2 days late", "today", "in 5 days". A finished project is not late. */
export function Deadline({ project, className }: { project: ProjectView; className?: string }) {
  const t = useTranslations('projects.deadline')
  const { day } = useFormats()
  const today = useToday()
  if (!project.deadline) return null
  const settled = project.status === 'complete' || project.status === 'cancelled'
  const urgency = urgencyOf(project.deadline, today)
  const days = daysBetween(today, project.deadline)
  return (
    <time
      dateTime={project.deadline}
      title={day(project.deadline)}
      className={cn('whitespace-nowrap', !settled && urgencyClasses[urgency], className)}
    >
      {settled ? day(project.deadline) : t(urgency, { days: Math.abs(days) })}
    </time>
  )
}

interface PetPictureProps {
  project: Pick<ProjectView, 'thumbUrl' | 'thumbKind'>
  className?: string
}

export function PetPicture({ project, className }: PetPictureProps) {
  return <Picture src={project.thumbUrl} alt="" kind={project.thumbKind ?? 'photo'} className={className} />
}

/** How far the game is: pictures, build, live. Each says itself in words; what is missing is faint. */
export function ProgressMarks({ project }: { project: ProjectView }) {
  const t = useTranslations('projects.marks')
  const { progress } = project
  if (!progress) return null
  const art = progress.sprites > 0 ? 'sprite' : progress.photos > 0 ? 'photo' : 'noPicture'
  const marks = [
    { key: 'art', icon: Image, text: t(art), tone: art === 'sprite' ? 'text-ok' : art === 'photo' ? 'text-info' : '' },
    {
      key: 'build',
      icon: Gamepad2,
      text: t(`build.${progress.build ?? 'none'}`),
      tone: buildTones[progress.build ?? 'none'],
    },
    {
      key: 'live',
      icon: Globe,
      text: progress.liveSlug ? t('live', { slug: progress.liveSlug }) : t('notLive'),
      tone: progress.liveSlug ? 'text-ok' : '',
    },
  ]
  return (
    <span className="inline-flex items-center gap-1.5 align-middle">
      {marks.map(({ key, icon: Icon, text, tone }) => (
        // No tooltip of ours: three in each of a thousand rows would be most of what a row costs.
        <span key={key} role="img" aria-label={text} title={text} className={cn('inline-flex', tone || 'text-outline')}>
          <Icon className="size-4" aria-hidden="true" />
        </span>
      ))}
    </span>
  )
}

const buildTones = { none: '', queued: 'text-info', building: 'text-info', passed: 'text-ok', failed: 'text-bad' }
