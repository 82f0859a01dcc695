import { ChevronRight } from 'lucide-react'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { PageHeader } from '../../components/page-header.tsx'
import { Figures } from '../../features/dashboard/figures.tsx'
import { Board } from '../../features/projects/board.tsx'
import { Waiting } from '../../features/projects/waiting.tsx'
import { useCan, useSession } from '../../lib/session.tsx'
import { NewProjectButton } from '../new-project-button.tsx'

/** What waits on the person first, then where everything stands. */
export function DashboardPage() {
  const t = useTranslations('dashboard')
  const { user } = useSession()
  const maySeeFigures = useCan('studio:read')
  const maySeeBusiness = useCan('analytics:read')
  return (
    <>
      <PageHeader title={t('greeting', { name: firstName(user.displayName) })} actions={<NewProjectButton />} />
      <Waiting />
      {maySeeFigures && (
        <div className="mt-6">
          <Figures />
          {maySeeBusiness && (
            <Link
              to="/figures"
              className="mt-2 inline-flex items-center gap-1 rounded-box text-muted hover:text-ink pointer-coarse:min-h-11"
            >
              {t('allFigures')}
              <ChevronRight aria-hidden="true" className="size-4" />
            </Link>
          )}
        </div>
      )}
      <section aria-labelledby="board" className="mt-8">
        <h2 id="board" className="mb-3 text-large font-strong">
          {t('board')}
        </h2>
        <Board />
      </section>
    </>
  )
}

function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name
}
