import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

// Adds up vitest's reports, after the failed tests by name: the log's end alone must tell what broke.
// A step that failed without a failed test (types, lint, set-up) counts as one.
const [stepFailed, ...files] = process.argv.slice(2);
const reports = files.map((file) => ({
  server: basename(file, '.json'),
  ...JSON.parse(readFileSync(file, 'utf8')),
}));
for (const { server, testResults } of reports) {
  for (const { name, status, message, assertionResults } of testResults) {
    const failures = assertionResults.filter((result) => result.status === 'failed');
    for (const { fullName, failureMessages } of failures)
      console.log(`FAILED on ${server}: ${name} > ${fullName}\n${failureMessages.join('\n')}`);
    if (status === 'failed' && failures.length === 0) console.log(`FAILED on ${server}: ${name}\n${message}`);
  }
}
const sum = (key) => reports.reduce((total, report) => total + report[key], 0);
const unfinished = reports.length < 1 || stepFailed === '1' ? 1 : 0;
const failed = Math.max(sum('numFailedTests'), unfinished);
console.log(`${sum('numPassedTests')} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
