import { ExternalLink, QrCode, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { PixelScene } from '../../components/pixel-scene.tsx'
import { Popover } from '../../components/popover.tsx'
import { QrPicture } from '../../components/qr-picture.tsx'

interface PhoneFrameProps {
  /** The build's private address on the games' origin, whose page sandboxes the game by itself; null while there is none. */
  url: string | null
  /** What is played; read out. */
  title: string
  /** Under an empty screen. */
  hint: string
}

/** A phone with the running game. The game may be loud: it starts by a tap, as on a real phone. */
export function PhoneFrame({ url, title, hint }: PhoneFrameProps) {
  const t = useTranslations('builds.preview')
  const [round, setRound] = useState(0)
  return (
    <div className="flex flex-col items-center gap-3">
      <div className="w-full max-w-80 rounded-[32px] border border-edge bg-[light-dark(#1c1b1a,#0f0f0e)] p-2.5">
        <div className="aspect-[9/17] overflow-hidden rounded-[22px] bg-sunken">
          {url ? (
            // oxlint-disable-next-line react/iframe-missing-sandbox -- another origin, whose page sandboxes the game itself
            <iframe
              key={`${url} ${round}`}
              src={url}
              title={title}
              allow="autoplay; fullscreen; gamepad"
              className="size-full border-0"
            />
          ) : (
            <div className="flex size-full flex-col items-center justify-center gap-4 px-6 text-center text-muted">
              <PixelScene name="spark" className="h-auto max-w-full" />
              {hint}
            </div>
          )}
        </div>
      </div>
      {url && (
        <div className="flex items-center gap-1">
          <IconButton label={t('restart')} icon={<RotateCw />} onClick={() => setRound(round + 1)} />
          <Popover label={t('qr')} align="center" trigger={<IconButton bare label={t('qr')} icon={<QrCode />} />}>
            <QrPicture text={url} label={t('qr')} />
            <p className="mt-2 max-w-48 text-small text-muted">{t('qrHint')}</p>
          </Popover>
          <Button asChild look="quiet">
            <a href={url} target="_blank" rel="noreferrer">
              <ExternalLink aria-hidden="true" />
              {t('open')}
            </a>
          </Button>
        </div>
      )}
    </div>
  )
}
