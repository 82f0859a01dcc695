import type { AssetItem } from '@sparkle/shared/assets'
import type { TemplateView } from '@sparkle/shared/builds'
import { Check, Music } from 'lucide-react'
import { RadioGroup } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Picture } from '../../components/picture.tsx'
import { cn } from '../../lib/cn.ts'

interface SlotPickersProps {
  slots: TemplateView['slots']
  assets: readonly AssetItem[]
  /** Slot -> asset. */
  chosen: Record<string, string>
  onChange: (chosen: Record<string, string>) => void
  /** Shown where a required slot has nothing to choose from. */
  missing: ReactNode
}

const none = 'none'

/** Which picture or sound goes where. Slots that nothing fits and nothing needs are not shown. */
export function SlotPickers({ slots, assets, chosen, onChange, missing }: SlotPickersProps) {
  const t = useTranslations('builds.slots')
  const choose = (slot: string, value: string) => {
    const { [slot]: _before, ...rest } = chosen
    onChange(value === none ? rest : { ...rest, [slot]: value })
  }
  return slots.map((slot) => {
    const fitting = assets.filter(({ assetType }) => slot.accepts.includes(assetType))
    if (fitting.length === 0) {
      return slot.required ? (
        <div key={slot.id}>
          <p className="mb-2 font-strong">{slot.name}</p>
          {missing}
        </div>
      ) : null
    }
    return (
      <div key={slot.id}>
        <p id={`slot-${slot.id}`} className="mb-2 flex items-baseline justify-between font-strong">
          {slot.name}
          {!slot.required && <span className="text-small font-normal text-muted">{t('optional')}</span>}
        </p>
        <RadioGroup.Root
          aria-labelledby={`slot-${slot.id}`}
          value={chosen[slot.id] ?? none}
          onValueChange={(value) => choose(slot.id, value)}
          className="flex gap-2 overflow-x-auto p-0.5 pb-1"
        >
          {!slot.required && (
            <Choice value={none} label={t('none')}>
              <span className="flex size-16 items-center justify-center text-small text-muted">{t('none')}</span>
            </Choice>
          )}
          {fitting.map((asset) => (
            <Choice key={asset.id} value={asset.id} label={asset.filename}>
              {asset.assetType === 'sound' ? (
                <span className="flex size-16 items-center justify-center bg-sunken">
                  <Music className="size-5 text-muted" aria-hidden="true" />
                </span>
              ) : (
                <Picture
                  src={asset.assetType === 'sprite' ? (asset.urls.still ?? asset.urls.thumb) : asset.urls.thumb}
                  alt=""
                  kind={asset.assetType === 'sprite' ? 'sprite' : 'photo'}
                  className="size-16"
                />
              )}
            </Choice>
          ))}
        </RadioGroup.Root>
      </div>
    )
  })
}

function Choice({ value, label, children }: { value: string; label: string; children: ReactNode }) {
  return (
    <RadioGroup.Item
      value={value}
      aria-label={label}
      title={label}
      className={cn(
        'relative shrink-0 overflow-hidden rounded-box border-2 border-line transition-colors hover:border-edge data-[state=checked]:border-accent',
      )}
    >
      {children}
      <RadioGroup.Indicator className="absolute right-0.5 bottom-0.5 flex size-4 items-center justify-center rounded-full bg-accent text-accent-ink">
        <Check className="size-3" strokeWidth={3} aria-hidden="true" />
      </RadioGroup.Indicator>
    </RadioGroup.Item>
  )
}
