// The two words that people type where oclif knows flags only.

/** `help run` -> `run --help`; `version` -> `--version`; everything else as it was. */
export function asFlags(argv: readonly string[]): string[] {
  const [word, ...rest] = argv
  if (word === 'help') return [...rest, '--help']
  return word === 'version' && rest.length === 0 ? ['--version'] : [...argv]
}
