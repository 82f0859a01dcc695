import { useTranslations } from 'use-intl'
import { isProblem } from './problem.ts'

/**
 * One sentence for a person: what happened and what to do. The API's own `detail` is good for refusals; what only the
 * machine understands gets words of ours.
 */
export function useProblemText(): (error: unknown) => string {
  const t = useTranslations('common.problem')
  return (error) => {
    if (!isProblem(error)) return t('unexpected')
    if (error.code === 'client.network' || error.code === 'client.unavailable') return t('network')
    if (error.code === 'client.timeout') return t('timeout')
    if (error.code === 'client.invalid_reply') return t('invalid_reply')
    if (error.status === 429) {
      const seconds = error.retryAfterSeconds ?? 10
      return seconds <= 90
        ? t('rate_limited', { seconds })
        : t('rate_limited_long', { minutes: Math.ceil(seconds / 60) })
    }
    if (error.status === 412) return t('stale')
    if (error.status >= 500) return t('internal')
    if (error.detail) return error.detail
    if (error.status === 403) return t('forbidden')
    return error.status === 404 ? t('notFound') : t('unexpected')
  }
}
