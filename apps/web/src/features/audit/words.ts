import type { AuditEntry } from '@sparkle/shared/audit'
import { useTranslations } from 'use-intl'

/**
 * The log's names in the reader's words. Names that this version has no word for are shown as they are: the log is older
 * and newer than any page.
 */
export function useAuditWords() {
  const t = useTranslations('audit')
  return {
    action: (action: string) => {
      const key = `action.${action}` as `action.project:created`
      return t.has(key) ? t(key) : action
    },
    entity: (entity: string) => {
      const key = `entity.${entity}` as `entity.project`
      return t.has(key) ? t(key) : entity
    },
    /** "Buttercup · photo.jpg", or the kind of thing where it has no name. */
    subject: ({ entity, subject: { name, number, project } }: Pick<AuditEntry, 'entity' | 'subject'>) => {
      const key = `entity.${entity}` as const
      const kind = t.has(key) ? t(key) : entity
      const own = name ?? (number === null ? null : t('numbered', { kind, number }))
      const words = [project, own === project ? null : own].filter((word) => word !== null)
      return words.length > 0 ? words.join(' · ') : kind
    },
    field: (field: string) => {
      const key = `field.${field}` as `field.name`
      return t.has(key) ? t(key) : apart(field)
    },
    actor: ({ kind, name }: AuditEntry['actor']) => {
      if (name) return name
      return kind === 'system' ? t('actor.system') : kind === 'public' ? t('actor.public') : t('actor.unknown')
    },
  }
}

/** `unmetWishes` -> `Unmet wishes`. */
export function apart(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
