const endings: Record<string, string[]> = {
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/png': ['.png'],
  'image/webp': ['.webp'],
  'image/heic': ['.heic', '.heif'],
  'audio/mpeg': ['.mp3'],
  'application/json': ['.json'],
}

/** MIME types with the file endings that a file dialog shows for them. */
export function acceptOf(types: readonly string[]): Record<string, string[]> {
  return Object.fromEntries(types.map((type) => [type, endings[type] ?? []]))
}

/** Whether a file is a telephone's HEIC, which most browsers cannot show. Many of them give it no type either. */
export function isHeic({ name, type }: Pick<File, 'name' | 'type'>): boolean {
  return type === 'image/heic' || type === 'image/heif' || /\.hei[cf]$/i.test(name)
}
