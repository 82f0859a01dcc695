import { leastPasswordScore } from '@sparkle/shared/auth'
import { useDeferredValue, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { cn } from '../lib/cn.ts'

const leastLength = 10
type Score = (password: string, about: readonly string[]) => number

/** How good a new password is, while it is typed: four bars and a word. Judged in the browser; nothing is sent. */
export function PasswordStrength({ password, about = [] }: { password: string; about?: readonly string[] }) {
  const t = useTranslations('auth.strength')
  const score = useScore(useDeferredValue(password), about)
  if (!password) return null
  const short = password.length < leastLength
  const weak = short || (score !== null && score < leastPasswordScore)
  const filled = weak ? 1 : (score ?? 0)
  const level = short ? 'short' : weak ? 'weak' : score === null ? 'unknown' : score >= 4 ? 'strong' : 'fair'
  return (
    <div className="-mt-2 flex items-center gap-3 text-small">
      <div aria-hidden="true" className="flex w-28 shrink-0 gap-1">
        {[1, 2, 3, 4].map((bar) => (
          <span
            key={bar}
            className={cn('h-1.5 grow rounded-full', bar > filled ? 'bg-line' : weak ? 'bg-bad' : 'bg-ok')}
          />
        ))}
      </div>
      <p aria-live="polite" className={weak ? 'text-bad' : 'text-muted'}>
        {t(level)}
      </p>
    </div>
  )
}

/** Null until the list of breached passwords is here. Without it the API still decides. */
function useScore(password: string, about: readonly string[]): number | null {
  const [judge, setJudge] = useState<{ score: Score } | null>(null)
  const wanted = password !== ''
  useEffect(() => {
    if (!wanted || judge) return
    import('../lib/password-score.ts').then(
      ({ passwordScore }) => setJudge({ score: passwordScore }),
      () => setJudge(null),
    )
  }, [wanted, judge])
  return judge ? judge.score(password, about) : null
}
