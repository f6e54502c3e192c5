import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";

import { kitTexts } from "./kitTexts";

export interface SignaturePadProps {
  /** The picture once a stroke is finished; null after “sign again”. */
  onChange: (picture: Blob | null) => void;
  height?: number;
}

/** A field to sign with a finger, a pen or the mouse; the picture is a PNG with a white ground. */
export function SignaturePad({ onChange, height = 180 }: SignaturePadProps): ReactNode {
  const t = kitTexts.use();
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<{ x: number; y: number } | null>(null);
  const [signed, setSigned] = useState(false);

  useEffect(() => {
    if (canvas.current) clear(canvas.current);
  }, []);

  const at = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    last.current = at(event);
  };
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    const brush = event.currentTarget.getContext("2d");
    const from = last.current;
    if (!brush || !from) return;
    const to = at(event);
    brush.beginPath();
    brush.moveTo(from.x, from.y);
    brush.lineTo(to.x, to.y);
    brush.stroke();
    last.current = to;
    if (!signed) setSigned(true);
  };
  const end = () => {
    if (!last.current) return;
    last.current = null;
    if (signed) canvas.current?.toBlob(onChange, "image/png");
  };

  return (
    <div className="sn-sign">
      <canvas
        ref={canvas}
        style={{ height }}
        role="img"
        aria-label={t("sign")}
        onPointerDown={begin}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
      />
      {signed ? (
        <button
          type="button"
          className="sn-link sn-sign-again"
          onClick={() => {
            if (canvas.current) clear(canvas.current);
            setSigned(false);
            onChange(null);
          }}
        >
          {t("signAgain")}
        </button>
      ) : (
        <span className="sn-sign-hint">{t("signHere")}</span>
      )}
    </div>
  );
}

function clear(canvas: HTMLCanvasElement): void {
  const scale = window.devicePixelRatio || 1;
  const box = canvas.getBoundingClientRect();
  canvas.width = Math.round(box.width * scale);
  canvas.height = Math.round(box.height * scale);
  const brush = canvas.getContext("2d");
  if (!brush) return;
  brush.scale(scale, scale);
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, box.width, box.height);
  brush.strokeStyle = "#1b2230";
  brush.lineWidth = 2.4;
  brush.lineCap = "round";
  brush.lineJoin = "round";
}
