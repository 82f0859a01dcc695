import type { FileItem } from '../../components/file-list.tsx'
import type { TimelineItem } from '../../components/timeline.tsx'

/** What the gallery shows. It is only part of the development server, so these words are in no key store. */
export const words = {
  actions: 'Actions',
  primary: 'Deploy',
  secondary: 'Preview',
  quiet: 'Cancel',
  danger: 'Delete',
  pending: 'Saving',
  disabled: 'Not yet',
  small: 'Small',
  large: 'Large',
  iconLabel: 'Add',
  controls: 'Controls',
  name: 'Name of the pet',
  nameHint: 'As it will stand in the game.',
  email: 'E-mail',
  emailError: 'Write an e-mail address such as ada@example.com.',
  notes: 'Notes',
  notesValue: 'Buttercup is afraid of thunder, but not of cats.',
  package: 'Package',
  search: 'Search',
  check: 'Send me a copy',
  checkMixed: 'Some of them',
  switch: 'Require approval',
  switchHint: 'A deploy waits until the client has approved the build.',
  view: 'View',
  statuses: 'Statuses',
  overlays: 'Overlays',
  dialog: 'Dialog',
  sheet: 'Side sheet',
  menu: 'Menu',
  popover: 'Popover',
  confirm: 'Confirm',
  toast: 'Toast',
  palette: 'Palette',
  shortcuts: 'Shortcuts',
  overlayTitle: 'Reserve an address',
  overlayBody: 'The address is kept for 30 days. Nobody else can take it until then.',
  confirmTitle: 'Delete this address?',
  confirmBody: 'Players will see a farewell page. The address is not given to another pet for a year.',
  toastText: 'Buttercup is live',
  undo: 'Undo',
  rename: 'Rename',
  duplicate: 'Duplicate',
  data: 'Lists and figures',
  projects: 'Projects',
  pet: 'Pet',
  status: 'Status',
  due: 'Due',
  hours: 'Hours',
  plays: 'Plays',
  views: 'Views',
  chart: 'Views and plays, week by week',
  spark: '12 to 48 plays in eight weeks',
  files: 'Files',
  dropLabel: 'Photos of the pet',
  pictures: 'Pictures and people',
  way: 'The way to the game',
  states: 'States',
  emptyTitle: 'No sprites yet',
  emptyBody: 'Drop a photo in, and a minute later it walks.',
  emptyAction: 'Make the first sprite',
  notice: 'The build waits for the approval of the client.',
  noticeBad: 'The photo could not be read. Send another one.',
  type: 'Type and colour',
  display: 'A calm workshop',
  largeText: 'with a spark of pixel art',
  baseText: 'The tool recedes; the picture of the pet is the brightest thing on any page.',
  smallText: 'Small print, such as a hint or a time, in the muted grey.',
  tabs: 'Parts of the project',
  loading: 'Loading',
}

export const packages = [
  { value: 'express', label: 'Express' },
  { value: 'custom', label: 'Custom' },
  { value: 'premium', label: 'Premium' },
] as const

export const views = [
  { value: 'board', label: 'Board' },
  { value: 'table', label: 'Table' },
] as const

export const statuses = [
  { tone: 'neutral', word: 'Backlog' },
  { tone: 'info', word: 'In progress' },
  { tone: 'warn', word: 'Due today' },
  { tone: 'ok', word: 'Live' },
  { tone: 'bad', word: 'Failed' },
] as const

export const colours = [
  'canvas',
  'surface',
  'sunken',
  'hover',
  'line',
  'edge',
  'faint',
  'muted',
  'ink',
  'accent',
  'accent-soft',
  'accent-text',
  'ok-solid',
  'warn-solid',
  'bad-solid',
  'info-solid',
] as const

export interface SampleRow {
  id: string
  pet: string
  status: (typeof statuses)[number]
  due: string
  hours: number
}
const pets = ['Buttercup', 'Moritz', 'Chelsea', 'Pixel', 'Waffles', 'Sir Barksalot']
export const rows: SampleRow[] = Array.from({ length: 400 }, (_, index) => ({
  id: String(index),
  pet: pets[index % pets.length] ?? '',
  status: statuses[index % statuses.length] ?? statuses[0],
  due: `2026-12-${String((index % 28) + 1).padStart(2, '0')}`,
  hours: (index * 7) % 23,
}))

export const points = [12, 18, 9, 22, 31, 27, 40, 48].map((plays, index) => ({
  label: `W${40 + index}`,
  plays,
  views: plays * 2 + ((index * 5) % 11),
}))

export const files: FileItem[] = [
  { id: '1', name: 'buttercup-garden.jpg', sizeBytes: 3_481_220, state: 'uploading', share: 0.62 },
  { id: '2', name: 'buttercup-sofa.png', sizeBytes: 1_220_000, state: 'processing' },
  { id: '3', name: 'buttercup.webp', sizeBytes: 880_400, state: 'done' },
  {
    id: '4',
    name: 'holiday.pdf.jpg',
    sizeBytes: 640_000,
    state: 'failed',
    error: 'This is not a picture, whatever its name says.',
  },
]

export const steps: TimelineItem[] = [
  { id: 'order', state: 'done', title: 'Ordered', detail: '12 Nov' },
  { id: 'sprite', state: 'done', title: 'Sprite made', detail: 'by Noor' },
  { id: 'build', state: 'current', title: 'Game built', detail: 'waits for review' },
  { id: 'live', state: 'todo', title: 'Live' },
]

export const people = ['Noor Haddad', 'Ada Lovelace', 'Jonas', 'Mei Lin']

/** A picture without a file: an 8 by 8 sprite as SVG. */
export const sprite = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8" shape-rendering="crispEdges"><path fill="#8a5a3c" d="M1 1h2v1h2V1h2v5H1z"/><path fill="#fff4e8" d="M2 4h4v3H2z"/><path fill="#3a2620" d="M2 3h1v1H2zM5 3h1v1H5zM3 5h2v1H3z"/></svg>')}`
