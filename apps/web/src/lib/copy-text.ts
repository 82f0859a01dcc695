/** Puts a text on the clipboard. False where the browser does not let us: on pages over plain http, or when it is denied. */
export async function copyText(text: string): Promise<boolean> {
  try {
    // There is none on pages over plain http, whatever the types say.
    await (navigator as Partial<Navigator>).clipboard?.writeText(text)
    return navigator.clipboard !== undefined
  } catch {
    return false
  }
}
