import type { ProjectView } from '@sparkle/shared/projects'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type FocusEvent, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Menu } from '../../components/menu.tsx'
import { useAction } from '../../lib/actions.tsx'
import { useCan } from '../../lib/session.tsx'
import { nextCard, type Arrow } from './board-walk.ts'
import { cachedProject } from './mutations.ts'
import { ArtistChoice, PriorityChoice, StatusChoice } from './project-menu.tsx'
import { useMayWorkOn } from './rights.ts'

interface BoardKeysProps {
  /** While a card is carried the arrows are the carrying's. */
  carrying: boolean
  onToggle: (project: ProjectView) => void
  children: ReactNode
}

/** The board by keyboard: arrows go from card to card; the card that has the focus answers to x, s, a and p. */
export function BoardKeys({ carrying, onToggle, children }: BoardKeysProps) {
  const t = useTranslations('projects.board')
  const client = useQueryClient()
  const [focusedId, setFocusedId] = useState<string | null>(null)
  // Menus lie elsewhere in the document, but their events come by here: a card keeps its keys while its menu is open.
  const onFocus = ({ target, currentTarget }: FocusEvent<HTMLElement>) => {
    if (currentTarget.contains(target))
      setFocusedId(target.closest<HTMLElement>('[data-card]')?.dataset['card'] ?? null)
  }
  const onBlur = ({ relatedTarget, currentTarget }: FocusEvent<HTMLElement>) => {
    if (!(relatedTarget instanceof Element)) return
    if (!currentTarget.contains(relatedTarget) && !relatedTarget.closest('[role=menu]')) setFocusedId(null)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (carrying || event.defaultPrevented || !(event.target instanceof HTMLElement)) return
    if (!event.target.hasAttribute('data-card-link') || !isArrow(event.key)) return
    event.preventDefault()
    nextCard(event.currentTarget, event.target, event.key)?.focus()
  }
  const project = focusedId === null ? null : cachedProject(client, focusedId)
  const mayChange = useCan('projects:update')
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys are those of the links inside
    <div role="group" aria-label={t('label')} onFocus={onFocus} onBlur={onBlur} onKeyDown={onKeyDown}>
      {children}
      {mayChange && <p className="mt-3 text-small text-muted max-lg:hidden">{t('hint')}</p>}
      <BoardKeyHints />
      {project ? <CardKeys key={project.id} project={project} onToggle={() => onToggle(project)} /> : <CardKeyHints />}
    </div>
  )
}

const page = 'page' as const

/** The keys that the board and its cards listen for by themselves. */
function BoardKeyHints() {
  const t = useTranslations('projects.board.keys')
  const mayChange = useCan('projects:update')
  useAction({ id: 'board-walk', label: t('walk'), group: page, keys: 'arrows', run: null })
  useAction(mayChange ? { id: 'board-carry', label: t('carry'), group: page, keys: 'space', run: null } : null)
  return null
}

/** What a card would answer to, while none has the focus: the list of shortcuts has the focus itself. */
function CardKeyHints() {
  const t = useTranslations('projects.board')
  const mayChange = useCan('projects:update')
  const mayAssign = useCan('projects:assign')
  useAction(mayChange ? { id: 'card-select', label: t('select'), group: page, keys: 'x', run: null } : null)
  useAction(mayChange ? { id: 'card-status', label: t('keys.status'), group: page, keys: 's', run: null } : null)
  useAction(mayAssign ? { id: 'card-assign', label: t('keys.assign'), group: page, keys: 'a', run: null } : null)
  useAction(mayChange ? { id: 'card-priority', label: t('keys.priority'), group: page, keys: 'p', run: null } : null)
  return null
}

const arrows: readonly string[] = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] satisfies Arrow[]
function isArrow(key: string): key is Arrow {
  return arrows.includes(key)
}

type Choice = 'status' | 'assign' | 'priority'

/** What the card with the focus answers to; the menus open where it lies and give the focus back to it. */
function CardKeys({ project, onToggle }: { project: ProjectView; onToggle: () => void }) {
  const t = useTranslations('projects.board')
  const [open, setOpen] = useState<Choice | null>(null)
  const mayWork = useMayWorkOn(project)
  const mayAssign = useCan('projects:assign')
  useAction(mayWork ? { id: 'card-select', label: t('select'), group: page, keys: 'x', run: onToggle } : null)
  useAction(
    mayWork
      ? { id: 'card-status', label: t('keys.status'), group: page, keys: 's', run: () => setOpen('status') }
      : null,
  )
  useAction(
    mayAssign
      ? { id: 'card-assign', label: t('keys.assign'), group: page, keys: 'a', run: () => setOpen('assign') }
      : null,
  )
  useAction(
    mayWork
      ? { id: 'card-priority', label: t('keys.priority'), group: page, keys: 'p', run: () => setOpen('priority') }
      : null,
  )
  if (open === null) return null
  const link = document.querySelector<HTMLElement>(`[data-card="${project.id}"] [data-card-link]`)
  const rect = link?.closest('[data-card]')?.getBoundingClientRect()
  return (
    <Menu
      open
      onOpenChange={(next) => next || setOpen(null)}
      onClosed={() => link?.focus()}
      trigger={
        <span
          aria-hidden="true"
          className="pointer-events-none fixed size-0"
          style={{ left: rect?.left ?? 0, top: (rect?.top ?? 0) + 40 }}
        />
      }
    >
      {open === 'status' && <StatusChoice project={project} />}
      {open === 'assign' && <ArtistChoice project={project} />}
      {open === 'priority' && <PriorityChoice project={project} />}
    </Menu>
  )
}
