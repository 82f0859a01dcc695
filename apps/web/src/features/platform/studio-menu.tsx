import type { PlatformOrganizationView } from '@sparkle/shared/platform'
import { BadgeCheck, CirclePause, CirclePlay, Ellipsis, LifeBuoy } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../components/menu.tsx'
import { useStudioActs } from './use-studio-acts.tsx'

/** The acts on one studio behind a button, in a row of the list. */
export function StudioMenu({ studio }: { studio: PlatformOrganizationView }) {
  const t = useTranslations('platform')
  const { ask, letGoOn, dialogs } = useStudioActs(studio)
  return (
    <>
      <Menu
        align="end"
        trigger={<IconButton size="small" bare label={t('actions', { name: studio.name })} icon={<Ellipsis />} />}
      >
        {!studio.suspendedAt && (
          <MenuItem icon={<LifeBuoy />} onSelect={() => ask('act-as')}>
            {t('actAs.open')}
          </MenuItem>
        )}
        <MenuItem icon={<BadgeCheck />} onSelect={() => ask('plan')}>
          {t('changePlan')}
        </MenuItem>
        <MenuSeparator />
        {studio.suspendedAt ? (
          <MenuItem icon={<CirclePlay />} onSelect={letGoOn}>
            {t('unsuspend.confirm')}
          </MenuItem>
        ) : (
          <MenuItem icon={<CirclePause />} danger onSelect={() => ask('suspend')}>
            {t('suspend.confirm')}
          </MenuItem>
        )}
      </Menu>
      {dialogs}
    </>
  )
}

/** The same acts as buttons, on the studio's own page. */
export function StudioButtons({ studio }: { studio: PlatformOrganizationView }) {
  const t = useTranslations('platform')
  const { ask, letGoOn, dialogs } = useStudioActs(studio)
  return (
    <>
      <Button icon={<BadgeCheck />} onClick={() => ask('plan')}>
        {t('changePlan')}
      </Button>
      {studio.suspendedAt ? (
        <Button icon={<CirclePlay />} look="primary" onClick={letGoOn}>
          {t('unsuspend.confirm')}
        </Button>
      ) : (
        <>
          <Button icon={<CirclePause />} look="danger" onClick={() => ask('suspend')}>
            {t('suspend.confirm')}
          </Button>
          <Button icon={<LifeBuoy />} look="primary" onClick={() => ask('act-as')}>
            {t('actAs.open')}
          </Button>
        </>
      )}
      {dialogs}
    </>
  )
}
