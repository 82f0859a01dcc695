import { PageHeader } from '../../components/page-header.tsx'
import { useTranslations } from 'use-intl'
import { Controls, Overlays, Statuses } from './controls.tsx'
import { Data, Files, Pictures, States, TypeAndColour } from './displays.tsx'

/** Every component in its states, for eyes and for the accessibility check. Development only. */
export function GalleryPage() {
  const t = useTranslations('web.gallery')
  return (
    <main className="mx-auto max-w-300 px-4 py-6 sm:px-6">
      <PageHeader title={t('title')} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <TypeAndColour />
        <Statuses />
        <Controls />
        <Overlays />
        <Data />
        <Files />
        <Pictures />
        <States />
      </div>
    </main>
  )
}
