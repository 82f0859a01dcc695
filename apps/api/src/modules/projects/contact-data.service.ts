import type { Crypto } from '../../core/crypto.ts'

/** Contexts bind a ciphertext to its column, so that values cannot be swapped between columns. */
export const emailContext = 'projects.customer_email'
export const phoneContext = 'projects.customer_phone'
/** One context for all exact look-ups of a customer's address. */
export const customerEmailIndex = 'customer.email'

/** Encrypted columns for a customer's contact data; null clears, undefined leaves alone. */
export function contactColumns(
  crypto: Crypto,
  input: { customerEmail?: string | null; customerPhone?: string | null },
) {
  const { customerEmail: email, customerPhone: phone } = input
  return {
    ...(email !== undefined && {
      customerEmailCipher: email && crypto.encrypt(email, emailContext),
      customerEmailIndex: email && crypto.blindIndex(email, customerEmailIndex),
    }),
    ...(phone !== undefined && { customerPhoneCipher: phone && crypto.encrypt(phone, phoneContext) }),
  }
}

/** The customer's address of a project's row, for the mails that go to them; null where none is known. */
export function readCustomerEmail(crypto: Crypto, row: { customerEmailCipher: string | null }): string | null {
  return row.customerEmailCipher && crypto.decrypt(row.customerEmailCipher, emailContext)
}
