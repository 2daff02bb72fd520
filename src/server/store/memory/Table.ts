/** Rows in memory with an undo journal: what a transaction changed can be taken back, and is not seen before it ends. */

/** Gives copies: nobody can change a row by writing to what was read. */
export interface TableView<Row> {
  get(key: string): Row | undefined;
  /** The rows of one owner, in no particular order. */
  of(owner: string): Row[];
  all(): Row[];
}

interface TableOptions<Row> {
  name: string;
  keyOf(row: Row): string;
  ownerOf(row: Row): string;
  /** Where the owner must exist; rows go when it goes. */
  hasOwner?(owner: string): boolean;
}

export class Table<Row extends object> implements TableView<Row> {
  private readonly rows = new Map<string, Row>();
  private readonly keysByOwner = new Map<string, Set<string>>();
  /** What stood at each key before the open transaction changed it. */
  private readonly journal = new Map<string, Row | undefined>();

  /** Why the open transaction cannot be committed any more. */
  failure: Error | null = null;

  constructor(private readonly options: TableOptions<Row>) {}

  get(key: string): Row | undefined {
    return copy(this.rows.get(key));
  }

  of(owner: string): Row[] {
    const keys = this.keysByOwner.get(owner) ?? [];
    return [...keys].flatMap((key) => this.get(key) ?? []);
  }

  all(): Row[] {
    return [...this.rows.values()].map((row) => ({ ...row }));
  }

  /** A new row. Throws, as the other stores do, when its key is taken or its owner does not exist. */
  insert(row: Row): void {
    const { name, keyOf, ownerOf, hasOwner } = this.options;
    if (this.rows.has(keyOf(row))) this.refuse(`${name}: there is a row with this key already.`);
    if (hasOwner && !hasOwner(ownerOf(row))) this.refuse(`${name}: the user of this row does not exist.`);
    this.put(row);
  }

  put(row: Row): void {
    const key = this.options.keyOf(row);
    this.remember(key);
    this.set(key, { ...row });
  }

  delete(key: string): boolean {
    if (!this.rows.has(key)) return false;
    this.remember(key);
    this.set(key, undefined);
    return true;
  }

  deleteOf(owner: string): void {
    for (const key of Array.from(this.keysByOwner.get(owner) ?? [])) this.delete(key);
  }

  /** For a change that breaks a rule: the whole transaction fails, even if its work looks away. */
  refuse(reason: string): never {
    this.failure ??= new Error(reason);
    throw this.failure;
  }

  commit(): void {
    this.journal.clear();
  }

  rollback(): void {
    for (const [key, row] of this.journal) this.set(key, row);
    this.journal.clear();
    this.failure = null;
  }

  /** The table as it was before the open transaction. */
  committed(): TableView<Row> {
    const before = () => [...this.journal.values()].filter((row) => row !== undefined);
    const isUntouched = (row: Row) => !this.journal.has(this.options.keyOf(row));
    return {
      get: (key) => (this.journal.has(key) ? copy(this.journal.get(key)) : this.get(key)),
      of: (owner) => {
        const changed = before().filter((row) => this.options.ownerOf(row) === owner);
        return [...this.of(owner).filter(isUntouched), ...changed.map((row) => ({ ...row }))];
      },
      all: () => [...this.all().filter(isUntouched), ...before().map((row) => ({ ...row }))],
    };
  }

  private remember(key: string): void {
    if (!this.journal.has(key)) this.journal.set(key, this.rows.get(key));
  }

  private set(key: string, row: Row | undefined): void {
    const old = this.rows.get(key);
    if (old) this.keysByOwner.get(this.options.ownerOf(old))?.delete(key);
    if (!row) {
      this.rows.delete(key);
      return;
    }
    this.rows.set(key, row);
    const owner = this.options.ownerOf(row);
    const keys = this.keysByOwner.get(owner) ?? new Set();
    this.keysByOwner.set(owner, keys.add(key));
  }
}

function copy<Row extends object>(row: Row | undefined): Row | undefined {
  return row && { ...row };
}
