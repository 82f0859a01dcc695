import type { FigureKey, FigureProjectsQuery, FiguresQuery, FiguresView } from '@sparkle/shared/dashboard'
import { packageTypes } from '@sparkle/shared/games'
import { hiddenProjects, type UserActor } from '../../core/actor.ts'
import { invalid } from '../../core/app-error.ts'
import { dayIn } from '../../core/days.ts'
import type { TenantTx } from '../../core/in-tenant.ts'
import { readTimeZone } from '../organizations/organizations.queries.ts'
import { listFigureProjects } from './figure-projects.queries.ts'
import {
  countPackages,
  readApprovals,
  readCourse,
  readLoad,
  readPlayed,
  readWork,
  type Zoned,
} from './figures.queries.ts'
import { figurePeriod } from './figures.rules.ts'

/** The period asked for, in the studio's days. Throws 422 for one that is reversed or longer than two years. */
async function openPeriod(tx: TenantTx, actor: UserActor, query: FiguresQuery, now: Date): Promise<Zoned> {
  const timeZone = await readTimeZone(tx)
  const period = figurePeriod(query, dayIn(timeZone, now))
  if (period === 'reversed') invalid('figures.range_reversed', '`from` has to be before `to`.', 'querystring.from')
  if (period === 'too_long') invalid('figures.range_too_long', 'At most two years.', 'querystring.from')
  return { period, timeZone, hidden: hiddenProjects(actor, 'projects:read') }
}

const share = (part: number, whole: number) => (whole === 0 ? null : part / whole)

/** How the studio did over a period, beside the one before. */
export async function getFigures(
  tx: TenantTx,
  actor: UserActor,
  query: FiguresQuery,
  now = new Date(),
): Promise<FiguresView> {
  const zoned = await openPeriod(tx, actor, query, now)
  const { period, timeZone, hidden } = zoned
  const past = { period: period.before, timeZone, hidden }
  const work = await readWork(tx, zoned)
  const workBefore = await readWork(tx, past)
  const played = await readPlayed(tx, zoned)
  const playedBefore = await readPlayed(tx, past)
  const approvals = await readApprovals(tx, zoned)
  const approvalsBefore = await readApprovals(tx, past)
  const packages = await countPackages(tx, zoned)
  const packagesBefore = await countPackages(tx, past)
  const of = (key: keyof typeof work) => ({ value: work[key], before: workBefore[key] })
  const ofPlayed = (key: keyof typeof played) => ({ value: played[key], before: playedBefore[key] })
  return {
    from: period.from,
    to: period.to,
    before: period.before,
    timeZone,
    totals: {
      ordered: of('ordered'),
      completed: of('completed'),
      leadDays: of('leadDays'),
      leadDaysP85: of('leadDaysP85'),
      cycleDays: of('cycleDays'),
      cycleDaysP85: of('cycleDaysP85'),
      onTimeShare: {
        value: share(work.onTime, work.withDeadline),
        before: share(workBefore.onTime, workBefore.withDeadline),
      },
      withDeadline: of('withDeadline'),
      firstTimeApproval: {
        value: share(approvals.firstTime, approvals.approved),
        before: share(approvalsBefore.firstTime, approvalsBefore.approved),
      },
      approved: { value: approvals.approved, before: approvalsBefore.approved },
      views: ofPlayed('views'),
      plays: ofPlayed('plays'),
      finishes: ofPlayed('finishes'),
    },
    unit: period.unit,
    series: await readCourse(tx, zoned),
    packages: packageTypes.map((packageType) => ({
      packageType,
      ordered: { value: packages.get(packageType) ?? 0, before: packagesBefore.get(packageType) ?? 0 },
    })),
    artists: await readLoad(tx, dayIn(timeZone, now), hidden),
  }
}

export async function getFigureProjects(
  tx: TenantTx,
  actor: UserActor,
  key: FigureKey,
  query: FigureProjectsQuery,
  now = new Date(),
) {
  return listFigureProjects(tx, key, await openPeriod(tx, actor, query, now), query)
}
