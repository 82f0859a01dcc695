import type { GameWishes, PackageType } from '@sparkle/shared/games'
import type { Priority, ProjectStatus } from '@sparkle/shared/projects'

export interface DemoProject {
  petName: string
  breed: string
  age: string
  personality: string
  customer: { name: string; email: string; phone?: string }
  packageType: PackageType
  wishes: GameWishes
  status: ProjectStatus
  priority?: Priority
  /** Whether the artist of the demo works on it. */
  assigned?: boolean
  /** Whether the order came with the demo's photo: it shows a cat, so only cats have it. */
  photo?: boolean
  orderedDaysAgo: number
  /** The deadline, counted from today; negative ones have passed. */
  dueInDays: number
  estimatedHours?: number
  actualHours?: number
  notes?: string
}

const medium = (theme: string, ...features: string[]): GameWishes => ({ theme, difficulty: 'medium', features })

/** A studio's ordinary autumn: something in every status, something late, something nobody has taken yet. */
export const sparkleProjects: readonly DemoProject[] = [
  {
    petName: 'Buttercup', breed: 'Domestic shorthair', age: '4 years', personality: 'Brave with toys, shy with doorbells.',
    customer: { name: 'Clara Moreau', email: 'client@sparkle.test', phone: '+33 1 23 45 67 89' },
    packageType: 'premium', wishes: medium('garden', 'golden-treats', 'treat-rain'), status: 'complete', assigned: true, photo: true,
    orderedDaysAgo: 40, dueInDays: -12, estimatedHours: 14, actualHours: 12.5, notes: 'Keep the white chest visible at every size.',
  },
  {
    petName: 'Marmalade', breed: 'Ginger tabby', age: '2 years', personality: 'Hunts dust, naps in boxes.',
    customer: { name: 'Owen Hughes', email: 'owen.hughes@example.test' },
    packageType: 'custom', wishes: medium('seaside', 'golden-treats'), status: 'in_progress', priority: 'high', assigned: true, photo: true,
    orderedDaysAgo: 8, dueInDays: 2, estimatedHours: 8, actualHours: 3,
  },
  {
    petName: 'Sir Fluffington', breed: 'Persian', age: '9 years', personality: 'Dignified until the tin opens.',
    customer: { name: 'Amélie Brandt', email: 'amelie.brandt@example.test', phone: '+49 30 1234567' },
    packageType: 'premium', wishes: medium('snow', 'power-ups', 'extra-hearts'), status: 'review', assigned: true, photo: true,
    orderedDaysAgo: 19, dueInDays: 4, estimatedHours: 16, actualHours: 15, notes: 'Client asked for a slower start.',
  },
  {
    petName: 'Biscuit', breed: 'Beagle', age: '3 years', personality: 'Follows any smell, anywhere.',
    customer: { name: 'Tomás Silva', email: 'tomas.silva@example.test' },
    packageType: 'express', wishes: { theme: 'garden', difficulty: 'easy', features: ['treat-rain'] }, status: 'backlog', priority: 'urgent',
    orderedDaysAgo: 1, dueInDays: 1, notes: 'Birthday present.',
  },
  {
    petName: 'Luna', breed: 'Husky', age: '5 years', personality: 'Sings with sirens.',
    customer: { name: 'Freja Nielsen', email: 'freja.nielsen@example.test' },
    packageType: 'custom', wishes: medium('space', 'double-speed'), status: 'backlog', orderedDaysAgo: 2, dueInDays: 9,
  },
  {
    petName: 'Pickles', breed: 'Guinea pig', age: '1 year', personality: 'Squeaks at the fridge.',
    customer: { name: 'Harriet Cole', email: 'harriet.cole@example.test' },
    packageType: 'express', wishes: { theme: 'garden', difficulty: 'easy', features: [] }, status: 'backlog', orderedDaysAgo: 0, dueInDays: 3,
  },
  {
    petName: 'Rocco', breed: 'French bulldog', age: '6 years', personality: 'Snores in tune.',
    customer: { name: 'Giulia Conti', email: 'giulia.conti@example.test' },
    packageType: 'custom', wishes: { theme: 'seaside', difficulty: 'hard', features: ['power-ups'] }, status: 'in_progress', assigned: true,
    orderedDaysAgo: 12, dueInDays: -1, estimatedHours: 9, actualHours: 6.5, notes: 'Waiting for a photo from the side.',
  },
  {
    petName: 'Miso', breed: 'Shiba Inu', age: '2 years', personality: 'Refuses rain.',
    customer: { name: 'Kenji Mori', email: 'kenji.mori@example.test' },
    packageType: 'premium', wishes: medium('snow', 'golden-treats', 'extra-hearts'), status: 'in_progress', priority: 'low',
    orderedDaysAgo: 6, dueInDays: 15, estimatedHours: 18, actualHours: 2,
  },
  {
    petName: 'Captain Whiskers', breed: 'Maine Coon', age: '7 years', personality: 'Commands the stairs.',
    customer: { name: 'Clara Moreau', email: 'client@sparkle.test' },
    packageType: 'custom', wishes: medium('seaside', 'power-ups'), status: 'in_progress', assigned: true, photo: true,
    orderedDaysAgo: 5, dueInDays: 6, estimatedHours: 8, actualHours: 1.5,
  },
  {
    petName: 'Poppy', breed: 'Cockatiel', age: '3 years', personality: 'Whistles half of one song.',
    customer: { name: 'Ruth Adeyemi', email: 'ruth.adeyemi@example.test' },
    packageType: 'custom', wishes: medium('garden', 'treat-rain'), status: 'review', assigned: true,
    orderedDaysAgo: 14, dueInDays: 0, estimatedHours: 7, actualHours: 7.25,
  },
  {
    petName: 'Otto', breed: 'Dachshund', age: '8 years', personality: 'Digs for reasons of his own.',
    customer: { name: 'Hanna Vogel', email: 'hanna.vogel@example.test' },
    packageType: 'express', wishes: { theme: 'garden', difficulty: 'easy', features: ['golden-treats'] }, status: 'complete', assigned: true,
    orderedDaysAgo: 24, dueInDays: -20, estimatedHours: 4, actualHours: 3.5,
  },
  {
    petName: 'Nugget', breed: 'Hamster', age: '8 months', personality: 'Runs a nightly marathon.',
    customer: { name: 'Levi Cohen', email: 'levi.cohen@example.test' },
    packageType: 'express', wishes: medium('space'), status: 'complete', assigned: true,
    orderedDaysAgo: 33, dueInDays: -29, estimatedHours: 4, actualHours: 5,
  },
  {
    petName: 'Duchess', breed: 'Greyhound', age: '10 years', personality: 'Fast for eleven seconds a day.',
    customer: { name: 'Imogen Price', email: 'imogen.price@example.test' },
    packageType: 'premium', wishes: medium('seaside', 'double-speed'), status: 'on_hold', priority: 'low',
    orderedDaysAgo: 28, dueInDays: 20, estimatedHours: 15, actualHours: 4, notes: 'Customer is abroad until next month.',
  },
  {
    petName: 'Ziggy', breed: 'Corn snake', age: '4 years', personality: 'Long, calm, curious.',
    customer: { name: 'Noor Haddad', email: 'noor.haddad@example.test' },
    packageType: 'custom', wishes: medium('garden'), status: 'cancelled', orderedDaysAgo: 30, dueInDays: -16, notes: 'Ordered twice by mistake.',
  },
]

export const neighbourProjects: readonly DemoProject[] = [
  {
    petName: 'Saga', breed: 'Norwegian forest cat', age: '3 years', personality: 'Climbs first, thinks later.',
    customer: { name: 'Elin Berg', email: 'elin.berg@example.test' },
    packageType: 'custom', wishes: medium('snow', 'golden-treats'), status: 'in_progress', orderedDaysAgo: 4, dueInDays: 6,
  },
  {
    petName: 'Bamse', breed: 'Newfoundland', age: '5 years', personality: 'Rescues people who are not drowning.',
    customer: { name: 'Nils Holm', email: 'nils.holm@example.test' },
    packageType: 'express', wishes: medium('seaside'), status: 'backlog', orderedDaysAgo: 1, dueInDays: 2,
  },
]
