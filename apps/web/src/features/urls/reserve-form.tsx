import { useQuery } from '@tanstack/react-query'
import { Link2 } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Notice } from '../../components/notice.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { ToneIcon } from '../../components/status.tsx'
import { notify } from '../../components/toast.tsx'
import { cn } from '../../lib/cn.ts'
import { isProblem } from '../../lib/problem.ts'
import { useProblemText } from '../../lib/problem-text.ts'
import { urlQueries, useReserveUrl } from './api.ts'
import { SlugChoiceFields, useSlugChoice } from './slug-choice.tsx'

interface ReserveFormProps {
  projectId: string
  /** Without its scheme. */
  host: string
  petName: string
}

const shown = 8

/** Suggestions as chips, or a name of one's own; either is checked before it is reserved, and again by reserving. */
export function ReserveForm({ projectId, host, petName }: ReserveFormProps) {
  const t = useTranslations('urls')
  const suggestions = useQuery(urlQueries.suggestions(projectId))
  const reserve = useReserveUrl(projectId, (url) => notify(t('reserve.done', { slug: url.slug })))
  const choice = useSlugChoice('')
  const { slug, setSlug } = choice
  const submit = () => {
    if (reserve.isPending || !choice.input) return
    reserve.mutate(choice.input)
  }
  return (
    <Card title={t('reserve.title', { name: petName })}>
      <p className="mb-3 text-muted">{t('reserve.body')}</p>
      <div role="group" aria-label={t('reserve.suggestions')} className="mb-4 flex flex-wrap gap-2">
        {suggestions.isPending &&
          Array.from({ length: 5 }, (_, index) => <Skeleton key={index} className="h-8 w-28" />)}
        {suggestions.data?.items.slice(0, shown).map((item) => (
          <button
            key={item.slug}
            type="button"
            disabled={!item.available}
            aria-pressed={slug === item.slug}
            onClick={() => setSlug(item.slug)}
            className={cn(
              'inline-flex min-h-8 items-center gap-1.5 rounded-full border border-outline bg-surface px-3 transition-colors pointer-coarse:min-h-11',
              'enabled:hover:border-edge disabled:text-faint disabled:line-through aria-pressed:border-accent aria-pressed:bg-accent-soft',
            )}
          >
            <ToneIcon
              tone={item.available ? 'ok' : 'neutral'}
              className={cn('size-3.5', item.available && 'text-ok')}
            />
            {item.slug}
            <span className="sr-only">{item.available ? t('check.free') : t('check.taken')}</span>
          </button>
        ))}
      </div>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <SlugChoiceFields label={t('reserve.own')} host={host} choice={choice} />
        {reserve.error && <Refusal error={reserve.error} />}
        <Button
          type="submit"
          look="primary"
          icon={<Link2 />}
          pending={reserve.isPending}
          disabled={!choice.input}
          className="self-start"
        >
          {t('reserve.submit')}
        </Button>
      </form>
    </Card>
  )
}

/** Somebody may have been faster between the check and the button. */
export function Refusal({ error }: { error: unknown }) {
  const t = useTranslations('urls.reserve')
  const textOf = useProblemText()
  return <Notice tone="bad">{isProblem(error, 'url.slug_taken') ? t('taken') : textOf(error)}</Notice>
}
