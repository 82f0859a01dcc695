import type { Image } from '@sparkle/pixel/image'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Notice } from '../../components/notice.tsx'
import { spriteQueries } from './api.ts'
import { countDifferences } from './compare.ts'

interface SavedSpriteProps {
  spriteId: string
  filename: string
  /** The version of it that was asked for. */
  revision: number
  /** The sheet the browser drew by the recipe that was saved. */
  preview: Image
  /** Where the project's pictures are. */
  backTo: string
}

/** How the saved sprite comes along on the server, and whether it came out as the preview showed it. */
export function SavedSprite({ spriteId, filename, revision, preview, backTo }: SavedSpriteProps) {
  const t = useTranslations('sprites.saved')
  const version = useQuery(spriteQueries.version(spriteId, revision))
  const sheetUrl = version.data?.urls.sheet
  const sheet = useQuery({ ...spriteQueries.pixels(sheetUrl ?? ''), enabled: sheetUrl !== undefined })
  const status = version.data?.processingStatus

  if (status === 'rejected') return <Notice tone="bad">{t('rejected')}</Notice>
  if (status !== 'ready') return <Notice tone="info">{t('drawing')}</Notice>
  const different = sheet.data ? countDifferences(sheet.data, preview) : null
  return (
    <Notice
      tone={different ? 'warn' : 'ok'}
      action={
        <Link to={backTo} className="shrink-0 font-strong underline">
          {t('toAssets')}
        </Link>
      }
    >
      <p className="font-strong">{t('ready', { name: filename, number: revision })}</p>
      {sheet.isError && <p>{t('compareFailed')}</p>}
      {different === 0 && <p>{t('identical', { count: preview.width * preview.height })}</p>}
      {different !== null && different > 0 && <p>{t('different', { count: different })}</p>}
    </Notice>
  )
}
