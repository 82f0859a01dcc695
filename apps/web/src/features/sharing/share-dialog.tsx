import { mostLinkDays, usualLinkDays } from '@sparkle/shared/guest-links'
import { guestScopes, type GuestScope } from '@sparkle/shared/permissions'
import type { ProjectView } from '@sparkle/shared/projects'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { Select } from '../../components/select.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { useMakeLink } from './api.ts'

interface ShareDialogProps {
  project: ProjectView
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Asks what the link is for; then shows it, this once. */
export function ShareDialog({ project, open, onOpenChange }: ShareDialogProps) {
  const t = useTranslations('sharing.links')
  const formId = useId()
  const make = useMakeLink(project.id)
  const made = make.data
  const close = () => {
    make.reset()
    onOpenChange(false)
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => next || close()}
      title={made ? t('madeTitle') : t('dialogTitle', { pet: project.petName })}
      description={made ? undefined : t('dialogBody')}
      footer={
        made ? (
          <Button look="primary" onClick={close}>
            {t('done')}
          </Button>
        ) : (
          <Button type="submit" form={formId} look="primary" pending={make.isPending}>
            {t('make')}
          </Button>
        )
      }
    >
      {made ? <MadeLink url={made.url} withPassword={made.hasPassword} /> : <LinkForm id={formId} make={make} />}
    </Dialog>
  )
}

function MadeLink({ url, withPassword }: { url: string; withPassword: boolean }) {
  const t = useTranslations('sharing.links')
  return (
    <div className="flex flex-col gap-4">
      <Notice tone="warn">{t('once')}</Notice>
      <div className="flex items-start gap-2 rounded-box border border-line bg-sunken py-1.5 pr-1.5 pl-3">
        <code className="min-w-0 grow self-center font-mono text-small break-all">{url}</code>
        <CopyButton text={url} label={t('copy')} />
      </div>
      <p className="text-muted">{withPassword ? t('sendWithPassword') : t('sendOn')}</p>
    </div>
  )
}

const terms = ['3', '7', String(usualLinkDays), '30', String(mostLinkDays)] as const

function LinkForm({ id, make }: { id: string; make: ReturnType<typeof useMakeLink> }) {
  const t = useTranslations('sharing.links')
  const textOf = useProblemText()
  const [label, setLabel] = useState('')
  const [scope, setScope] = useState<GuestScope>('comment')
  const [days, setDays] = useState<string>(String(usualLinkDays))
  const [password, setPassword] = useState('')
  const [mayDownload, setMayDownload] = useState(false)
  const short = password !== '' && password.length < 6
  return (
    <form
      id={id}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (short || make.isPending) return
        make.mutate({ label, scope, mayDownload, expiresInDays: Number(days), ...(password && { password }) })
      }}
    >
      {make.error && <Notice tone="bad">{textOf(make.error)}</Notice>}
      <div className="grid gap-1.5">
        <p aria-hidden="true" className="font-strong">
          {t('scopeLabel')}
        </p>
        <SegmentedControl
          label={t('scopeLabel')}
          value={scope}
          onValueChange={setScope}
          options={guestScopes.map((value) => ({ value, label: t(`scope.${value}`) }))}
        />
        <p className="text-small text-muted">{t(`scopeHint.${scope}`)}</p>
      </div>
      <div className="grid gap-4 sm:grid-cols-[1fr_180px]">
        <Field label={t('label')} hint={t('labelHint')} optional>
          {(tie) => (
            <Input
              {...tie}
              value={label}
              maxLength={80}
              autoComplete="off"
              onChange={(event) => setLabel(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('expires')}>
          {(tie) => (
            <Select
              {...tie}
              value={days}
              onValueChange={setDays}
              options={terms.map((value) => ({ value, label: t('days', { count: Number(value) }) }))}
            />
          )}
        </Field>
      </div>
      <Field label={t('password')} hint={t('passwordHint')} optional error={short ? t('passwordShort') : undefined}>
        {(tie) => (
          <Input
            {...tie}
            value={password}
            maxLength={72}
            autoComplete="off"
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <Checkbox checked={mayDownload} onCheckedChange={setMayDownload} label={t('mayDownload')} />
    </form>
  )
}
