import type { BuildView, TemplateView } from '@sparkle/shared/builds'
import type { ApprovalView } from '@sparkle/shared/reviews'
import type { UrlView } from '@sparkle/shared/urls'
import { ArrowRight, Rocket } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Notice } from '../../components/notice.tsx'
import { Select } from '../../components/select.tsx'
import { notify } from '../../components/toast.tsx'
import { useFormats } from '../../lib/format.ts'
import { useGameWords } from '../../lib/game-words.ts'
import { isProblem } from '../../lib/problem.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useDeployUrl } from './api.ts'
import { DeployFiles } from './deploy-files.tsx'
import { differences } from './differences.ts'
import { longestReason, OverrideReason } from './override-reason.tsx'

interface DeployDialogProps {
  url: UrlView
  /** Passed builds of the project, newest first. */
  builds: readonly BuildView[]
  templates: readonly TemplateView[]
  approval: ApprovalView | null
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** What is live now against what would be: nobody deploys blindly. */
export function DeployDialog({ url, builds, templates, approval, open, onOpenChange }: DeployDialogProps) {
  const t = useTranslations('urls.deploy')
  const common = useTranslations('common')
  const textOf = useProblemText()
  const { dateTime } = useFormats()
  const deploy = useDeployUrl(url, () => {
    notify(t('done', { slug: url.slug }))
    onOpenChange(false)
  })
  const [chosen, setChosen] = useState<string>()
  const [reason, setReason] = useState('')
  const fit = builds.find(({ digest }) => digest && approval?.required && approval.approvedDigests.includes(digest))
  const next = builds.find(({ id }) => id === chosen) ?? fit ?? builds[0]
  const live = builds.find(({ id }) => id === url.liveBuildId)
  if (!next) return null
  const same = next.id === url.liveBuildId
  const refused = approval?.required === true && !approval.approvedDigests.includes(next.digest ?? '')
  const overrideReason = refused ? reason.trim() : undefined
  const ready = !same && overrideReason !== '' && !(refused && reason.length > longestReason)
  return (
    <Dialog
      open={open}
      onOpenChange={(to) => {
        deploy.reset()
        onOpenChange(to)
      }}
      title={t('title', { slug: url.slug })}
      description={t('body')}
      footer={
        <>
          <Button look="quiet" onClick={() => onOpenChange(false)}>
            {common('cancel')}
          </Button>
          <Button
            look="primary"
            icon={<Rocket />}
            pending={deploy.isPending}
            disabled={!ready}
            onClick={() => deploy.mutate({ buildId: next.id, replaces: url.liveBuildId, overrideReason })}
          >
            {t('submit')}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Field label={t('build')}>
          {(tie) => (
            <Select
              {...tie}
              value={next.id}
              onValueChange={setChosen}
              options={builds.map((build) => ({
                value: build.id,
                label: t('option', { number: build.number, date: dateTime(build.createdAt) }),
              }))}
            />
          )}
        </Field>
        <div className="grid grid-cols-[1fr_auto_1fr] items-center gap-3 rounded-box border border-line p-4">
          <Side title={t('now')} build={live} empty={url.liveBuildId ? t('olderBuild') : t('nothing')} />
          <ArrowRight className="size-5 text-muted" aria-hidden="true" />
          <Side title={t('then')} build={next} empty="" />
        </div>
        {same && <Notice tone="info">{t('same')}</Notice>}
        {refused && !same && <OverrideReason approved={approval.approved} value={reason} onChange={setReason} />}
        {live && !same && <Changes from={live} to={next} templates={templates} />}
        {open && !same && <DeployFiles url={url} buildId={next.id} />}
        {deploy.error && (
          <Notice tone="bad">
            {isProblem(deploy.error, 'url.live_build_changed') ? t('changed') : textOf(deploy.error)}
          </Notice>
        )}
      </div>
    </Dialog>
  )
}

function Side({ title, build, empty }: { title: string; build: BuildView | undefined; empty: string }) {
  const t = useTranslations('builds')
  const { size } = useFormats()
  return (
    <div className="min-w-0">
      <p className="text-small text-muted">{title}</p>
      <p className="font-strong">{build ? t('number', { number: build.number }) : empty}</p>
      {build?.digest && (
        <p className="truncate text-small text-muted">
          <span className="font-mono">{build.digest.slice(0, 10)}</span>
          {build.sizeBytes !== null && ` · ${size(build.sizeBytes)}`}
        </p>
      )}
    </div>
  )
}

interface ChangesProps {
  from: BuildView
  to: BuildView
  templates: readonly TemplateView[]
}

function Changes({ from, to, templates }: ChangesProps) {
  const t = useTranslations('urls.deploy')
  const words = useGameWords(templates)
  const changes = differences(from, to)
  const sideOf = (what: string, values: readonly string[]) => {
    if (what !== 'template') return values.map((value) => words.option(what, value)).join(', ') || t('unset')
    const [id = '', version = ''] = values
    return from.templateId === to.templateId ? t('version', { game: words.game(id), version }) : words.game(id)
  }
  if (changes.length === 0) return <p className="text-muted">{t('noDifference')}</p>
  return (
    <div>
      <h3 className="mb-1.5 font-strong">{t('changes')}</h3>
      <ul className="grid gap-1 text-muted">
        {changes.map(({ what, before, after }) => (
          <li key={what}>
            {what === 'assets'
              ? t('pictures')
              : t('setting', { what: words.label(what), before: sideOf(what, before), after: sideOf(what, after) })}
          </li>
        ))}
      </ul>
    </div>
  )
}
