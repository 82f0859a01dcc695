import type { GuestSessionView } from '@sparkle/shared/guest-links'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { unsentComments } from '../../features/comments/comment-outbox.tsx'
import { draftedComments } from '../../features/comments/drafts.ts'
import { draftedWishes } from '../../features/reviews/wishes-draft.ts'
import { guestPerson } from '../../lib/guest.ts'

/** What a guest had written when their link ended, for them to copy: it can go out by no other way. */
export function UnsentWords({ visit }: { visit: GuestSessionView }) {
  const t = useTranslations('sharing.guest')
  const [texts] = useState(() => {
    const person = guestPerson(visit)
    return [...new Set([...unsentComments(person), ...draftedComments(person), ...draftedWishes(person)])]
  })
  if (texts.length === 0) return null
  return (
    <section aria-label={t('unsent')} className="mx-auto mt-8 max-w-140">
      <h2 className="text-large font-strong">{t('unsent')}</h2>
      <p className="mt-1 mb-4 text-muted">{t('unsentBody', { studio: visit.studioName })}</p>
      <ul className="grid gap-3">
        {texts.map((text) => (
          <li key={text}>
            <Card>
              <div className="flex items-start gap-3">
                <p className="min-w-0 grow wrap-anywhere whitespace-pre-line select-text">{text}</p>
                <CopyButton text={text} label={t('copyUnsent')} />
              </div>
            </Card>
          </li>
        ))}
      </ul>
    </section>
  )
}
