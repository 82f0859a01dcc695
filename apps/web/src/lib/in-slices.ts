const sliceMs = 12

/**
 * Does work in slices, each a task of its own of about 12 ms, so that typing and scrolling get their turn in between:
 * `step` does a little and answers whether there is more. Resolves to false where `signal` ended it.
 */
export async function inSlices(step: () => boolean, signal: AbortSignal): Promise<boolean> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve))
    if (signal.aborted) return false
    for (const until = performance.now() + sliceMs; performance.now() < until;) if (!step()) return true
  }
}
