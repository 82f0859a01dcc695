import type { PetProfile } from '@sparkle/shared/profiles'
import { useQuery } from '@tanstack/react-query'
import { PawPrint, Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { notify } from '../../components/toast.tsx'
import { useFormats } from '../../lib/format.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { useCan } from '../../lib/session.tsx'
import { clientQueries, useAddPet } from './api.ts'
import { PetDialog } from './pet-dialog.tsx'

/** The pets of a client, each with what helps to draw it. */
export function PetsCard({ clientId }: { clientId: string }) {
  const t = useTranslations('clients')
  const mayChange = useCan('profiles:update')
  const pets = useQuery(clientQueries.pets(clientId))
  const [edited, setEdited] = useState<PetProfile | 'new' | null>(null)
  const known = pets.data?.items.filter((one) => one.kind === 'pet') ?? []
  return (
    <Card
      title={t('pets')}
      action={
        mayChange && (
          <Button size="small" icon={<Plus />} onClick={() => setEdited('new')}>
            {t('pet.add')}
          </Button>
        )
      }
    >
      {pets.isPending && <SkeletonList rows={1} />}
      {pets.isLoadingError && <ErrorState error={pets.error} onRetry={() => void pets.refetch()} />}
      {pets.data && known.length === 0 && <p className="text-muted">{t('noPets')}</p>}
      <ul className="flex flex-col divide-y divide-line">
        {known.map((pet) => (
          <li key={pet.id} className="flex items-start gap-2 py-3 first:pt-0 last:pb-0">
            <PetFacts pet={pet} />
            {mayChange && (
              <IconButton
                label={t('pet.change', { name: pet.name })}
                icon={<Pencil />}
                onClick={() => setEdited(pet)}
              />
            )}
          </li>
        ))}
      </ul>
      {edited && (
        <PetDialog pet={edited === 'new' ? null : edited} clientId={clientId} onClose={() => setEdited(null)} />
      )}
    </Card>
  )
}

/** What is known of a pet, in the order in which somebody who draws it wants to know. */
function PetFacts({ pet, named = true }: { pet: PetProfile; named?: boolean }) {
  const t = useTranslations('clients.pet')
  const { date } = useFormats()
  const kind = [pet.species, pet.breed].filter(Boolean).join(', ')
  const facts = [
    [t('markings'), pet.markings],
    [t('traits'), pet.traits],
    [t('favourites'), pet.favourites.join(', ')],
    [t('birthday'), pet.birthday ? date(pet.birthday) : ''],
  ].filter(([, value]) => value)
  return (
    <div className="min-w-0 grow">
      {named && <p className="font-strong">{pet.name}</p>}
      {kind && <p className="text-muted">{kind}</p>}
      {facts.length > 0 && (
        <dl className="mt-1 grid gap-x-3 gap-y-1 text-small sm:grid-cols-[max-content_1fr]">
          {facts.map(([label, value]) => (
            <div key={label} className="contents">
              <dt className="text-muted">{label}</dt>
              <dd className="min-w-0 wrap-anywhere">{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}

/** On a project: what is known of its pet, or how to begin to know it. */
export function ProjectPetCard({ projectId }: { projectId: string }) {
  const t = useTranslations('clients')
  const textOf = useProblemText()
  const mayRead = useCan('profiles:read')
  const mayKeep = useCan('profiles:update')
  const mayWork = useCan('projects:update', { projectId })
  const mayChange = mayKeep && mayWork
  const pet = useQuery({ ...clientQueries.petOf(projectId), enabled: mayRead })
  const add = useAddPet()
  const [editing, setEditing] = useState(false)
  // While it is asked for nothing is shown: most projects have none, and the page must not jump for it.
  if (!pet.isSuccess || (!pet.data && !mayChange)) return null
  return (
    <Card
      title={t('pet.ofProject')}
      className="mt-4"
      action={
        pet.data && mayChange ? (
          <Button size="small" icon={<Pencil />} onClick={() => setEditing(true)}>
            {t('change')}
          </Button>
        ) : undefined
      }
    >
      {pet.data ? (
        <PetFacts pet={pet.data} />
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-muted">{t('pet.none')}</p>
          <Button
            icon={<PawPrint />}
            pending={add.isPending}
            onClick={() =>
              add.mutate(
                { kind: 'pet', projectId },
                {
                  onSuccess: () => setEditing(true),
                  onError: (error) => notify(textOf(error), { tone: 'bad' }),
                },
              )
            }
          >
            {t('pet.make')}
          </Button>
        </div>
      )}
      {editing && pet.data && (
        <PetDialog pet={pet.data} clientId={pet.data.accountId ?? ''} onClose={() => setEditing(false)} />
      )}
    </Card>
  )
}
