/** A reason to stop that is the reader's to mend: printed without a stack. */
export class Explained extends Error {}

/**
 * Runs a tool's main function; a fault that explains itself ends with 1 and its words alone.
 * @param {() => Promise<number>} main returns the exit code
 */
export async function runMain(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof Explained)) throw error
    process.stderr.write(`\n${error.message}\n`)
    process.exitCode = 1
  }
}
