import { AppError } from '../../../core/app-error.ts'

/** Why a zip is not taken, as the end of the code `build.zip_*`; scripts branch on it, people read the detail. */
export type ZipRefusal =
  | 'not_a_zip'
  | 'damaged'
  | 'empty'
  | 'encrypted'
  | 'unsupported_method'
  | 'too_many_files'
  | 'file_too_large'
  | 'too_large_unpacked'
  | 'bomb'
  | 'overlapping'
  | 'two_names'
  | 'absolute_path'
  | 'path_escape'
  | 'bad_name'
  | 'too_deep'
  | 'symlink'
  | 'special_file'
  | 'duplicate_name'
  | 'reserved_name'
  | 'hidden_file'
  | 'forbidden_kind'
  | 'executable'
  | 'no_index'

/** Throws the 422 `build.zip_*`. The detail is for the person who made the zip. */
export function refuseZip(reason: ZipRefusal, detail: string): never {
  throw new AppError('invalid', `build.zip_${reason}`, detail, { errors: [{ path: 'body.file', message: detail }] })
}

/** A name from a stranger's archive as it may stand in a sentence: short, and without what could not be seen. */
export function shownName(name: string): string {
  const plain = name.replace(/[\p{Cc}\p{Cf}]/gu, '\uFFFD')
  return plain.length > 80 ? `"${plain.slice(0, 77)}..."` : `"${plain}"`
}
