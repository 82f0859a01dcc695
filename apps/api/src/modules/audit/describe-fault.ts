import type { ChainFault } from '@sparkle/shared/audit'

const sentences: Record<ChainFault['kind'], string> = {
  row_changed: 'the record is not what was sealed',
  row_missing: 'the record is gone',
  row_slipped_in: 'a record was put in that never was sealed',
  seal_missing: 'its seal is gone',
  seal_forged: 'the seals from here on were made without the key',
  end_cut_off: 'the end of the chain was cut off',
  chain_replaced: 'the chain is not the one that was anchored',
  anchor_forged: 'an anchor in the object store is not one of ours',
}

/** The broken link in one line, for terminals and logs. */
export function describeFault({ kind, seq, auditId }: ChainFault): string {
  const where = [seq === null ? '' : `link ${seq}`, auditId ? `record ${auditId}` : ''].filter(Boolean).join(', ')
  return `BROKEN${where ? ` at ${where}` : ''}: ${sentences[kind]}`
}
