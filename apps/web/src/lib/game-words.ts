import { ownTemplateId, type TemplateView } from '@sparkle/shared/builds'
import { difficulties } from '@sparkle/shared/games'
import { useTranslations } from 'use-intl'
import { languageName } from './language-name.ts'

const settings = [
  'template',
  'petName',
  'theme',
  'difficulty',
  'locale',
  'features',
  'durationSeconds',
  'rounds',
  'filename',
] as const

/** One of the given templates may know a world or a feature that another does not: the first that has it names it. */
function nameIn(lists: readonly (readonly { id: string; name: string }[])[], id: string): string | undefined {
  return lists.flat().find((one) => one.id === id)?.name
}

/** Names of games, settings and options: ours where we know them, the templates' for the rest, else the key itself. */
export function useGameWords(templates: readonly TemplateView[]) {
  const t = useTranslations('builds')
  const levels = useTranslations('games.difficulties')
  const themes = templates.map((template) => template.themes)
  const features = templates.map((template) => template.features)
  return {
    game: (templateId: string) =>
      templateId === ownTemplateId
        ? t('own.title')
        : (templates.find(({ id }) => id === templateId)?.name ?? templateId),
    label: (key: string) => {
      const name = settings.find((one) => one === key)
      return name ? t(`settings.${name}`) : key
    },
    option: (key: string, id: string) => {
      const difficulty = key === 'difficulty' ? difficulties.find((one) => one === id) : undefined
      if (difficulty) return levels(difficulty)
      if (key === 'locale') return languageName(id)
      if (key === 'theme') return nameIn(themes, id) ?? id
      return key === 'features' ? (nameIn(features, id) ?? id) : id
    },
    /** A customer's wish, a world or a feature; one that no template knows stays in their own word. */
    wish: (id: string) => nameIn([...features, ...themes], id) ?? id,
    range: (minimum: number, maximum: number) => t('settings.range', { minimum, maximum }),
  }
}
