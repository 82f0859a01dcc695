/**
 * A reason why the embedded database cannot run on this machine, in words for the person who typed `npm start`.
 * The message says what is wrong and what to do; the start-up code prints it without a stack.
 */
export class EmbeddedPostgresError extends Error {
  override name = 'EmbeddedPostgresError'
}
