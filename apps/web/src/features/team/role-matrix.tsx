import { studioRoles, type StudioRole } from '@sparkle/shared/permissions'
import { Check, CircleDot, Minus } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { cn } from '../../lib/cn.ts'
import { extentOf, rightNames, type Extent } from './role-rights.ts'

const marks: Record<Extent, { icon: typeof Check; tone: string; word: 'matrixYes' | 'matrixOwn' | 'matrixNo' }> = {
  yes: { icon: Check, tone: 'text-ok', word: 'matrixYes' },
  own: { icon: CircleDot, tone: 'text-info', word: 'matrixOwn' },
  no: { icon: Minus, tone: 'text-faint', word: 'matrixNo' },
}

/** What each role may, read from the table that the API decides by. The column of `chosen` stands out. */
export function RoleMatrix({ chosen }: { chosen: StudioRole | undefined }) {
  const t = useTranslations('team')
  const role = useTranslations('web.role')
  return (
    <>
      <table aria-label={t('matrix')} className="w-full border-collapse text-small">
        <thead>
          <tr className="border-b border-line">
            <td />
            {studioRoles.map((name) => (
              <th
                key={name}
                scope="col"
                className={cn(
                  'w-[17%] px-1 py-2 text-center font-normal',
                  name === chosen ? 'font-strong!' : 'text-muted',
                )}
              >
                {role(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rightNames.map((right) => (
            <tr key={right} className="border-b border-line last:border-b-0">
              <th scope="row" className="py-1.5 pr-2 text-left font-normal">
                {t(`may.${right}`)}
              </th>
              {studioRoles.map((name) => {
                const { icon: Icon, tone, word } = marks[extentOf(name, right)]
                return (
                  <td key={name} className={cn('px-1 text-center', name === chosen && 'bg-accent-soft')}>
                    <Icon aria-hidden="true" className={cn('mx-auto size-4', tone)} />
                    <span className="sr-only">{t(word)}</span>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-3 flex items-center gap-1.5 text-small text-muted">
        <CircleDot aria-hidden="true" className="size-4 text-info" />
        {t('matrixOwn')}
      </p>
    </>
  )
}
