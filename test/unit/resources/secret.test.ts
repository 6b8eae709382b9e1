import { expect, test } from 'vitest';
import { isSecretName } from '../../../src/resources/secret.ts';

test.each([
  'password',
  'password_hash',
  'passwordHash',
  'user_pwd',
  'API_KEY',
  'apikey',
  'reset_token',
  'client-secret',
  'private_key',
  'salt',
  'cvv',
])('%s smells of a secret', (name) => {
  expect(isSecretName(name)).toBe(true);
});

test.each([
  'key',
  'api',
  'hashtag',
  'secretary',
  'passport',
  'tokenised_name',
  'primary_key',
  'salted_price',
])('%s does not', (name) => {
  expect(isSecretName(name)).toBe(false);
});
