import React from 'react';

/** The home page. */
export default function Dashboard() {
  return <main />;
}
