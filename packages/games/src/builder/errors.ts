export type GameBuildFault =
  | 'unknown_template'
  | 'invalid_config'
  | 'missing_slot'
  | 'unknown_slot'
  | 'unfit_asset'
  | 'digest_mismatch'
  | 'invalid_sheet'
  | 'missing_text'
  | 'invalid_input'

/** A build that cannot be made from these inputs; trying again gives the same. `detail` is fit to be shown to staff. */
export class GameBuildError extends Error {
  readonly fault: GameBuildFault

  constructor(fault: GameBuildFault, detail: string) {
    super(detail)
    this.name = 'GameBuildError'
    this.fault = fault
  }
}
