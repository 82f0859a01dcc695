import { importFields, type ColumnMapping, type ImportField } from '@sparkle/shared/project-imports'

/** Other titles under which a field is found, as people and other tools write them; compared without case and signs. */
const aliases: Record<ImportField, readonly string[]> = {
  name: ['project', 'project name', 'title'],
  petName: ['pet', 'name of pet', 'animal'],
  petBreed: ['breed', 'race'],
  petAge: ['age'],
  petPersonality: ['personality', 'character', 'traits'],
  customerName: ['customer', 'client', 'client name', 'owner'],
  customerEmail: ['email', 'e-mail', 'mail', 'client email'],
  customerPhone: ['phone', 'telephone', 'mobile'],
  packageType: ['package', 'plan'],
  status: ['state', 'stage'],
  priority: ['prio'],
  assignedArtist: ['artist', 'assignee', 'assigned to', 'assigned'],
  startDate: ['start', 'begin', 'from'],
  deadline: ['due', 'due date', 'until'],
  budgetHours: ['budget', 'budget h'],
  estimatedHours: ['estimate', 'estimated', 'planned hours'],
  actualHours: ['actual', 'spent', 'hours spent', 'time spent'],
  description: ['summary', 'about'],
  notes: ['note', 'comment', 'comments', 'remarks'],
}

const plain = (title: string) => title.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
const fieldOf = new Map<string, ImportField>(
  importFields.flatMap((field) => [field, ...aliases[field]].map((title) => [plain(title), field] as const)),
)

/** Which field each title probably means; each field once, the first title winning. */
export function guessMapping(columns: readonly string[]): ColumnMapping {
  const used = new Set<ImportField>()
  const guessed = columns.map((title) => {
    const field = fieldOf.get(plain(title))
    if (!field || used.has(field)) return null
    used.add(field)
    return field
  })
  // A list of names and nothing that says whose: most likely the pets'.
  const only = guessed.indexOf('name')
  if (!used.has('petName') && only >= 0) guessed[only] = 'petName'
  return guessed
}
