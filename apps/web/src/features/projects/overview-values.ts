import { difficulties } from '@sparkle/shared/games'
import { updateProjectInput, type ProjectView, type UpdateProjectInput } from '@sparkle/shared/projects'
import { z } from 'zod'

const { shape } = updateProjectInput
/** An empty field clears what was there. */
const emptyOr = <T extends z.ZodType>(schema: T) => z.union([z.literal(''), schema])
const hours = z.string().superRefine((text, context) => {
  const { success } = shape.actualHours.unwrap().safeParse(hoursOf(text))
  if (!success) context.addIssue({ code: 'invalid_type', expected: 'number', input: text })
})

/** What the overview's form holds: text throughout, as people type it. */
export const overviewForm = z.object({
  name: shape.name.unwrap(),
  description: shape.description.unwrap(),
  petName: shape.petName.unwrap(),
  petBreed: shape.petBreed.unwrap(),
  petAge: shape.petAge.unwrap(),
  petPersonality: shape.petPersonality.unwrap(),
  customerName: emptyOr(shape.customerName.unwrap().unwrap()),
  customerEmail: emptyOr(shape.customerEmail.unwrap().unwrap()),
  customerPhone: emptyOr(shape.customerPhone.unwrap().unwrap()),
  packageType: shape.packageType.unwrap(),
  startDate: emptyOr(shape.startDate.unwrap().unwrap()),
  deadline: emptyOr(shape.deadline.unwrap().unwrap()),
  budgetHours: emptyOr(hours),
  estimatedHours: emptyOr(hours),
  actualHours: hours,
  theme: z.string().max(40),
  difficulty: z.enum(difficulties),
  features: z.string().max(600),
  notes: shape.notes.unwrap(),
})
export type OverviewValues = z.infer<typeof overviewForm>

/** "1,5" is how half of Europe writes it. */
function hoursOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.'))
}

export function valuesOf(project: ProjectView): OverviewValues {
  return {
    name: project.name,
    description: project.description,
    petName: project.petName,
    petBreed: project.petBreed,
    petAge: project.petAge,
    petPersonality: project.petPersonality,
    customerName: project.customerName ?? '',
    customerEmail: project.customerEmail ?? '',
    customerPhone: project.customerPhone ?? '',
    packageType: project.packageType,
    startDate: project.startDate ?? '',
    deadline: project.deadline ?? '',
    budgetHours: project.budgetHours === null ? '' : String(project.budgetHours),
    estimatedHours: project.estimatedHours === null ? '' : String(project.estimatedHours),
    actualHours: String(project.actualHours),
    theme: project.gameConfig.theme ?? '',
    difficulty: project.gameConfig.difficulty,
    features: project.gameConfig.features.join(', '),
    notes: project.notes,
  }
}

/** The changes to send for the fields that were touched; game wishes travel together. */
export function changesOf(
  values: OverviewValues,
  dirty: Partial<Record<keyof OverviewValues, boolean | undefined>>,
): UpdateProjectInput {
  const { theme, difficulty, features } = values
  const wishes = dirty.theme || dirty.difficulty || dirty.features
  const plain = [
    'name',
    'description',
    'petName',
    'petBreed',
    'petAge',
    'petPersonality',
    'packageType',
    'notes',
  ] as const
  const clearable = ['customerName', 'customerEmail', 'customerPhone', 'startDate', 'deadline'] as const
  return {
    ...Object.fromEntries(plain.filter((key) => dirty[key]).map((key) => [key, values[key]])),
    ...Object.fromEntries(clearable.filter((key) => dirty[key]).map((key) => [key, values[key] || null])),
    ...(dirty.estimatedHours && { estimatedHours: values.estimatedHours ? hoursOf(values.estimatedHours) : null }),
    ...(dirty.budgetHours && { budgetHours: values.budgetHours ? hoursOf(values.budgetHours) : null }),
    ...(dirty.actualHours && { actualHours: hoursOf(values.actualHours) }),
    ...(wishes && {
      gameConfig: { ...(theme.trim() && { theme: theme.trim() }), difficulty, features: wordsOf(features) },
    }),
  }
}

function wordsOf(text: string): string[] {
  return [
    ...new Set(
      text
        .split(',')
        .map((word) => word.trim())
        .filter(Boolean),
    ),
  ]
}
