/**
 * Spreadsheets run a cell that begins with one of these as a formula (OWASP, CSV injection); the last four are their
 * full-width forms, which some of them read alike.
 */
const runs = /^'*[=+\-@\t\r\n＝＋－＠]/u

/** A cell that a spreadsheet shows instead of running: an apostrophe goes in front. {@link readCell} takes it off. */
export function safeCell(value: string): string {
  return runs.test(value) ? `'${value}` : value
}

/** The cell as it was before {@link safeCell}. */
export function readCell(value: string): string {
  return value.startsWith("'") && runs.test(value) ? value.slice(1) : value
}

/** One line of a CSV file (RFC 4180), its cells safe for spreadsheets. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => quote(safeCell(cell))).join(',')}\r\n`
}

function quote(cell: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** Tells spreadsheets that the file is UTF-8. */
export const byteOrderMark = '\uFEFF'
