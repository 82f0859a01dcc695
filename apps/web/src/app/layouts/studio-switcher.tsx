import { useQuery } from '@tanstack/react-query'
import { ChevronsUpDown } from 'lucide-react'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Menu, MenuChoice } from '../../components/menu.tsx'
import { StudioMark } from '../../components/studio-mark.tsx'
import { useSwitchStudio } from '../../features/auth/api.ts'
import { studioQuery } from '../../features/studio/api.ts'
import { useCan, useSession } from '../../lib/session.tsx'

/** The active studio; a list only for those who belong to several. */
export function StudioSwitcher() {
  const t = useTranslations('web')
  const navigate = useNavigate()
  const switchStudio = useSwitchStudio(() => void navigate('/'))
  const { organization, memberships } = useSession()
  const studio = useQuery({ ...studioQuery, enabled: useCan('studio:read') })
  if (!organization) return null
  const face = (
    <>
      <StudioMark name={organization.name} logoUrl={studio.data?.logoUrl} className="size-6 rounded-[4px] text-small" />
      <span className="max-w-32 truncate font-strong sm:max-w-48">{organization.name}</span>
    </>
  )
  if (memberships.length < 2) return <div className="flex items-center gap-2">{face}</div>
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="-ml-1.5 flex h-9 items-center gap-2 rounded-box px-1.5 hover:bg-hover pointer-coarse:h-11"
        >
          {face}
          <ChevronsUpDown aria-hidden="true" className="size-4 text-muted" />
          <span className="sr-only">{t('top.switchStudio')}</span>
        </button>
      }
    >
      <MenuChoice
        label={t('top.switchStudio')}
        value={organization.id}
        onValueChange={(organizationId) => switchStudio.mutate(organizationId)}
        options={memberships.map((one) => ({
          value: one.organizationId,
          label: one.name,
          hint: t(`role.${one.role}`),
        }))}
      />
    </Menu>
  )
}
