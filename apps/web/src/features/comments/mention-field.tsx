import type { Mentionable } from '@sparkle/shared/comments'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Avatar } from '../../components/avatar.tsx'
import { SideTag } from '../../components/side-tag.tsx'
import { Textarea } from '../../components/textarea.tsx'
import { cn } from '../../lib/cn.ts'
import { guestToken } from '../../lib/guest.ts'
import { commentQueries } from './api.ts'
import { matching, mentionAt, withMention } from './mention-query.ts'

interface MentionFieldProps {
  versionId: string
  internal: boolean
  label: string
  placeholder?: string
  value: string
  onChange: (value: string) => void
  onMention: (person: Mentionable) => void
  onCancel?: () => void
  /** It appears because somebody wants to write here. */
  focused?: boolean
  invalid?: boolean
}

/** Words of a comment, in a form; an `@` offers the people who may be named, as a combobox (WAI-ARIA 1.2, list autocomplete). */
export function MentionField({
  versionId,
  internal,
  label,
  placeholder,
  value,
  onChange,
  onMention,
  onCancel,
  focused,
  invalid,
}: MentionFieldProps) {
  const t = useTranslations('comments')
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [caret, setCaret] = useState(0)
  const [active, setActive] = useState(0)
  const [closedAt, setClosedAt] = useState<number | null>(null)
  const query = mentionAt(value, caret)
  // Guests call nobody by name: they are not told who there is.
  const isAsking = guestToken() === null && query !== null && query.at !== closedAt
  const people = useQuery({ ...commentQueries.people(versionId, internal), enabled: isAsking })
  const found = isAsking ? matching(people.data?.items ?? [], query.letters) : []
  const chosen = found[Math.min(active, found.length - 1)]

  useEffect(() => {
    if (focused) field.current?.focus()
  }, [focused])

  const choose = (person: Mentionable) => {
    if (!query) return
    const next = withMention(value, query, person.name)
    onChange(next.text)
    onMention(person)
    setCaret(next.caret)
    setActive(0)
    // The caret can be put behind the name only once the name is there.
    requestAnimationFrame(() => {
      field.current?.focus()
      field.current?.setSelectionRange(next.caret, next.caret)
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (chosen && query) {
      const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
      const step = steps[event.key]
      if (step !== undefined) setActive((active + step + found.length) % found.length)
      else if (event.key === 'Enter' || event.key === 'Tab') choose(chosen)
      else if (event.key === 'Escape') setClosedAt(query.at)
      else return
      event.preventDefault()
      event.stopPropagation()
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      field.current?.form?.requestSubmit()
    } else if (event.key === 'Escape' && onCancel) {
      event.stopPropagation()
      onCancel()
    }
  }
  return (
    <div className="relative">
      <Textarea
        ref={field}
        rows={3}
        maxLength={4000}
        role="combobox"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={found.length > 0}
        aria-controls={`${id}-people`}
        aria-activedescendant={chosen ? `${id}-${chosen.userId}` : undefined}
        aria-invalid={invalid || undefined}
        placeholder={placeholder}
        value={value}
        onChange={(event) => {
          onChange(event.target.value)
          setCaret(event.target.selectionStart)
          setActive(0)
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        onBlur={() => setClosedAt(query?.at ?? null)}
        onFocus={() => setClosedAt(null)}
      />
      <div
        id={`${id}-people`}
        role="listbox"
        aria-label={t('people')}
        className={cn('floating mt-1 max-h-44 overflow-y-auto p-1', found.length === 0 && 'hidden')}
      >
        {found.map((person) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are the field's, as in every combobox
          <div
            key={person.userId}
            id={`${id}-${person.userId}`}
            role="option"
            tabIndex={-1}
            aria-selected={person === chosen}
            data-selected={person === chosen}
            className="menu-item"
            // Before the field would lose the focus.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(person)}
          >
            <Avatar name={person.name} side={person.side} size="small" />
            <span className="min-w-0 grow truncate">{person.name}</span>
            <SideTag side={person.side} />
          </div>
        ))}
      </div>
    </div>
  )
}
