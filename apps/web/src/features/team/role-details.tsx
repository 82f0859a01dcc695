import type { StudioRole } from '@sparkle/shared/permissions'
import { ChevronRight } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { RoleMatrix } from './role-matrix.tsx'

/** The matrix of roles, folded away until somebody wants to know exactly. */
export function RoleDetails({ chosen }: { chosen: StudioRole | undefined }) {
  const t = useTranslations('team')
  return (
    <details className="group">
      <summary className="flex cursor-pointer items-center gap-1.5 rounded-box text-muted select-none hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden="true" className="size-4 transition-transform group-open:rotate-90" />
        {t('matrix')}
      </summary>
      <div className="pt-2">
        <RoleMatrix chosen={chosen} />
      </div>
    </details>
  )
}
