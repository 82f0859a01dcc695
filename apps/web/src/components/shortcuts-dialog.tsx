import { useTranslations } from 'use-intl'
import { actionGroups, useActions } from '../lib/actions.tsx'
import { Dialog } from './dialog.tsx'
import { Kbd } from './kbd.tsx'

/** The keys of everything that can be done here, from the same list as the palette. */
export function ShortcutsDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations('common.actions')
  const actions = useActions()
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('shortcuts')}
      description={t('shortcutsHint')}
      width="small"
    >
      {actionGroups.map((group) => {
        const members = actions.filter((action) => action.group === group && action.keys)
        return members.length === 0 ? null : (
          <section key={group} className="mt-3 first:mt-0">
            <h3 className="mb-1 text-small text-muted">{t(`groups.${group}`)}</h3>
            <dl>
              {members.map((action) => (
                <div
                  key={action.id}
                  className="flex min-h-9 items-center justify-between gap-4 border-b border-line last:border-b-0"
                >
                  <dt>{action.label}</dt>
                  <dd>{action.keys && <Kbd keys={action.keys} />}</dd>
                </div>
              ))}
            </dl>
          </section>
        )
      })}
    </Dialog>
  )
}
