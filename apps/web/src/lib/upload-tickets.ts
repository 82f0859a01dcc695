/**
 * Tickets of files that broke off on their way: another try goes on with what has arrived. A ticket is for one target
 * (a path or an id), so the same file sent elsewhere has one of its own.
 */
export class UploadTickets<Ticket> {
  readonly #byFile = new WeakMap<File, Map<string, Ticket>>()

  get(file: File, target: string): Ticket | undefined {
    return this.#byFile.get(file)?.get(target)
  }

  keep(file: File, target: string, ticket: Ticket): void {
    const ofFile = this.#byFile.get(file) ?? new Map<string, Ticket>()
    this.#byFile.set(file, ofFile.set(target, ticket))
  }

  drop(file: File, target: string): void {
    this.#byFile.get(file)?.delete(target)
  }
}
