import type { GuestSessionView } from '@sparkle/shared/guest-links'
import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Outlet, useParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Wordmark } from '../../components/logo.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { reviewLinkQuery } from '../../features/guests/api.ts'
import { GuestDoor } from '../../features/guests/guest-door.tsx'
import { useVisit } from '../../features/guests/use-visit.ts'
import { WithoutLive } from '../../lib/live.tsx'
import { isProblem } from '../../lib/problem.ts'
import { createQueryClient } from '../../lib/query-client.ts'
import { ReviewPathProvider } from '../../lib/review-paths.tsx'
import { useProblemText } from '../../lib/problem-text.ts'
import { notify } from '../../components/toast.tsx'
import { GuestFrame } from '../review/guest-frame.tsx'
import { UnsentWords } from '../review/unsent-words.tsx'

/** `/r/<token>`: the door of a review link, and behind it the review. */
export function GuestPage() {
  const { token = '' } = useParams()
  return <GuestVisit key={token} token={token} />
}

function GuestVisit({ token }: { token: string }) {
  const { visit, last, begin, leave } = useVisit(token)
  if (!visit) return <Door token={token} last={last} onIn={begin} />
  return (
    <GuestQueries key={visit.token}>
      <WithoutLive>
        <ReviewPathProvider pathOf={(versionId) => `/r/${token}/${versionId}`}>
          <GuestFrame visit={visit} onLeave={leave}>
            <Outlet context={visit} />
          </GuestFrame>
        </ReviewPathProvider>
      </WithoutLive>
    </GuestQueries>
  )
}

const askAgainMs = 20_000

/** What is read as a guest is kept apart from what somebody signed in has read in this tab. No socket tells of news. */
function GuestQueries({ children }: { children: ReactNode }) {
  const textOf = useProblemText()
  const [client] = useState(() => {
    const made = createQueryClient((error) => notify(textOf(error), { tone: 'bad' }))
    const defaults = made.getDefaultOptions()
    made.setDefaultOptions({ ...defaults, queries: { ...defaults.queries, refetchInterval: askAgainMs } })
    return made
  })
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}

interface DoorProps extends Pick<Parameters<typeof GuestDoor>[0], 'onIn'> {
  token: string
  last: GuestSessionView | null
}

function Door({ token, last, onIn }: DoorProps) {
  const t = useTranslations('sharing.guest')
  const link = useQuery({ ...reviewLinkQuery(token), staleTime: last ? 0 : Infinity })
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-14 items-center px-4 sm:px-6">
        <Wordmark />
      </header>
      <main className="mx-auto w-full max-w-200 grow px-4 pt-4 pb-16 sm:px-6">
        {link.isPending ? (
          <SkeletonList rows={4} />
        ) : link.data ? (
          <GuestDoor token={token} link={link.data} before={last?.name ?? null} onIn={onIn} />
        ) : isProblem(link.error) && (link.error.status === 404 || link.error.status === 422) ? (
          <EmptyState heading="h1" scene="search" title={t('gone')} body={t('goneBody')} />
        ) : (
          <ErrorState error={link.error} onRetry={() => void link.refetch()} />
        )}
        {last && !link.isPending && link.data?.state !== 'open' && <UnsentWords visit={last} />}
      </main>
    </div>
  )
}
