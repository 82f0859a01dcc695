import { createTranslator } from 'use-intl/core'
import messages from '@sparkle/shared/messages/en/hosting.json' with { type: 'json' }

/** The host's texts. Player-facing pages speak English until a game knows its studio's language. */
export const text = createTranslator({ locale: 'en', messages })
