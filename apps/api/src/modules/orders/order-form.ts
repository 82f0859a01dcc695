import { createTranslator } from 'use-intl/core'
import { pictureTypes } from '@sparkle/shared/assets'
import { difficulties, packageTypes } from '@sparkle/shared/games'
import { en } from '@sparkle/shared/messages/en'
import { maxFileBytes, maxOrderPhotos, type StudioView } from '@sparkle/shared/orders'
import { gameTemplates } from '@sparkle/games/templates'
import type { StudioRow } from '../../db/system-studios.ts'
import { logoUrl } from '../organizations/organizations.service.ts'
import { consentVersion, packages } from './orders.rules.ts'

const t = createTranslator({ locale: 'en', messages: en, namespace: 'orders' })
const features = new Map(gameTemplates.flatMap((template) => template.features.map(({ id }) => [id, featureName(id)])))
const themes = [...new Set(gameTemplates.flatMap((template) => template.themes.map(({ id }) => id)))]

function featureName(id: string): string {
  return (en.games.features as Record<string, string>)[id] ?? id
}

/** What a studio's order page shows: its packages, and the wishes that at least one game template can fulfil. */
export function orderPageOf(studio: StudioRow, publicOrigin: string): StudioView {
  const { slug, name, tagline, accent, orderIntro, orderThanks, logoKey } = studio
  return {
    slug,
    name,
    tagline,
    accent,
    logoUrl: logoKey && logoUrl(publicOrigin, slug, logoKey),
    orderIntro,
    orderThanks,
    packages: packageTypes.map((type) => ({
      type,
      name: t(`packages.${type}.name`),
      description: t(`packages.${type}.description`),
      ...packages[type],
    })),
    form: {
      themes,
      difficulties: [...difficulties],
      features: [...features].map(([id, label]) => ({ id, name: label })),
      maxPhotos: maxOrderPhotos,
      maxFileBytes,
      acceptedTypes: [...pictureTypes],
      consent: { version: consentVersion, text: t('consentText', { studio: name }) },
    },
  }
}
