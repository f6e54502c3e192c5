/** The tree of units out of its rows, which come parents before their children. */
export interface Branch<T> {
  row: T;
  children: Branch<T>[];
}

interface Row {
  id: number;
  parent_id: number | null;
  name: string;
  code: string;
}

/** Rows whose parent is not among them are roots: one may see a store without its region. */
export function branches<T extends Row>(rows: readonly T[]): Branch<T>[] {
  const all = new Map(rows.map((row) => [row.id, { row, children: [] as Branch<T>[] }]));
  const roots: Branch<T>[] = [];
  for (const branch of all.values()) {
    const parent = branch.row.parent_id === null ? undefined : all.get(branch.row.parent_id);
    (parent?.children ?? roots).push(branch);
  }
  return roots;
}

/** The branches in which something is found, whole paths kept. */
export function found<T extends Row>(tree: readonly Branch<T>[], wanted: string): Branch<T>[] {
  const q = wanted.trim().toLowerCase();
  if (!q) return [...tree];
  return tree.flatMap((branch) => {
    const children = found(branch.children, q);
    const here = branch.row.name.toLowerCase().includes(q) || branch.row.code.toLowerCase().includes(q);
    return here || children.length > 0
      ? [{ row: branch.row, children: children.length > 0 ? children : here ? branch.children : [] }]
      : [];
  });
}

/** Every id in the tree. */
export const idsIn = <T extends Row>(tree: readonly Branch<T>[]): number[] =>
  tree.flatMap((branch) => [branch.row.id, ...idsIn(branch.children)]);
