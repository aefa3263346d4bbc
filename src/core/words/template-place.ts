/** What is wrong with a template, with line and column, which Mustache counts in characters; null when it can be read. */
export const templateFault = (template: string, parse: (template: string) => unknown): string | null => {
  try {
    parse(template);
    return null;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return why.replace(/ at (\d+)$/, (_, position: string) => {
      const lines = template.slice(0, Number(position)).split('\n');
      return ` at line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
    });
  }
};
