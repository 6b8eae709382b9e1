// Runs one statement on a server: schema.mjs URL STATEMENT
import { createConnection } from 'mysql2/promise';

const [url, statement] = process.argv.slice(2);
const connection = await createConnection(url);
await connection.query(statement);
await connection.end();
