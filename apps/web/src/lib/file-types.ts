const endings: Record<string, string[]> = {
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/png': ['.png'],
  'image/webp': ['.webp'],
}

/** MIME types with the file endings that a file dialog shows for them. */
export function acceptOf(types: readonly string[]): Record<string, string[]> {
  return Object.fromEntries(types.map((type) => [type, endings[type] ?? []]))
}
