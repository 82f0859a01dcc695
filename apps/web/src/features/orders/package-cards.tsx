import type { StudioView } from '@sparkle/shared/orders'
import { Check, Clock } from 'lucide-react'
import { RadioGroup } from 'radix-ui'
import { useTranslations } from 'use-intl'
import { PixelArt } from '../../components/pixel-art.tsx'
import { pieces } from '../../components/pixel-pieces.ts'
import { useFormats } from '../../lib/format.ts'

type PackageType = StudioView['packages'][number]['type']

interface PackageCardsProps {
  packages: StudioView['packages']
  value: PackageType
  onValueChange: (value: PackageType) => void
}

const marks = {
  express: [{ rows: pieces.glint, x: 2, y: 2 }],
  custom: [{ rows: pieces.heart, x: 0, y: 1 }],
  premium: [{ rows: pieces.spark, x: 1, y: 1 }],
}

/** One of the packages; the arrow keys move between them. */
export function PackageCards({ packages, value, onValueChange }: PackageCardsProps) {
  const t = useTranslations('orders.package')
  const { money } = useFormats()
  return (
    <RadioGroup.Root
      aria-label={t('legend')}
      value={value}
      onValueChange={(next) => onValueChange(next as PackageType)}
      className="grid gap-3 sm:grid-cols-3"
    >
      {packages.map(({ type, name, description, price, days }) => (
        <RadioGroup.Item
          key={type}
          value={type}
          className="group relative flex flex-col rounded-box border border-outline bg-surface p-4 text-left transition-colors hover:bg-hover data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft data-[state=checked]:ring-1 data-[state=checked]:ring-accent"
        >
          <span className="flex items-center gap-2">
            <PixelArt pieces={marks[type]} width={7} height={7} scale={3} />
            <span className="grow text-large font-strong">{name}</span>
            <RadioGroup.Indicator className="flex size-5 items-center justify-center rounded-full bg-accent text-accent-ink">
              <Check aria-hidden="true" className="size-3.5" strokeWidth={3} />
            </RadioGroup.Indicator>
          </span>
          <span className="mt-1.5 grow text-muted">{description}</span>
          <span className="mt-3 flex items-baseline justify-between gap-2 sm:flex-wrap">
            <span className="text-large font-strong tabular-nums">{money(price)}</span>
            <span className="inline-flex items-center gap-1 text-small text-muted">
              <Clock aria-hidden="true" className="size-3.5" />
              {t('days', { days })}
            </span>
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
