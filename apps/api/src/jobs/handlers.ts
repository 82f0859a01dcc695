import type { EventHandler, Round, Sweep } from '../core/event-handlers.ts'
import { assetHandlers, assetSweeps } from '../modules/assets/assets.events.ts'
import { attachmentSweeps } from '../modules/attachments/attachments.sweeps.ts'
import { apiKeySweeps } from '../modules/api-keys/api-keys.sweeps.ts'
import { guestLinkSweeps } from '../modules/guest-links/guest-links.sweeps.ts'
import { auditSweeps } from '../modules/audit/audit.sweeps.ts'
import { buildHandlers } from '../modules/builds/builds.events.ts'
import { domainSweeps } from '../modules/domains/domains.sweeps.ts'
import { ssoSweeps } from '../modules/sso/sso.sweeps.ts'
import { cdnHandlers } from '../modules/urls/cdn-purge.events.ts'
import { personMailRound } from '../modules/notifications/person-mails.ts'
import { notificationHandlers } from '../modules/notifications/notifications.events.ts'
import { notificationSweeps } from '../modules/notifications/notifications.sweeps.ts'
import { erasureHandler } from '../modules/people/erase-person.ts'
import { exportHandler, exportSweep } from '../modules/people/export-person.ts'
import { erasedFilesRound, platformSweeps } from '../modules/platform/platform.sweeps.ts'
import { projectFileSweeps } from '../modules/project-files/project-files.sweeps.ts'
import { projectImportHandlers, projectImportSweeps } from '../modules/project-imports/import-job.ts'
import { analyticsSweeps } from '../modules/urls/analytics.sweeps.ts'
import { reviewHandlers } from '../modules/reviews/reviews.events.ts'
import { urlSweeps } from '../modules/urls/urls.sweeps.ts'
import { fileCheckSweep } from '../operations/check-files.ts'
import type { Deps } from '../plugins/types.ts'
import { houseKeeping } from './house-keeping.ts'

/** Everything that follows events, of every module. */
export const handlers: readonly EventHandler<Deps>[] = [
  ...assetHandlers,
  ...buildHandlers,
  ...notificationHandlers,
  ...projectImportHandlers,
  ...cdnHandlers,
  ...reviewHandlers,
  exportHandler,
  erasureHandler,
]

/** Everything that comes round, of every module. */
export const sweeps: readonly Sweep<Deps>[] = [
  ...urlSweeps,
  ...domainSweeps,
  ...ssoSweeps,
  ...analyticsSweeps,
  ...assetSweeps,
  ...projectFileSweeps,
  ...attachmentSweeps,
  ...projectImportSweeps,
  ...apiKeySweeps,
  ...guestLinkSweeps,
  ...notificationSweeps,
  ...platformSweeps,
  exportSweep,
  ...auditSweeps,
  ...houseKeeping,
  fileCheckSweep,
]

/** Everything that belongs to no studio. */
export const rounds: readonly Round<Deps>[] = [personMailRound, erasedFilesRound]
