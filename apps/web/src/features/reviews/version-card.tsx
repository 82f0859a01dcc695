import type { ProjectView } from '@sparkle/shared/projects'
import type { VersionView } from '@sparkle/shared/reviews'
import { Eye, MessageCircle, PencilLine, Send, Trash2, UserRoundCheck } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { useConfirm } from '../../components/confirm.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { Badge } from '../../components/status.tsx'
import { notify } from '../../components/toast.tsx'
import { placeOf } from '../../lib/place-of.ts'
import { useCan, useSession } from '../../lib/session.tsx'
import { useDeleteDraft, useSendVersion } from './api.ts'
import { ChangelogDialog } from './changelog-dialog.tsx'
import { DecideDialog } from './decide-dialog.tsx'
import { DownloadVersion } from './download-button.tsx'
import { Decisions, VersionStatusPill } from './version-status.tsx'

/** One version as the studio sees it: how it stands, what was said about it, and what can be done. */
export function VersionCard({ version, project }: { version: VersionView; project: ProjectView }) {
  const t = useTranslations('reviews')
  const mayWork = useCan('projects:update', placeOf(project)) && !project.deletedAt
  const { user } = useSession()
  const [deciding, setDeciding] = useState(false)
  const [editing, setEditing] = useState(false)
  const send = useSendVersion(({ number }) => notify(t('tab.sent', { number })))
  const confirm = useConfirm()
  const remove = useDeleteDraft(() => notify(t('remove.done', { number: version.number })))
  const { id, number, kind, status, lookAt, deliverableName, createdByName, approversLeft, comments } = version
  const open = status === 'draft' || status === 'waiting'
  const isOvertaken = (lookAt?.number ?? 0) > number
  async function askToDelete() {
    const sure = await confirm({
      title: t('remove.title', { number }),
      body: t('remove.body', { comments: comments.total }),
      confirmLabel: t('remove.action'),
      danger: true,
    })
    if (sure) remove.mutate(version)
  }
  return (
    <li className="rounded-box border border-line bg-surface p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 className="text-large font-strong">{t('number', { number })}</h3>
        <VersionStatusPill status={status} />
        <span className="text-muted">{t('what', { kind, name: deliverableName ?? 'none' })}</span>
        {lookAt?.versionId === id && <Badge>{t(`lookAt.${lookAt.because}`)}</Badge>}
      </div>
      <p className="mt-0.5 text-small text-muted">
        {createdByName && `${t('made', { name: createdByName })} · `}
        <RelativeTime at={version.sentAt ?? version.createdAt} />
        {' · '}
        <span className="font-mono">{version.digest.slice(0, 10)}</span>
      </p>
      <p className="mt-3 wrap-anywhere whitespace-pre-line">
        {version.changelog || <span className="text-muted">{t('noChangelog')}</span>}
      </p>
      {approversLeft !== null && approversLeft > 0 && (
        <p className="mt-2 text-small text-muted">{t('left', { count: approversLeft })}</p>
      )}
      {comments.total > 0 && (
        <p className="mt-2 flex flex-wrap items-center gap-2 text-small text-muted">
          <MessageCircle aria-hidden="true" className="size-3.5" />
          {t('talk', { open: comments.open, total: comments.total })}
          {comments.unread > 0 && (
            <Badge className="border-transparent bg-info-soft font-strong text-info">
              {t('unread', { count: comments.unread })}
            </Badge>
          )}
        </p>
      )}
      {version.decisions.length > 0 && (
        <div className="mt-3 border-t border-line pt-3">
          <Decisions decisions={version.decisions} />
        </div>
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        {status === 'draft' && mayWork && !isOvertaken && (
          <Button look="primary" icon={<Send />} pending={send.isPending} onClick={() => send.mutate(version)}>
            {t('tab.send')}
          </Button>
        )}
        <Button asChild>
          <Link to={`/review/${id}`}>
            <Eye aria-hidden="true" />
            {t('tab.look')}
          </Link>
        </Button>
        {version.mayDecide && (
          <Button icon={<UserRoundCheck />} onClick={() => setDeciding(true)}>
            {t('tab.decide')}
          </Button>
        )}
        <DownloadVersion version={version} look="quiet" />
        {open && mayWork && (
          <Button look="quiet" icon={<PencilLine />} onClick={() => setEditing(true)}>
            {t('tab.edit')}
          </Button>
        )}
        {status === 'draft' && mayWork && (
          <Button look="quiet" icon={<Trash2 />} pending={remove.isPending} onClick={() => void askToDelete()}>
            {t('remove.action')}
          </Button>
        )}
      </div>
      {version.mayDecide && (
        <DecideDialog version={version} person={user.id} onBehalf open={deciding} onOpenChange={setDeciding} />
      )}
      {editing && <ChangelogDialog version={version} onClose={() => setEditing(false)} />}
    </li>
  )
}
