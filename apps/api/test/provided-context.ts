/** What the global set-up hands to the test workers: the server's connections, and the database they clone. */
export interface TestPostgres {
  superUrl: string
  ownerUrl: string
  appUrl: string
  template: string
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestPostgres
    /** Of journeys only: the secrets and files that belong to the database they clone. */
    demoFolder: string
  }
}
