import { importFields, type ColumnMapping, type ImportField } from '@sparkle/shared/project-imports'

/** Other titles of a field, as people and other tools write them in English, German, Spanish and French. */
const aliases: Record<ImportField, readonly string[]> = {
  name: [
    'project, project name, title',
    'Projekt, Projektname, Titel',
    'proyecto, nombre del proyecto, título',
    'projet, nom du projet, titre',
  ],
  petName: [
    'pet, name of pet, animal',
    'Tier, Tiername, Haustier, Name des Tieres',
    'mascota, nombre de la mascota',
    'nom de l’animal, animal de compagnie',
  ],
  petBreed: ['breed, race', 'Rasse', 'raza'],
  petAge: ['age', 'Alter', 'edad', 'âge'],
  petPersonality: [
    'personality, character, traits',
    'Charakter, Wesen, Eigenschaften, Persönlichkeit',
    'personalidad, carácter',
    'personnalité, caractère',
  ],
  customerName: [
    'customer, client, client name, owner',
    'Kunde, Kundin, Kundenname, Auftraggeber, Halter, Halterin, Besitzer',
    'cliente, nombre del cliente, dueño, dueña',
    'nom du client, propriétaire',
  ],
  customerEmail: [
    'email, e-mail, mail, client email',
    'E-Mail-Adresse, Mailadresse',
    'correo, correo electrónico',
    'courriel, adresse e-mail',
  ],
  customerPhone: [
    'phone, telephone, mobile',
    'Telefon, Telefonnummer, Handy, Mobil',
    'teléfono, móvil',
    'téléphone, portable',
  ],
  packageType: ['package, plan', 'Paket', 'paquete', 'forfait, formule'],
  status: ['state, stage', 'Stand, Zustand', 'estado', 'statut, état'],
  priority: ['prio', 'Priorität, Dringlichkeit', 'prioridad', 'priorité'],
  assignedArtist: [
    'artist, assignee, assigned to, assigned',
    'Künstler, Künstlerin, zuständig, Bearbeiter, Bearbeiterin, zugewiesen',
    'artista, asignado a, responsable',
    'artiste, attribué à',
  ],
  startDate: [
    'start, begin, from',
    'Beginn, Anfang, Startdatum, ab',
    'inicio, fecha de inicio, desde',
    'début, date de début',
  ],
  deadline: [
    'due, due date, until',
    'Frist, fällig, fällig am, Termin, Abgabe, Liefertermin, bis',
    'plazo, fecha límite, entrega, fecha de entrega, vencimiento, hasta',
    'échéance, date limite, délai, livraison',
  ],
  budgetHours: [
    'budget, budget h',
    'Stundenbudget, Budgetstunden',
    'presupuesto, horas presupuestadas',
    'heures prévues',
  ],
  estimatedHours: [
    'estimate, estimated, planned hours',
    'Schätzung, geschätzt, geplante Stunden',
    'estimación, horas estimadas',
    'estimation, heures estimées',
  ],
  actualHours: [
    'actual, spent, hours spent, time spent',
    'Ist-Stunden, Stunden, Aufwand, geleistete Stunden',
    'horas, horas reales',
    'heures, heures réelles',
  ],
  description: ['summary, about', 'Beschreibung', 'descripción'],
  notes: [
    'note, comment, comments, remarks',
    'Notiz, Notizen, Anmerkung, Anmerkungen, Bemerkung, Bemerkungen, Kommentar',
    'nota, notas, comentario, comentarios, observaciones',
    'remarque, remarques, commentaire, commentaires',
  ],
}

/** Compared without case, accents and signs. */
const plain = (title: string) =>
  title
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
const fieldOf = new Map<string, ImportField>(
  importFields.flatMap((field) =>
    [field, ...aliases[field].flatMap((titles) => titles.split(', '))].map((title) => [plain(title), field] as const),
  ),
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
