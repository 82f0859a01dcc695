type Ask = () => Promise<boolean>
let ask: Ask | null = null
let running: Promise<boolean> | null = null

/** Registers who asks for the second factor when the API wants to see it again. Returns the unregister. */
export function onStepUp(next: Ask): () => void {
  ask = next
  return () => {
    if (ask === next) ask = null
  }
}

/** Whether an answer means: show your second factor, then send this again. */
export async function wantsStepUp(response: Response): Promise<boolean> {
  if (!response.headers.get('content-type')?.startsWith('application/problem+json')) return false
  return ((await response.json()) as { code?: string }).code === 'auth.step_up_required'
}

/** Resolves to whether it was shown. Calls that meet the refusal together are answered by one question. */
export function stepUp(): Promise<boolean> {
  if (!ask) return Promise.resolve(false)
  running ??= ask().finally(() => {
    running = null
  })
  return running
}
