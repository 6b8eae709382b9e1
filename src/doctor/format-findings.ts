import type { Finding } from './finding.ts';

const LINE_WIDTH = 100;
const SUBJECT_WIDTH = 13;
const VERDICT_WIDTH = 8;

/** The findings as a table for a terminal, each problem with its cure, and a last line that sums up. */
export function formatFindings(findings: readonly Finding[]): string {
  return [...findings.flatMap(formatFinding), '', sumUp(findings)].join('\n');
}

function formatFinding({ subject, verdict, note, problems }: Finding): string[] {
  const texts = problems.flatMap(({ code, where, message, fix }) => [
    `${where}: ${message} [${code}]`,
    `-> ${fix}`,
  ]);
  const lines = (texts.length > 0 ? texts : [note]).flatMap(wrapText);
  return lines.map(
    (line, index) =>
      (index === 0 ? verdict.padEnd(VERDICT_WIDTH) + subject.padEnd(SUBJECT_WIDTH) : INDENT) + line,
  );
}

const INDENT = ' '.repeat(VERDICT_WIDTH + SUBJECT_WIDTH);

function wrapText(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > LINE_WIDTH - INDENT.length) {
      lines.push(line);
      line = `   ${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function sumUp(findings: readonly Finding[]): string {
  const count = (verdict: Finding['verdict']) =>
    findings.filter((finding) => finding.verdict === verdict).length;
  if (count('wrong') > 0) return 'Something is wrong: see above.';
  return count('advice') > 0 ? 'Everything works, and could work better: see above.' : 'Everything works.';
}
