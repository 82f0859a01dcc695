import { auditEntities } from '@sparkle/shared/audit'
import { auditActions } from '@sparkle/shared/events'
import audit from '@sparkle/shared/messages/en/audit.json' with { type: 'json' }
import { expect, test } from 'vitest'

test('everything the log holds has a word for readers', () => {
  expect(auditActions.filter((action) => !Object.hasOwn(audit.action, action))).toEqual([])
  expect(auditEntities.filter((entity) => !Object.hasOwn(audit.entity, entity))).toEqual([])
})
