import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Avatar } from '../../components/avatar.tsx'
import { Tooltip } from '../../components/tooltip.tsx'
import { messageQueries } from './api.ts'

const mostShown = 4

/** Who else has the project open right now; nothing where one is alone. */
export function PresenceAvatars({ projectId }: { projectId: string }) {
  const t = useTranslations('conversation')
  const here = useQuery(messageQueries.presence(projectId)).data?.items.filter(({ mine }) => !mine) ?? []
  if (here.length === 0) return null
  const names = here.map(({ name, side }) => t('hereNamed', { name, side })).join(', ')
  const more = here.length - mostShown
  return (
    <Tooltip text={t('alsoHereNames', { names })}>
      <span className="inline-flex items-center gap-2 rounded-box text-small text-muted">
        <span className="sr-only">{t('alsoHereNames', { names })}</span>
        <span aria-hidden="true" className="hidden sm:inline">
          {t('alsoHere')}
        </span>
        <span aria-hidden="true" className="flex -space-x-1.5">
          {here.slice(0, mostShown).map(({ userId, name, side }) => (
            <Avatar key={userId} name={name} side={side} size="small" className="ring-2 ring-canvas" />
          ))}
        </span>
        {more > 0 && <span aria-hidden="true">{t('more', { count: more })}</span>}
      </span>
    </Tooltip>
  )
}
