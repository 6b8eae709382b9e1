import { domainToASCII } from 'node:url';
import { z } from 'zod';

const address = z.email({ pattern: z.regexes.html5Email });

/** What is wrong with a text that a column of this format is to hold; null where it is fine, as where it is empty. */
export function findFormatFault(format: string | null | undefined, text: string): string | null {
  if (format !== 'email' || text === '' || isEmailAddress(text)) return null;
  return 'must be an e-mail address like zorp@gorak.example';
}

/** As browsers judge it, with letters of every script on both sides of the @. */
function isEmailAddress(text: string): boolean {
  if (/[\p{C}\p{Z}]/u.test(text)) return false;
  const at = text.lastIndexOf('@');
  if (at < 0) return false;
  const name = text.slice(0, at).replaceAll(/\P{ASCII}/gu, 'x');
  return address.safeParse(`${name}@${domainToASCII(text.slice(at + 1))}`).success;
}
