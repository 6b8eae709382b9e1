import React, { useRef } from 'react';

/** A figure that shines up when it changes, and takes no other room for it. */
export function Changing({ text, className = '' }: { text: string; className?: string }) {
  const first = useRef(text);
  return (
    <strong
      key={text}
      className={first.current === text ? className : `${className} fresh`}
      style={{ '--length': text.length } as React.CSSProperties}
    >
      {text}
    </strong>
  );
}
