import type { VersionView } from '@sparkle/shared/reviews'
import { ArrowLeft, Check, ExternalLink, MessageSquareWarning } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { useConfirm } from '../../components/confirm.tsx'
import { SideSheet } from '../../components/dialog.tsx'
import { Notice } from '../../components/notice.tsx'
import { Picture } from '../../components/picture.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useDecideVersion } from './api.ts'
import { DecideDialog } from './decide-dialog.tsx'
import { Decisions, VersionStatusPill } from './version-status.tsx'

interface ReviewScreenProps {
  version: VersionView
  /** The customer's own words and buttons; the studio looks at the same screen. */
  client: boolean
  backTo: string
}

/** One version, as large as the window lets it be, with the decision within reach of a thumb. */
export function ReviewScreen({ version, client, backTo }: ReviewScreenProps) {
  const t = useTranslations('reviews')
  const { petName: pet, number, changelog, decisions } = version
  return (
    <div
      data-page="full"
      className="flex h-[calc(100dvh-3.5rem-4rem-env(safe-area-inset-bottom))] flex-col md:h-[calc(100dvh-3.5rem)]"
    >
      <header className="flex items-center gap-2 border-b border-line px-2 py-1.5 sm:px-4">
        <Link
          to={backTo}
          aria-label={t('screen.back')}
          className="flex size-11 shrink-0 items-center justify-center rounded-box text-muted hover:bg-hover hover:text-ink"
        >
          <ArrowLeft aria-hidden="true" className="size-5" />
        </Link>
        <h1 className="min-w-0 grow truncate font-strong">{t('screen.title', { number, pet })}</h1>
        <span className="hidden sm:block">
          <VersionStatusPill status={version.status} client={client} />
        </span>
        {(changelog || decisions.length > 0) && (
          <SideSheet title={t('screen.details')} width="small" trigger={<Button>{t('screen.details')}</Button>}>
            <Words version={version} />
          </SideSheet>
        )}
      </header>
      <div className="min-h-0 grow bg-sunken">
        <Shown version={version} />
      </div>
      <footer className="border-t border-line bg-surface px-4 py-3">
        <div className="mx-auto grid max-w-180 gap-3">
          <Where version={version} client={client} />
          <OtherVersion version={version} />
          {client && version.mayDecide && <Choice version={version} />}
        </div>
      </footer>
    </div>
  )
}

function Words({ version: { changelog, decisions } }: { version: VersionView }) {
  const t = useTranslations('reviews')
  return (
    <div className="grid gap-5">
      <p className="break-words whitespace-pre-line">{changelog || t('noChangelog')}</p>
      <Decisions decisions={decisions} />
    </div>
  )
}

/** The running game, the picture, or a link to the file. */
function Shown({ version }: { version: VersionView }) {
  const t = useTranslations('reviews.screen')
  const { previewUrl, fileUrl, kind, petName: pet, number } = version
  if (previewUrl)
    return (
      // oxlint-disable-next-line react/iframe-missing-sandbox -- another origin, whose page sandboxes the game itself
      <iframe
        src={previewUrl}
        title={t('game', { pet, number })}
        allow="autoplay; fullscreen; gamepad"
        className="size-full border-0"
      />
    )
  if (fileUrl && kind !== 'file')
    return (
      <div className="flex size-full items-center justify-center p-4">
        <Picture
          src={fileUrl}
          alt={t('title', { pet, number })}
          kind={kind === 'sprite' ? 'sprite' : 'photo'}
          className="max-h-full w-full max-w-150"
        />
      </div>
    )
  return (
    <div className="flex size-full items-center justify-center p-4">
      {fileUrl && (
        <Button asChild size="large">
          <a href={fileUrl} target="_blank" rel="noreferrer">
            <ExternalLink aria-hidden="true" />
            {t('download')}
          </a>
        </Button>
      )}
    </div>
  )
}

/** Where the review stands, for whoever has nothing to press. */
function Where({ version, client }: { version: VersionView; client: boolean }) {
  const t = useTranslations('reviews.screen')
  const mine = version.decisions.find((one) => one.mine)
  if (version.status === 'approved')
    return <Notice tone="ok">{mine?.decision === 'approve' && client ? t('approved') : t('othersApproved')}</Notice>
  if (version.status === 'changes_requested')
    return <Notice tone="info">{mine && client ? t('asked') : t('othersAsked')}</Notice>
  if (version.status === 'draft') return <Notice tone="neutral">{t('draft')}</Notice>
  if (version.status === 'superseded') return <Notice tone="warn">{t('superseded')}</Notice>
  if (mine) return <Notice tone="ok">{t('partly', { count: version.approversLeft ?? 0 })}</Notice>
  if (!client) return <Notice tone="info">{t('waitingStaff')}</Notice>
  return version.mayDecide ? null : <Notice tone="neutral">{t('onlyOwner')}</Notice>
}

function OtherVersion({ version: { id, lookAt, status } }: { version: VersionView }) {
  const t = useTranslations('reviews.screen')
  if (!lookAt || lookAt.versionId === id || status === 'waiting' || status === 'draft') return null
  const { number, because } = lookAt
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <p className="text-muted">{t('older', { number, because })}</p>
      <Button asChild size="large">
        <Link to={`/review/${lookAt.versionId}`}>{t('toNewest', { number })}</Link>
      </Button>
    </div>
  )
}

function Choice({ version }: { version: VersionView }) {
  const t = useTranslations('reviews.screen')
  const confirm = useConfirm()
  const textOf = useProblemText()
  const [asking, setAsking] = useState(false)
  const decide = useDecideVersion(version.id, () => undefined)
  const approve = async () => {
    const yes = await confirm({
      title: t('approveTitle', { number: version.number }),
      body: t('approveBody'),
      confirmLabel: t('approve'),
    })
    if (yes) decide.mutate({ decision: 'approve', note: '', checklist: [] })
  }
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <Button size="large" className="min-h-13" icon={<MessageSquareWarning />} onClick={() => setAsking(true)}>
          {t('changes')}
        </Button>
        <Button
          look="primary"
          size="large"
          className="min-h-13"
          icon={<Check />}
          pending={decide.isPending}
          onClick={() => void approve()}
        >
          {t('approve')}
        </Button>
      </div>
      {decide.error && <Notice tone="bad">{textOf(decide.error)}</Notice>}
      <DecideDialog version={version} onBehalf={false} open={asking} onOpenChange={setAsking} />
    </>
  )
}
