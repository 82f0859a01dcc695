/** The id of the place for projects without a deadline; every other place has its day as id. */
export const noDay = 'none'
