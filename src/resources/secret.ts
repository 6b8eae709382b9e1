import { splitWords } from './humanize.ts';

const SECRET_WORDS = new Set(
  'apikey credential credentials cvc cvv hash mfa otp passphrase passwd password pwd salt secret secrets token tokens totp'.split(
    ' ',
  ),
);

const SECRET_PAIRS = new Set(
  'access key,api key,api keys,encryption key,master key,private key,pass word,recovery code,recovery codes,secret key,signing key'.split(
    ',',
  ),
);

/** Whether a column's name says that it holds a secret: such a column is hidden until a config allows it. */
export function isSecretName(name: string): boolean {
  const words = splitWords(name);
  return words.some(
    (word, index) => SECRET_WORDS.has(word) || SECRET_PAIRS.has(`${word} ${words[index + 1] ?? ''}`),
  );
}
