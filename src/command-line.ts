import { parseArgs } from 'node:util';
import { ProblemsError } from './errors.ts';
import { ROLES, type Role } from './resources/role.ts';
import { suggestName } from './resources/suggest.ts';

/** What the program is asked to do, decoded from its arguments. */
export type Command =
  | { readonly name: 'start' }
  | { readonly name: 'build' }
  | { readonly name: 'doctor' }
  | { readonly name: 'stock:reconcile' }
  | {
      readonly name: 'demo';
      readonly ordersPerMinute: number;
      /** The schema of another server's that the demo may write to; null: none. */
      readonly mayWriteTo: string | null;
    }
  | {
      readonly name: 'migrate';
      readonly panelOnly: boolean;
      /** A migration that stopped half-way, and what became of it. */
      readonly settle: { readonly migration: string; readonly as: 'redo' | 'done' } | null;
    }
  | { readonly name: 'account'; readonly task: AccountTask }
  | {
      readonly name: 'seed';
      readonly accountsOnly: boolean;
      /** How many orders the store shall have; null: as many as a first start makes. */
      readonly orders: number | null;
    };

/** What `npm run account` does. */
export type AccountTask =
  | { readonly kind: 'list' }
  | { readonly kind: 'password' | 'disable' | 'enable'; readonly email: string }
  | { readonly kind: 'role'; readonly email: string; readonly role: Role }
  /** `name`: of the person; null: what stands before the @. */
  | { readonly kind: 'add'; readonly email: string; readonly role: Role; readonly name: string | null };

const ACCOUNT_TASKS = ['add', 'password', 'role', 'disable', 'enable', 'list'] as const;

const USAGE = `Write one of:
     npm start                            run the panel
     npm run demo                         run the panel, with simulated shoppers and agents
     npm run demo -- --rate NUMBER        with so many orders a minute, 1 to 600 (30 when not told)
     npm run demo -- --yes-write-to NAME  on the schema that DATABASE_URL names, where nothing in it matters
     npm run migrate                      run the migrations that are due
     npm run migrate -- --panel           run the panel's alone
     npm run migrate -- --redo NAME       let a migration that stopped half-way run again
     npm run migrate -- --done NAME       say that such a one was brought to its end by hand
     npm run seed                         fill an empty store, and create the demo accounts where SEED_PASSWORD is set
     npm run seed -- --orders NUMBER      grow the store to this number of orders
     npm run seed -- --accounts           create the demo accounts alone
     npm run account -- add EMAIL --role ROLE [--name NAME]
                                          let somebody in; prints the password on the last line
     npm run account -- password EMAIL    give another password; prints it on the last line
     npm run account -- role EMAIL --role ROLE
                                          give another role
     npm run account -- disable EMAIL     let nobody in by this account; \`enable EMAIL\` does again
     npm run account -- list              list the accounts
     npm run stock:reconcile              compare stock with its movements
     npm run doctor                       check the database server, and whether live works fully
     npm run build                        bundle the screens' components`;

/** Decodes the arguments after the program's name; throws {@link ProblemsError} with the usage. */
export function decodeCommandLine(args: readonly string[]): Command {
  const [name = 'start', ...rest] = args;
  switch (name) {
    case 'start':
    case 'build':
    case 'doctor':
    case 'stock:reconcile':
      decodeOptions(rest, {});
      return { name };
    case 'migrate':
      return decodeMigrate(rest);
    case 'demo':
      return decodeDemo(rest);
    case 'seed':
      return decodeSeed(rest);
    case 'account':
      return { name, task: decodeAccountTask(rest) };
    default:
      throw badCommand(name, 'is no command of this program.');
  }
}

function decodeMigrate(args: readonly string[]): Command {
  const { panel, redo, done } = decodeOptions(args, {
    panel: { type: 'boolean' },
    redo: { type: 'string' },
    done: { type: 'string' },
  });
  if ([panel, redo, done].filter(Boolean).length > 1)
    throw badCommand('migrate', 'takes one of --panel, --redo and --done.');
  const settle = redo
    ? { migration: redo, as: 'redo' as const }
    : done
      ? { migration: done, as: 'done' as const }
      : null;
  return { name: 'migrate', panelOnly: panel === true, settle };
}

function decodeSeed(args: readonly string[]): Command {
  const options = decodeOptions(args, { orders: { type: 'string' }, accounts: { type: 'boolean' } });
  if (options.orders && options.accounts) throw badCommand('seed', 'takes one of --orders and --accounts.');
  return { name: 'seed', accountsOnly: options.accounts === true, orders: decodeCount(options.orders) };
}

function decodeAccountTask([word = '', ...args]: readonly string[]): AccountTask {
  const kind = ACCOUNT_TASKS.find((task) => task === word);
  if (!kind)
    throw badCommand('account', `'${word}' is nothing that it does. ${suggestName(word, ACCOUNT_TASKS)}`);
  const where = `account ${kind}`;
  const options = { role: { type: 'string' }, name: { type: 'string' } } as const;
  const { values, positionals } = decodeArguments(args, options, true);
  const takesRole = kind === 'add' || kind === 'role';
  if (values.role !== undefined && !takesRole) throw badCommand(where, 'takes no --role.');
  if (values.name !== undefined && kind !== 'add') throw badCommand(where, 'takes no --name.');
  const [email = '', ...more] = positionals;
  if (kind === 'list' && email === '') return { kind };
  if (kind === 'list') throw badCommand(where, 'takes no e-mail address.');
  if (email === '' || more.length > 0) throw badCommand(where, 'takes one e-mail address.');
  if (!takesRole) return { kind, email };
  const role = decodeRole(where, values.role);
  return kind === 'add' ? { kind, email, role, name: values.name ?? null } : { kind, email, role };
}

function decodeRole(where: string, text: string | undefined): Role {
  const role = ROLES.find((name) => name === text);
  if (role) return role;
  if (text === undefined) throw badCommand(where, `takes --role, one of ${ROLES.join(', ')}.`);
  const problem = { code: 'unknown_role', where: '--role', message: `'${text}' is no role.` };
  throw new ProblemsError([{ ...problem, fix: suggestName(text, ROLES) }]);
}

const DEMO_ORDERS_PER_MINUTE = 30;

function decodeDemo(args: readonly string[]): Command {
  const options = decodeOptions(args, { rate: { type: 'string' }, 'yes-write-to': { type: 'string' } });
  const { rate = String(DEMO_ORDERS_PER_MINUTE), 'yes-write-to': mayWriteTo = null } = options;
  const ordersPerMinute = /^\d{1,3}$/.test(rate) ? Number(rate) : 0;
  if (ordersPerMinute < 1 || ordersPerMinute > 600)
    throw badCommand('--rate', `'${rate}' is not a number of orders a minute from 1 to 600.`);
  return { name: 'demo', ordersPerMinute, mayWriteTo };
}

function decodeCount(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^\d{1,8}$/.test(text)) throw badCommand('--orders', `'${text}' is not a number of orders.`);
  return Number(text);
}

type Options = Record<string, { type: 'string' | 'boolean' }>;

function decodeOptions<T extends Options>(args: readonly string[], options: T) {
  return decodeArguments(args, options, false).values;
}

function decodeArguments<T extends Options>(args: readonly string[], options: T, allowPositionals: boolean) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals });
  } catch (error) {
    throw badCommand(args.join(' '), (error as Error).message);
  }
}

function badCommand(where: string, message: string): ProblemsError {
  return new ProblemsError([{ code: 'bad_command', where, message, fix: USAGE }]);
}
