import type { VersionView } from '@sparkle/shared/reviews'
import { useTranslations } from 'use-intl'
import { CompareGames } from '../../features/reviews/compare-games.tsx'
import { ComparePictures } from '../../features/reviews/compare-pictures.tsx'
import { ReviewFrame } from '../../features/reviews/review-frame.tsx'
import { useReviewPath } from '../../lib/review-paths.tsx'

/** Two versions of the same thing, the older one first. */
export function CompareRoom({ version, other }: { version: VersionView; other: VersionView }) {
  const t = useTranslations('reviews.compare')
  const pathOf = useReviewPath()
  const [before, after] = version.number < other.number ? [version, other] : [other, version]
  return (
    <ReviewFrame
      backTo={pathOf(version.id)}
      title={t('title', { pet: version.petName, before: before.number, after: after.number })}
      actions={null}
      stage={
        version.previewUrl ? (
          <CompareGames before={before} after={after} />
        ) : (
          <ComparePictures before={before} after={after} />
        )
      }
    />
  )
}
