import { type ReactNode, useState } from "react";

import { Money } from "./Money";

/** One line of an explanation: what, how, how much, and what it is made of. */
export interface ExplainNode {
  key?: string;
  label: ReactNode;
  /** A decimal string; money unless `plain`. */
  amount?: string | null;
  plain?: boolean;
  /** `300.00 × 1.2` */
  formula?: ReactNode;
  /** Plan version, rounding, where a value came from. */
  facts?: readonly { label: ReactNode; value: ReactNode }[];
  children?: readonly ExplainNode[];
}

/** Draws how a figure came to be: a tree that opens, amounts in one right-hand column. */
export function Explain({ tree }: { tree: ExplainNode | readonly ExplainNode[] }): ReactNode {
  const roots = "label" in tree ? [tree] : tree;
  return (
    <ul className="sn-explain">
      {roots.map((node, index) => (
        <Branch key={node.key ?? index} node={node} depth={0} />
      ))}
    </ul>
  );
}

function Branch({ node, depth }: { node: ExplainNode; depth: number }): ReactNode {
  const [open, setOpen] = useState(depth < 2);
  const children = node.children ?? [];
  return (
    <li>
      <div className={`sn-explain-row${depth === 0 ? " sn-explain-root" : ""}`}>
        <div className="sn-explain-what">
          {children.length > 0 ? (
            <button
              type="button"
              className="sn-explain-toggle"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              <svg viewBox="0 0 12 12" aria-hidden="true">
                <path d="M4 2.5L8 6l-4 3.5" />
              </svg>
              {node.label}
            </button>
          ) : (
            <span className="sn-explain-leaf">{node.label}</span>
          )}
          {node.formula ? <div className="sn-explain-formula">{node.formula}</div> : null}
          {node.facts && node.facts.length > 0 ? (
            <dl className="sn-explain-facts">
              {node.facts.map((fact, index) => (
                <div key={index}>
                  <dt>{fact.label}</dt>
                  <dd>{fact.value}</dd>
                </div>
              ))}
            </dl>
          ) : null}
        </div>
        {node.amount === undefined || node.amount === null ? null : node.plain ? (
          <span className="sn-number">{node.amount}</span>
        ) : (
          <Money amount={node.amount} />
        )}
      </div>
      {open && children.length > 0 ? (
        <ul>
          {children.map((child, index) => (
            <Branch key={child.key ?? index} node={child} depth={depth + 1} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}
