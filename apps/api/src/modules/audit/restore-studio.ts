import { hostingPageInput } from '@sparkle/shared/domains'
import { updateOrganizationInput } from '@sparkle/shared/organizations'
import { changeHostingPage, getHostingPage } from '../domains/domains.service.ts'
import { changeOrganization } from '../organizations/organizations.service.ts'
import { keeps, patchOf, restored } from './restore.rules.ts'
import type { Restorer } from './restorers.ts'

const settings = [
  'name',
  'tagline',
  'accent',
  'requireApproval',
  'reviewChecklist',
  'reviewReminderDays',
  'timeZone',
  'locale',
]
const words = ['message', 'linkLabel', 'linkUrl']

export const restoreOrganization: Restorer = {
  needs: () => 'studio:update',
  judge:
    async () =>
    ({ field }) =>
      settings.includes(field) ? restored : keeps('not_by_restore'),
  async apply(tx, { publicOrigin }, actor, _id, steps) {
    await changeOrganization(tx, publicOrigin, actor, updateOrganizationInput.parse(patchOf(steps, settings)), null)
  },
}

export const restoreHostingPage: Restorer = {
  needs: () => 'studio:update',
  judge:
    async () =>
    ({ field }) =>
      words.includes(field) ? restored : keeps('not_by_restore'),
  async apply(tx, _tools, actor, _id, steps) {
    const page = { ...(await getHostingPage(tx)), ...patchOf(steps, words) }
    await changeHostingPage(tx, actor, hostingPageInput.parse(page), null)
  },
}
