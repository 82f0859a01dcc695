import { useQuery } from '@tanstack/react-query'
import { Download, ExternalLink } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Skeleton } from '../../components/skeleton.tsx'

/** The studio's order page as a link to copy and a code to print. */
export function OrderPageCard({ url, slug }: { url: string; slug: string }) {
  const t = useTranslations('settings.studio')
  const code = useQuery({
    queryKey: ['qr', url],
    queryFn: () => drawCode(url),
    staleTime: Infinity,
  })
  return (
    <Card title={t('order')}>
      <p className="-mt-2 mb-4 text-muted">{t('orderHint')}</p>
      <div className="flex flex-col gap-4 sm:flex-row sm:items-start">
        {code.data ? (
          // White under the code in both themes: scanners want dark on light.
          <img
            src={code.data}
            alt={t('qr')}
            width={132}
            height={132}
            className="rounded-box border border-line bg-white"
          />
        ) : (
          <Skeleton className="size-33" />
        )}
        <div className="min-w-0 grow">
          <div className="flex items-center gap-1 rounded-box border border-line bg-sunken py-1 pr-1 pl-3">
            <span className="min-w-0 grow truncate font-mono">{url}</span>
            <CopyButton text={url} label={t('copyLink')} />
          </div>
          <div className="mt-3 flex flex-wrap gap-2">
            <Button icon={<ExternalLink />} asChild>
              <a href={url} target="_blank" rel="noreferrer">
                {t('openOrder')}
              </a>
            </Button>
            {code.data && (
              <Button look="quiet" icon={<Download />} asChild>
                <a href={code.data} download={`order-${slug}.svg`}>
                  {t('downloadQr')}
                </a>
              </Button>
            )}
          </div>
        </div>
      </div>
    </Card>
  )
}

/** As an SVG in a `data:` address, so that it can be shown and saved alike. The encoder is fetched when it is needed. */
async function drawCode(url: string): Promise<string> {
  const { toString } = await import('qrcode')
  const svg = await toString(url, { type: 'svg', margin: 2 })
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
