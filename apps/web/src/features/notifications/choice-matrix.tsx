import { channels, type Choice, kindsFor, notificationCatalogue } from '@sparkle/shared/notifications'
import type { Role } from '@sparkle/shared/permissions'
import { useTranslations } from 'use-intl'
import { Card } from '../../components/card.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { cn } from '../../lib/cn.ts'
import { useChangePreferences, withChoice } from './preferences-api.ts'

const grid = 'grid grid-cols-5 gap-x-2 gap-y-2 sm:grid-cols-[1fr_repeat(5,4rem)] sm:items-center'

/** Every kind on every channel. On a phone the channels stand beneath their kind, each with its name. */
export function ChoiceMatrix({ choices, role }: { choices: readonly Choice[]; role: Role }) {
  const t = useTranslations('notifications')
  const change = useChangePreferences()
  const isOn = (kind: Choice['kind'], channel: Choice['channel']) =>
    choices.some((one) => one.kind === kind && one.channel === channel && one.on)
  return (
    <Card title={t('matrix.title')} flush>
      <p className="border-b border-line px-4 py-3 text-muted">{t('matrix.hint')}</p>
      <div aria-hidden="true" className={cn(grid, 'hidden! border-b border-line px-4 py-2 sm:grid!')}>
        <span />
        {channels.map((channel) => (
          <span key={channel} className="text-center text-small text-muted">
            {t(`channel.${channel}`)}
          </span>
        ))}
      </div>
      <ul className="divide-y divide-line">
        {kindsFor(role).map((kind) => (
          <li key={kind} className={cn(grid, 'px-4 py-3 sm:py-2')}>
            <span className="col-span-5 sm:col-span-1">{t(`label.${kind}`)}</span>
            {channels.map((channel) => {
              const always = notificationCatalogue[kind].always === channel
              return (
                <div
                  key={channel}
                  className="flex min-h-11 flex-col-reverse items-center justify-end gap-1 sm:min-h-0 sm:justify-center"
                >
                  <span aria-hidden="true" className="text-small text-muted sm:hidden">
                    {t(`channel.${channel}`)}
                  </span>
                  <Checkbox
                    checked={isOn(kind, channel)}
                    disabled={always}
                    onCheckedChange={(on) => change.mutate({ choices: withChoice(choices, { kind, channel, on }) })}
                    label={t('matrix.cell', { kind: t(`label.${kind}`), channel: t(`channel.${channel}`) })}
                    labelHidden
                  />
                </div>
              )
            })}
          </li>
        ))}
        <li className={cn(grid, 'px-4 py-3 text-muted sm:py-2')}>
          <span className="col-span-5 sm:col-span-1">{t('matrix.security')}</span>
          <span className="col-span-5 text-small sm:text-center">{t('matrix.alwaysMail')}</span>
        </li>
      </ul>
    </Card>
  )
}
