import type { GuestSessionView, ReviewLinkView } from '@sparkle/shared/guest-links'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Field } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { DoorHeader } from '../../components/door-header.tsx'
import { isProblem } from '../../lib/problem.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useOpenReview } from './api.ts'

interface GuestDoorProps {
  token: string
  link: ReviewLinkView
  /** The name they were in by before their visit ended: what they had written is under it. */
  before: string | null
  onIn: (visit: GuestSessionView) => void
}

/** Asks a guest for a name and, where the link has one, for its password; says so where the link opens nothing more. */
export function GuestDoor({ token, link, before, onIn }: GuestDoorProps) {
  const t = useTranslations('sharing.guest')
  const { studioName: studio, petName: pet, scope, state } = link
  if (state !== 'open')
    return <EmptyState heading="h1" scene="door" title={t(state)} body={t('endedBody', { studio })} />
  return (
    <div className="mx-auto max-w-100">
      <DoorHeader title={pet ? t('titlePet', { pet }) : t('title', { studio })}>
        {t(`body.${scope}`, { studio, known: pet ? 'yes' : 'no' })}
      </DoorHeader>
      {before !== null && (
        <Notice tone="info" className="mb-4">
          {t('visitEnded')}
        </Notice>
      )}
      <DoorForm token={token} link={link} before={before} onIn={onIn} />
    </div>
  )
}

function DoorForm({ token, link, before, onIn }: GuestDoorProps) {
  const t = useTranslations('sharing.guest')
  const textOf = useProblemText()
  const open = useOpenReview(token)
  const [name, setName] = useState(before ?? '')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const missing = { name: name.trim() === '', password: link.needsPassword && password === '' }
  // Who is shut out by wrong passwords knows whom to ask; what came too fast gets the common words.
  const wait = isProblem(open.error) && open.error.code === 'auth.throttled' ? open.error.retryAfterSeconds : null
  const throttled =
    wait === null ? null : t('tooMany', { minutes: Math.max(1, Math.ceil(wait / 60)), studio: link.studioName })
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!missing.name && !missing.password && !open.isPending)
          open.mutate({ name, ...(link.needsPassword && { password }) }, { onSuccess: onIn })
      }}
    >
      {open.error && <Notice tone="bad">{throttled ?? textOf(open.error)}</Notice>}
      <Field
        label={t('name')}
        hint={t('nameHint', { studio: link.studioName })}
        error={tried && missing.name ? t('nameMissing') : undefined}
      >
        {(tie) => (
          <Input
            {...tie}
            value={name}
            maxLength={60}
            autoComplete="given-name"
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      {link.needsPassword && (
        <Field
          label={t('password')}
          hint={t('passwordHint')}
          error={tried && missing.password ? t('passwordMissing') : undefined}
        >
          {(tie) => (
            <Input
              {...tie}
              type="password"
              value={password}
              maxLength={72}
              autoComplete="off"
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
      )}
      <Button type="submit" look="primary" size="large" pending={open.isPending} className="mt-2">
        {t('enter')}
      </Button>
    </form>
  )
}
