// Where a project is opened in a test: a directory, an environment, and no AWS configuration.

export function place(cwd: string, env: Readonly<Record<string, string | undefined>> = {}) {
  return {cwd, env, regionOf: async () => undefined}
}
