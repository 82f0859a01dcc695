import type { PackageType } from '@sparkle/shared/games'
import type { ProjectStatus } from '@sparkle/shared/projects'
import { count, eq } from 'drizzle-orm'
import { newId } from '../core/ids.ts'
import { inTenant, type TenantTx } from '../core/in-tenant.ts'
import { projects, projectStatusChanges } from '../db/tables/projects.ts'
import { orderNumber } from '../modules/orders/orders.rules.ts'
import { takeOrderNumber } from '../modules/organizations/organizations.queries.ts'
import type { Deps } from '../plugins/types.ts'
import type { DemoStudio } from './actors.ts'

const dayMs = 86_400_000
/** Those completed longer ago have been set aside, as a studio does. */
const shownDays = 40

interface PastProject {
  petName: string
  breed: string
  customer: string
  packageType: PackageType
  orderedDaysAgo: number
  /** Days after the order. */
  begun: number
  completed: number
  due: number
  estimatedHours: number
  actualHours: number
}

const pets: readonly (readonly [petName: string, breed: string, customer: string])[] = [
  ['Waffles', 'Corgi', 'Piet Jansen'],
  ['Olive', 'Tabby', 'Sofia Rossi'],
  ['Bandit', 'Ferret', 'Marek Nowak'],
  ['Clementine', 'Ginger tabby', 'Ines Costa'],
  ['Moose', 'Great Dane', 'Erik Lund'],
  ['Pebble', 'Rabbit', 'Aoife Byrne'],
  ['Sushi', 'Siamese', 'Yuki Tanaka'],
  ['Bruno', 'Boxer', 'Lena Fischer'],
  ['Truffle', 'Poodle', 'Camille Petit'],
  ['Juno', 'Whippet', 'Dev Patel'],
  ['Gizmo', 'Chinchilla', 'Oskar Weiss'],
  ['Hazel', 'Border collie', 'Megan Jones'],
]
const packages: readonly PackageType[] = ['custom', 'express', 'custom', 'premium', 'express', 'custom']
const usualDays = { express: 5, custom: 13, premium: 24 }
const usualHours = { express: 4, custom: 9, premium: 16 }

/** The studio's half year before: a little more each month, mostly in time, and quicker than it used to be. */
const pastProjects: readonly PastProject[] = Array.from({ length: 30 }, (_, n) => {
  const [petName, breed, customer] = pets[n % pets.length] ?? ['Waffles', 'Corgi', 'Piet Jansen']
  const packageType = packages[n % packages.length] ?? 'custom'
  const usual = usualDays[packageType]
  const orderedDaysAgo = Math.round(186 - 150 * (1 - (1 - n / 30) ** 1.3)) + (n % 3)
  const slower = n < 12 ? 1.35 : 1
  const completed = Math.min(Math.round((usual + ((n * 5) % 7) - 3) * slower * 10) / 10 + 0.3, orderedDaysAgo - 1)
  return {
    petName: n < pets.length ? petName : `${petName} ${n < 2 * pets.length ? 'II' : 'III'}`,
    breed,
    customer,
    packageType,
    orderedDaysAgo,
    begun: Math.min(1 + ((n * 3) % 4) + 0.4, completed / 2),
    completed,
    due: usual + 1 + (n % 2),
    estimatedHours: usualHours[packageType],
    actualHours: usualHours[packageType] + ((n * 7) % 5) * 0.5 - 1,
  }
})

const momentOf = (daysAgo: number) => new Date(Date.now() - daysAgo * dayMs).toISOString()

/**
 * Completed projects of the past half year and the true course of the present ones, so that the figures over time have
 * something to tell. Made once, right after the projects of the present.
 */
export async function seedPast({ db }: Deps, { system, as }: DemoStudio): Promise<void> {
  const artist = as('artist').userId
  await inTenant(db, system, async (tx) => {
    const [known] = await tx.select({ n: count() }).from(projects).where(eq(projects.petName, 'Waffles'))
    if (known?.n !== 0) return
    const made: MadePast[] = []
    for (const past of pastProjects)
      made.push({ ...past, id: newId(), orderNumber: orderNumber(await takeOrderNumber(tx)) })
    await tx.insert(projects).values(made.map((past) => rowOf(tx, past, artist)))
    await tx.insert(projectStatusChanges).values(made.flatMap((past) => movesOf(tx, past)))
  })
}

interface MadePast extends PastProject {
  id: string
  /** They were ordered, as nearly all are; their customers' orders are not kept that long. */
  orderNumber: string
}

function rowOf(tx: TenantTx, past: MadePast, artist: string): typeof projects.$inferInsert {
  const { id, petName, breed, customer, packageType, orderedDaysAgo, estimatedHours, actualHours } = past
  const doneDaysAgo = orderedDaysAgo - past.completed
  return {
    organizationId: tx.organizationId,
    id,
    name: petName,
    petName,
    petBreed: breed,
    customerName: customer,
    orderNumber: past.orderNumber,
    packageType,
    status: 'complete',
    assignedArtistId: artist,
    gameConfig: { theme: 'garden', difficulty: 'medium', features: [] },
    estimatedHours,
    actualHours,
    createdAt: momentOf(orderedDaysAgo),
    updatedAt: momentOf(doneDaysAgo),
    completedAt: momentOf(doneDaysAgo),
    deadline: momentOf(orderedDaysAgo - past.due).slice(0, 10),
    archivedAt: doneDaysAgo > shownDays ? momentOf(doneDaysAgo - 7) : null,
  }
}

function movesOf(tx: TenantTx, { id, orderedDaysAgo, begun, completed }: MadePast) {
  const move = (fromStatus: ProjectStatus, toStatus: ProjectStatus, days: number) => ({
    organizationId: tx.organizationId,
    projectId: id,
    fromStatus,
    toStatus,
    at: momentOf(orderedDaysAgo - days),
  })
  return [
    move('backlog', 'in_progress', begun),
    move('in_progress', 'review', begun + (completed - begun) * 0.7),
    move('review', 'complete', completed),
  ]
}
