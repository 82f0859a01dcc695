import type { DocumentChoice, GameChoice, PersonSubject } from '@sparkle/shared/people'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Field } from '../../components/field.tsx'
import { Input } from '../../components/input.tsx'
import { Notice } from '../../components/notice.tsx'
import { SegmentedControl } from '../../components/segmented-control.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { notify } from '../../components/toast.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { clientQueries, useErasePerson } from './api.ts'

const longestReason = 500

/** Shows what would go with a person before it goes, and wants a reason for the record. */
export function EraseDialog({ person, onClose }: { person: { id: string; name: string }; onClose: () => void }) {
  const t = useTranslations('clients')
  const textOf = useProblemText()
  const subject: PersonSubject = { contactId: person.id }
  const [games, setGames] = useState<GameChoice>('takeDown')
  const [documents, setDocuments] = useState<DocumentChoice>('erase')
  const [reason, setReason] = useState('')
  const scope = useQuery(clientQueries.erasure(subject, games))
  const erase = useErasePerson()
  // No form around it: nobody is erased by Enter.
  const ready = scope.data !== undefined && reason.trim() !== '' && reason.length <= longestReason
  const submit = () =>
    erase.mutate(
      { subject, games, documents, reason },
      {
        onSuccess: () => {
          notify(t('erasing'))
          onClose()
        },
      },
    )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('eraseTitle', { name: person.name })}
      description={t('eraseBody')}
      footer={
        <Button look="danger" disabled={!ready} pending={erase.isPending} onClick={submit}>
          {t('eraseSubmit')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {erase.error && <Notice tone="bad">{textOf(erase.error)}</Notice>}
        {scope.isPending && <SkeletonList rows={3} />}
        {scope.isLoadingError && <ErrorState error={scope.error} onRetry={() => void scope.refetch()} />}
        {scope.data && (
          <ul className="list-disc pl-5">
            <li>
              {t('erasePhotos', {
                photos: scope.data.photos,
                sprites: scope.data.sprites,
                builds: scope.data.builds,
              })}
            </li>
            <li>
              {t('eraseProjects', {
                count: scope.data.projects.length,
                pets: scope.data.projects.map(({ petName }) => petName).join(', '),
              })}
            </li>
            {scope.data.liveGames.map(({ id, slug, kept }) => (
              <li key={id}>{kept ? t('eraseLiveKept', { slug }) : t('eraseLive', { slug })}</li>
            ))}
            {scope.data.reviews > 0 && <li>{t('eraseReviews', { count: scope.data.reviews })}</li>}
            <li>
              {t('eraseMails', {
                messages: scope.data.messages,
                mails: scope.data.mails,
                notifications: scope.data.notifications,
              })}
            </li>
          </ul>
        )}
        <Choice title={t('eraseGames')}>
          <SegmentedControl
            label={t('eraseGames')}
            value={games}
            onValueChange={(value) => setGames(value === 'takeDown' ? 'takeDown' : 'keepWithoutPhotos')}
            options={[
              { value: 'takeDown', label: t('eraseTakeDown') },
              { value: 'keepWithoutPhotos', label: t('eraseKeep') },
            ]}
          />
        </Choice>
        {scope.data && scope.data.documents > 0 && (
          <Choice title={t('eraseDocuments')}>
            <SegmentedControl
              label={t('eraseDocuments')}
              value={documents}
              onValueChange={(value) => setDocuments(value === 'keep' ? 'keep' : 'erase')}
              options={[
                { value: 'erase', label: t('eraseDocumentsGo', { count: scope.data.documents }) },
                { value: 'keep', label: t('eraseDocumentsKeep') },
              ]}
            />
          </Choice>
        )}
        {scope.data?.worksElsewhere && <Notice tone="info">{t('eraseElsewhere')}</Notice>}
        <p className="text-small text-muted">{t('eraseKept')}</p>
        <Field label={t('reason')} hint={t('reasonHint')}>
          {(control) => (
            <Input
              {...control}
              value={reason}
              maxLength={longestReason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      </div>
    </Dialog>
  )
}

/** A choice under its title: two beside each other would not tell what each is about. */
function Choice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <p aria-hidden="true" className="mb-1.5 font-strong">
        {title}
      </p>
      {children}
    </div>
  )
}
