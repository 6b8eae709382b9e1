import { readFileSync } from 'node:fs';

// Adds up vitest's reports; a step that failed without a failed test (types, lint, set-up) counts as one.
const [stepFailed, ...files] = process.argv.slice(2);
const reports = files.map((file) => JSON.parse(readFileSync(file, 'utf8')));
const sum = (key) => reports.reduce((total, report) => total + report[key], 0);
const unfinished = reports.length < 1 || stepFailed === '1' ? 1 : 0;
const failed = Math.max(sum('numFailedTests'), unfinished);
console.log(`${sum('numPassedTests')} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
