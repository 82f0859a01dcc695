import { eventNouns } from '@sparkle/shared/events'
import { useSearchParams } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { PageHeader } from '../../components/page-header.tsx'
import { Select } from '../../components/select.tsx'
import { ActivityFeed } from '../../features/activity/activity-feed.tsx'
import { nounIcons } from '../../features/activity/event-mark.tsx'

const everything = 'all'

export function ActivityPage() {
  const t = useTranslations('activity')
  const nav = useTranslations('web.nav')
  const [search, setSearch] = useSearchParams()
  const about = eventNouns.find((noun) => noun === search.get('about'))
  const show = (value: string) => setSearch(value === everything ? {} : { about: value }, { replace: true })
  const options = eventNouns.map((noun) => {
    const Icon = nounIcons[noun]
    return { value: noun as string, label: t(`about.${noun}`), icon: <Icon aria-hidden="true" /> }
  })
  return (
    <div className="mx-auto max-w-200">
      <PageHeader
        title={nav('activity')}
        description={t('lead')}
        actions={
          <Select
            aria-label={t('filter')}
            value={about ?? everything}
            onValueChange={show}
            options={[{ value: everything, label: t('all') }, ...options]}
            className="w-44"
          />
        }
      />
      <ActivityFeed about={about} onShowAll={() => show(everything)} />
    </div>
  )
}
